"""Whom a document is about, by the name in its title, on its cover or in its opening."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from scraper.letters.fields.kinds import Front
from scraper.letters.text.paragraphs import Block
from state import AuthorityRef, Register

FindAuthority = Callable[[str], AuthorityRef | None]

_IN_TITLE = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"visit (?:to|of|at)(?: the)? (?P<name>.+?)(?: local authority)?(?: children.?s services.*)?$",
        r"area send (?:full )?inspection of (?P<name>.+?)(?: local area partnership)?$",
        r"inspection of (?P<name>.+?)(?: local authority)? children.?s (?:social care )?services",
        r"\bin(?: the)? (?P<name>[^,]+)$",
        r"joint (?:targeted )?area .*? of (?P<name>.+)$",
    )
)
_NO_NAME = re.compile(r"(?:local authority|children.?s|services|the|social care|\W)*", re.IGNORECASE)


@cache
def find_in_register(name: str) -> AuthorityRef | None:
    """The authority of the register that a name or a title means; None where none or several."""
    register = Register.load()
    authority = register.find(name) or register.find_in(name)
    return AuthorityRef(urn=authority.urn, name=authority.name) if authority else None


def find_authority(
    front: Front, blocks: Sequence[Block], resolve: FindAuthority = find_in_register
) -> AuthorityRef | None:
    """The authority of the register, or the printed name without a URN where nobody or several bear it."""
    in_title = _find_in_title(front.title)
    for name in (in_title, *_other_names(front, blocks)):
        authority = resolve(name) if name else None
        if authority is not None:
            return authority
    return AuthorityRef(urn=None, name=in_title) if in_title else None


def judge_authority(authority: AuthorityRef | None) -> Iterator[str]:
    """A warning where the printed name is that of several authorities: none of them is picked."""
    if authority is None or authority.urn is not None:
        return
    mentioned = Register.load().find_mentioned(authority.name)
    names = sorted({each.name for bearers in mentioned for each in bearers})
    if len(names) > 1:
        several = f"{', '.join(names[:-1])} and {names[-1]}"
        yield f"The name “{authority.name}” is that of several authorities: {several}."


def _find_in_title(title: str) -> str | None:
    for shape in _IN_TITLE:
        found = shape.search(title)
        if found and not _NO_NAME.fullmatch(found["name"]):
            return found["name"]
    return None


def _other_names(front: Front, blocks: Sequence[Block]) -> Iterator[str]:
    """Texts that may name it where the title alone does not, the surest first."""
    cover = blocks[: max(front.body_starts, 2)]
    if not front.is_letter:
        yield from (block.text for block in cover if block.text != front.title and len(block.text) < 120)
    yield front.title
    yield from (block.text[:300] for block in blocks[front.body_starts : front.body_starts + 2])
