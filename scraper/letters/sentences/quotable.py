"""Whether a sentence may be shown as a quotation: whole, legible and free of the page's furniture."""

import re
from collections.abc import Iterator

# On lower case. Plain pieces are found ten times as fast as a pattern of them.
_FURNITURE = (
    "piccadilly gate",
    "store street",
    "www.",
    "http://",
    "https://",
    "textphone",
    "@",
    "0300 123",
    "inspection date:",
    "inspection dates:",
    "yours sincerely",
    "your sincerely",
    "crown copyright",
    "ofsted is proud",
)
_GREETING = re.compile(r"dear (?:mr|mrs|ms|dr|miss)\b")
_RUNNING_LINE = re.compile(r"[0-9]{1,2} \w+ (?:19|20)\d\d \d+ \w|page \d+ of \d")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd\ufffe\u0000-\u001f\u00ad\u200b\u25fc\u25aa\u2022■]|\(cid:")
# A letter alone before more of its word ("s upport"), or an ending alone ("develop ment").
_SPLIT_WORD = re.compile(r"[^\w’'.-](?:[b-hj-z]|[B-HJ-Z]) [a-z]{2}| (?:ing|tion|tions|ment|ments|ness|ly)\b")
# "familiesThe", "families.The", "services1", "includingthe": names such as SharePoint begin with a capital.
_GLUED_WORD = re.compile(
    r"(?<![\w-])[a-z]{3,}(?:[A-Z][a-z]{2}|\d{1,2}\b)|[a-z]{2}[.!?,;:][A-Za-z]{2}|\b[^\W\d_]{26,}\b|[.]\d{1,2}$"
    r"|[a-z]{6}the "
)
# What each of those holds besides a long word, and hardly a whole sentence does: a much shorter search.
_MAY_BE_GLUED = re.compile(r"[.!?,;:][A-Za-z0-9]|[A-Z0-9](?<=[a-z].)")
_LONGEST_WORD = 25
_ENDS = re.compile(r"[.!?…][)\]’”'\"]*$")
_DANGLES = re.compile(r"(?:[,;:–—-]|\b(?:and|or|of|the|to|in|with|for|a|an))$")
_SHORTEST = 25
_LONGEST = 900


def is_quotable(text: str, *, item: bool = False) -> bool:
    """True for a sentence with a capital at its start, a stop at its end, and nothing amiss between.

    `item`: a list's item is whole without a stop.
    """
    return find_flaw(text, item=item) is None


def find_flaw(text: str, *, item: bool = False) -> str | None:
    """Why a text must not be shown as a quotation, None where it may be."""
    return next(_find_flaws(text, item=item), None)


def _find_flaws(text: str, *, item: bool) -> Iterator[str]:
    """Each thing amiss, looked for only when it is asked for."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        yield "its length"
    if not item and not text[:1].isupper() and text[:1] not in "‘“'\"£0123456789":
        yield "its beginning"
    if _DANGLES.search(text) if item else not _ENDS.search(text):
        yield "its end"
    if _is_furniture(text.lower()):
        yield "furniture of the page"
    if _ODD.search(text):
        yield "odd characters"
    if _SPLIT_WORD.search(f" {text}"):
        yield "a split word"
    if _is_glued(text):
        yield "a glued word"
    if text.count("(") != text.count(")"):
        yield "open brackets"
    if text.count("“") != text.count("”"):
        yield "open quotation marks"


def _is_furniture(text: str) -> bool:
    if any(piece in text for piece in _FURNITURE):
        return True
    return _GREETING.match(text) is not None or _RUNNING_LINE.search(text) is not None


def _is_glued(text: str) -> bool:
    may_be = _MAY_BE_GLUED.search(text) or max(map(len, text.split()), default=0) > _LONGEST_WORD
    may_be = may_be or text.count("the ") > text.count(" the ")
    return bool(may_be) and _GLUED_WORD.search(text) is not None
