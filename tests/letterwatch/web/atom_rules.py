"""RFC 4287's rules that a feed can break: required elements, their number, their form."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
ONCE = {
    "feed": ("id", "title", "updated"),
    "entry": ("id", "title", "updated"),
}
AT_MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
ALLOWED = {
    "feed": {"author", "category", "contributor", "entry", "link"},
    "entry": {"author", "category", "contributor", "link"},
}


def find_breaches(document: bytes) -> list[str]:
    """Every rule that a document breaks, in words."""
    root = ElementTree.fromstring(document)
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    breaches = list(_check(root, "feed"))
    authored = root.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in root.iter(f"{ATOM}entry"):
        breaches += _check(entry, "entry")
        if not authored and entry.find(f"{ATOM}author") is None:
            breaches.append("an entry has no author")
        content = entry.find(f"{ATOM}content")
        if content is None and not any(link.get("rel") == "alternate" for link in entry.iter(f"{ATOM}link")):
            breaches.append("an entry has neither content nor an alternate link")
        if content is not None and (content.get("type") != "html" or len(content)):
            breaches.append("the content is not escaped HTML")
    return breaches


def _check(element: Element, name: str) -> Iterator[str]:
    counts: dict[str, int] = {}
    for child in element:
        local = child.tag.removeprefix(ATOM)
        counts[local] = counts.get(local, 0) + 1
        yield from _check_form(child, local)
    for local in ONCE[name]:
        if counts.get(local) != 1:
            yield f"{name} has {counts.get(local, 0)} of {local}"
    for local, count in counts.items():
        if local not in {*ONCE[name], *AT_MOST_ONCE[name], *ALLOWED[name]}:
            yield f"{name} may not hold {local}"
        if local in AT_MOST_ONCE[name] and count > 1:
            yield f"{name} has {count} of {local}"
    links = [
        (link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")
    ]
    if len(set(links)) != len(links):
        yield f"{name} has two alternate links of one type"


def _check_form(child: Element, local: str) -> Iterator[str]:
    text = child.text or ""
    if local in {"updated", "published"} and not STAMP.fullmatch(text):
        yield f"{local} is {text!r}, no date of RFC 3339"
    if local == "id" and not SCHEME.fullmatch(text):
        yield f"id is {text!r}, no IRI"
    if local == "link" and not child.get("href"):
        yield "a link has no href"
    if local == "category" and not child.get("term"):
        yield "a category has no term"
    if local in {"title", "subtitle", "rights"} and not text.strip():
        yield f"{local} is empty"
