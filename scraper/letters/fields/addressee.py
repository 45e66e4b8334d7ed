"""To whom a letter is addressed, from the lines between its date and its greeting."""

import re
from collections.abc import Sequence

from scraper.letters.fields.dates import find_date
from scraper.letters.text.layout import Sheet
from scraper.letters.text.paragraphs import GREETING
from state import Addressee

_POST = re.compile(
    r"\b(director|directors|head|chief|executive|officer|commissioner|manager|dcs|secretary)\b", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(council|trust|borough|authority|house|hall|street|road|centre|floor)\b|\d", re.IGNORECASE
)
_COUNCIL = re.compile(r"\b(council|borough|authority)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w’'. -]*(?: and [^\W\d_][\w’'. -]*)?")


def find_address(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The lines above the greeting on a letter's first page, without the date."""
    lines: list[str] = []
    for line in sheets[0].lines if sheets else ():
        if GREETING.fullmatch(line.text.strip()):
            return tuple(lines)
        if line.text.strip() and find_date(line.text) is None:
            lines.append(line.text.strip())
    return ()


def find_addressee(sheets: Sequence[Sheet]) -> Addressee | None:
    """Name and post; two people who are addressed together are joined by a semicolon."""
    address = find_address(sheets)
    if not address:
        return None
    heads = [_split_head(line) for line in address[:2]]
    people = [head for head in heads if head is not None]
    if len(people) == 2 or (people and heads[0] is not None):
        return Addressee(name="; ".join(name for name, _ in people), post=people[0][1])
    at = 1 if _POST.search(address[0]) and len(address) > 1 else 0
    name = address[at].rstrip(" ,")
    if not _NAME.fullmatch(name) or _PLACE.search(name):
        return None
    post = address[0] if at else _find_post(address[1:3])
    return Addressee(name=name.replace(" and ", "; "), post=post)


def _split_head(line: str) -> tuple[str, str] | None:
    """Name and post of a line that holds both, "Sally Giles, Director of Children's Services"."""
    name, comma, post = line.partition(",")
    is_person = comma and _POST.search(post) and not _POST.search(name) and len(name.split()) >= 2
    return (name.strip(), post.strip(" ,")) if is_person else None


def _find_post(lines: Sequence[str]) -> str | None:
    """The post in the line below the name; a comma at its end or an "and" carries it on to the next."""
    if not lines or not _POST.search(lines[0]):
        return None
    post = lines[0].strip()
    goes_on = post.endswith((",", " and", " &")) or lines[-1].startswith(("and ", "& "))
    if goes_on and len(lines) > 1 and not _COUNCIL.search(lines[1]):
        post = f"{post} {lines[1].strip()}"
    return post.rstrip(" ,")
