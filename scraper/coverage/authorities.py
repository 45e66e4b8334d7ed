"""Which authority a story is about: by headline, the council's own site, text, and last the paper's name."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from state import Authority, Register

_ENDED = {
    "Bournemouth": date(2019, 4, 1),
    "Poole": date(2019, 4, 1),
    "Northamptonshire": date(2021, 4, 1),
    "Cumbria": date(2023, 4, 1),
}
"""When councils were abolished: the name means them before, and who took over from then on."""

_SITE_ENDS = ("citycouncil", "council", "ccnews", "mbc", "cc", "bc", "dc", "city")
_ASIDE = re.compile(r"(?:^|/)(jobs?|vacanc(?:y|ies)|opinion|columnists?|readers-letters)(?=[./])")
_SHORTEST = 4  # letters of a name that a host may begin with
_SUFFIX_TRAPS = ("shire", "ton", "ham", "ford", "field", "side", "s", "ville", "ley", "more")


class Mentions:
    """Whom texts name, and how heavily."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._points: Counter[str] = Counter()
        self._unclear: list[frozenset[str]] = []

    def add(self, text: str, points: float, on: date | None) -> None:
        """Counts every authority that a text names; a name that several bear waits for another."""
        for candidates in self._register.find_mentioned(text):
            urns = frozenset(urn for authority in candidates for urn in answering(authority, on))
            if len(candidates) == 1:
                self._points.update(dict.fromkeys(urns, points))
            elif urns:
                self._unclear.append(urns)

    def leading(self) -> tuple[str, ...]:
        """The URNs named most heavily; where nobody is named alone, all who share the name."""
        points = self._points.copy()
        if not points:
            return tuple(sorted(self._unclear[0])) if self._unclear else ()
        most = max(points.values())
        return tuple(sorted(urn for urn, value in points.items() if value == most))


def answering(authority: Authority, on: date | None) -> tuple[str, ...]:
    """The URNs that a name means on a day: the council's own, or its successors' once it was abolished."""
    ended = _ENDED.get(authority.name)
    if authority.current or (ended and on and on < ended):
        return (authority.urn,) if authority.urn else ()
    if on is None and authority.urn:
        return (authority.urn, *authority.successors)
    return authority.successors or ((authority.urn,) if authority.urn else ())


def find_by_site(url: str, register: Register) -> Authority | None:
    """The council whose own site an address is: www.wakefield.gov.uk, news.croydon.gov.uk."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if not host.endswith(".gov.uk"):
        return None
    label = host.removesuffix(".gov.uk").rpartition(".")[2]
    names = _compact_names(register)
    for name in (label, *(label.removesuffix(end) for end in _SITE_ENDS if label.endswith(end))):
        if name in names:
            return names[name]
    return None


def is_own_site(url: str, register: Register) -> bool:
    """Whether an address is a council's own, or a children's trust's."""
    host = re.sub(r"[^a-z]", "", (urlsplit(url).hostname or "").removeprefix("www.").split(".")[0])
    trusts = {re.sub(r"[^a-z]", "", trust.lower()) for authority in register for trust in authority.trusts}
    return host in trusts or find_by_site(url, register) is not None


def find_by_host(url: str, register: Register) -> Authority | None:
    """The place a paper's address begins with: tamesidereporter.com, thehaveringdaily.co.uk."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    label = re.sub(r"[^a-z]", "", host.split(".")[0]).removeprefix("the")
    names = _compact_names(register)
    for name in sorted(names, key=len, reverse=True):
        rest = label[len(name) :]
        if len(name) >= _SHORTEST and label.startswith(name) and not rest.startswith(_SUFFIX_TRAPS):
            return names[name]
    return None


def titled(text: str) -> str:
    """A headline without capitals, as an address spells it, with them: "praise for kirklees council"."""
    return text.title() if text == text.lower() else text


def slug_words(url: str) -> str:
    """The words of an address's longest part: often the headline as it was first written."""
    words = re.split(r"[^A-Za-z']+", max(_headlines(url), key=len, default=""))
    return " ".join(word for word in words if len(word) > 1)


def section_words(url: str) -> str:
    """The words of an address's other parts, each a title: the sections a paper keeps for its districts."""
    slug = max(_headlines(url), key=len, default="")
    sections = (part for part in _parts(url) if part and part != slug)
    return " . ".join(" ".join(re.findall(r"[A-Za-z]+", part)).title() for part in sections)


def _headlines(url: str) -> list[str]:
    """The parts that may be a headline: "uk-england-leicestershire-61495431" is a region of the BBC's."""
    return [part for part in _parts(url) if not part.startswith("uk-england-")]


def _parts(url: str) -> list[str]:
    return re.sub(r"%E2%80%99|%27", "'", urlsplit(url).path).split("/")


def aside_words(url: str) -> str | None:
    """The name of the part of a site that an address is in, where that part has no news: jobs, opinion."""
    parts = urlsplit(url)
    found = _ASIDE.search(f"{parts.hostname or ''}{parts.path}")
    return found[1].replace("-", " ") if found else None


@cache
def _compact_names(register: Register) -> dict[str, Authority]:
    """Names and aliases in small letters without spaces, borne by one current authority."""
    borne: dict[str, set[Authority]] = {}
    for authority in register:
        if authority.urn and authority.current:
            for name in _names(authority):
                borne.setdefault(name, set()).add(authority)
    return {name: next(iter(who)) for name, who in borne.items() if len(who) == 1}


def _names(authority: Authority) -> Iterator[str]:
    for name in (authority.name, *authority.aliases, *authority.trusts):
        yield re.sub(r"[^a-z]", "", name.lower())
