"""Whether a sentence may be shown as a quotation: whole, legible and free of the page's furniture."""

import re

_FURNITURE = re.compile(
    r"piccadilly gate|store street|www\.|https?://|textphone|\w@\w|0300 123|page \d+ of \d+"
    r"|inspection dates?:|\d{1,2} \w+ (?:19|20)\d\d \d+ \w|yours? sincerely"
    r"|^dear (?:mr|mrs|ms|dr|miss)\b|crown copyright|ofsted is proud"
)  # on lower case
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd\ufffe\u0000-\u001f\u00ad\u200b\u25fc\u25aa\u2022■]|\(cid:")
# A letter by itself, before more of its word ("s upport"), or a word's ending by itself ("develop ment").
_SPLIT_WORD = re.compile(
    r"(?<![\w’'.-])(?:[b-hj-z]|[B-HJ-Z]) [a-z]{2,}|\b[a-z]+ (?:ing|tion|tions|ment|ments|ness|ly)\b"
)
# "familiesThe", "families.The", "services1": names such as SharePoint or Care2Work begin with a capital.
_GLUED_WORD = re.compile(
    r"(?<![\w-])[a-z]{3,}(?:[A-Z][a-z]{2}|\d{1,2}\b)|[a-z]{2}[.!?,;:][A-Za-z]{2}|\b[^\W\d_]{26,}\b|[.]\d{1,2}$"
)
# What each of those holds besides a long word, and hardly a whole sentence does: a much shorter search.
_MAY_BE_GLUED = re.compile(r"[a-z][A-Z0-9]|[.!?,;:][A-Za-z0-9]")
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
    ends_badly = _DANGLES.search(text) if item else not _ENDS.search(text)
    checks = (
        ("its length", not _SHORTEST <= len(text) <= _LONGEST),
        ("its beginning", not item and not text[:1].isupper() and text[:1] not in "‘“'\"£0123456789"),
        ("its end", ends_badly),
        ("furniture of the page", _FURNITURE.search(text.lower())),
        ("odd characters", _ODD.search(text)),
        ("a split word", _SPLIT_WORD.search(text)),
        ("a glued word", _is_glued(text)),
        ("open brackets", text.count("(") != text.count(")")),
        ("open quotation marks", text.count("“") != text.count("”")),
    )
    return next((name for name, flawed in checks if flawed), None)


def _is_glued(text: str) -> bool:
    may_be = _MAY_BE_GLUED.search(text) or max(map(len, text.split()), default=0) > _LONGEST_WORD
    return bool(may_be) and _GLUED_WORD.search(text) is not None
