"""The known word that a misspelt one was meant for."""

import difflib
from collections.abc import Iterable


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one is nearest to; None where none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), None)


def suggest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "poll"?` where a known word is near, else nothing."""
    nearest = find_nearest(word, known)
    return f'; did you mean "{nearest}"?' if nearest else ""


def offer(near: str, known: Iterable[str]) -> str:
    """A suggestion, if there is one, and all that is known."""
    return f"{near} There are {', '.join(known)}" if near else f"; there are {', '.join(known)}"
