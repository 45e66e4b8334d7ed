"""The register of authorities: who they are, and whom a name means.

The facts stand in authorities.csv; docs/register.md says where they come from.
"""

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from state.errors import one_line

_WORD = re.compile(r"&|[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))

_LONGEST_NAME = 200  # characters; what is longer is no name

_BEFORE = (
    "the", "council of the", "council of", "london borough of", "metropolitan borough of",
    "royal borough of", "borough of", "lb of", "lb", "city of", "county of",
)  # fmt: skip
_AFTER = (
    "council", "corporation", "local authority", "authority", "county", "city", "borough", "london borough",
    "metropolitan borough", "metropolitan district", "district", "mbc", "mdc", "unitary", "children services",
    "children social care", "children social care services", "children social services", "social services",
    "services for children", "children and families", "children and young people services",
    "children trust", "children services trust", "children and families trust", "local area partnership",
    "local area",
)  # fmt: skip

# Places that carry an authority's name and are not that authority.
_NAMESAKES = (
    "Bradford on Avon", "Bury St Edmunds", "Derby County", "Greater Manchester", "Newcastle under Lyme",
    "New York", "Stockton Heath", "Stoke Mandeville", "Stoke Newington", "Sutton Coldfield",
    "Sutton in Ashfield",
)  # fmt: skip


_SIDE = "(North|South|East|West)"
_PAIR = re.compile(rf"\b{_SIDE} and {_SIDE} ([A-Z]\w+)")
"""Two authorities that share the end of their names: "North and West Northamptonshire"."""


class RegisterError(ValueError):
    """A name, region or URN that the register does not have; the message suggests what it has."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A council that answers for children's services."""

    urn: str | None  #: Ofsted's number; null only for abolished ones whose number is not known
    la_code: str  #: the Department for Education's number
    gss_code: str  #: the Office for National Statistics' code
    name: str  #: as Letterwatch writes it
    region: str  #: one of nine
    type: str  #: London Borough, Metropolitan District, Unitary Authority or County
    neighbours: tuple[str, ...]  #: URNs of its statistical neighbours, nearest first
    aliases: tuple[str, ...]  #: other names in use
    trusts: tuple[str, ...]  #: companies and trusts that run, or ran, its services
    current: bool  #: false where it was abolished
    successors: tuple[str, ...]  #: URNs of those who took over


class Register:
    """All authorities, current and abolished, in the order of their names."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self._authorities = tuple(sorted(authorities, key=lambda authority: authority.name))
        self._by_urn = {a.urn: a for a in self._authorities if a.urn is not None}
        self._by_name = _index_names(self._authorities)
        self._longest = max(len(key.split()) for key in self._by_name)

    @staticmethod
    @cache
    def load() -> "Register":
        """The bundled register, read once."""
        text = (files("state") / "authorities.csv").read_text(encoding="utf-8")
        return Register(_parse_row(row) for row in csv.DictReader(text.splitlines()))

    def __iter__(self) -> Iterator[Authority]:
        return iter(self._authorities)

    def __len__(self) -> int:
        return len(self._authorities)

    def get(self, urn: str) -> Authority:
        """The authority with this Ofsted number; raises RegisterError."""
        try:
            return self._by_urn[urn]
        except KeyError:
            raise RegisterError(f"no authority has the URN {_shown(urn)}") from None

    def find(self, name: str) -> Authority | None:
        """Whom a name means: a page's, a letter's, a reporter's, a trust's, a slug.

        None where nobody is known by it, and where several are. A name that only an abolished authority
        bore ("Northamptonshire") means that one; its `successors` say who answers now.
        """
        return _only(self._candidates(name))

    def find_in(self, text: str) -> Authority | None:
        """The one authority a text such as a title mentions by a capitalised name; None if it names two."""
        mentions = list(self._mentions(_PAIR.sub(r"\1 \3 and \2 \3", text)))
        return _only(frozenset.intersection(*mentions)) if mentions else None

    def find_mentioned(self, text: str) -> list[frozenset[Authority]]:
        """Whom a text mentions by capitalised names, in its order; each with all who bear the name."""
        return [mentioned for mentioned in self._mentions(_PAIR.sub(r"\1 \3 and \2 \3", text)) if mentioned]

    def select(self, spec: str) -> tuple[Authority, ...]:
        """Whom a setting means: "all", "region:NAME", "neighbours:NAME", a URN or a name.

        An abolished authority brings its successors with it. Raises RegisterError with the nearest name.
        """
        if spec.strip().casefold() == "all":
            return self._authorities
        what, colon, name = spec.partition(":")
        match what.strip().casefold() if colon else "name":
            case "region":
                return self._get_region(name.strip())
            case "neighbours":
                return tuple(self.get(urn) for urn in self._get_named(name.strip()).neighbours)
            case "name":
                chosen = self._by_urn.get(spec.strip()) or self._get_named(spec.strip())
                return chosen, *map(self.get, chosen.successors)
            case _:
                raise RegisterError(
                    f'"{_shown(spec)}" is not understood; use a name, "all", "region:…" or "neighbours:…"'
                )

    def regions(self) -> tuple[str, ...]:
        """The nine regions of England, sorted."""
        return tuple(sorted({authority.region for authority in self._authorities}))

    def _get_region(self, region: str) -> tuple[Authority, ...]:
        members = tuple(a for a in self._authorities if _key(a.region) == _key(region))
        if not members:
            raise RegisterError(f'unknown region "{_shown(region)}"{_suggestion(region, self.regions())}')
        return members

    def _get_named(self, name: str) -> Authority:
        candidates = self._candidates(name)
        found = _only(candidates)
        if found is not None:
            return found
        if candidates:
            names = ", ".join(sorted(authority.name for authority in candidates))
            raise RegisterError(f'"{_shown(name)}" may mean any of {names}; name the one you mean')
        known = [known for authority in self for known in (authority.name, *authority.aliases)]
        raise RegisterError(f'unknown authority "{_shown(name)}"{_suggestion(name, known)}')

    def _candidates(self, name: str) -> frozenset[Authority]:
        """All an authority's name may mean, tried as it stands, then with what surrounds it taken off."""
        key = _key(name[:_LONGEST_NAME])
        for inner, dropped in _unwrapped(key):
            if inner in self._by_name and not self._is_other_twin(inner, dropped):
                return self._by_name[inner]
        return frozenset()

    def _is_other_twin(self, key: str, dropped: str) -> bool:
        """True for "Nottingham County Council" and "Nottinghamshire City Council": neither exists."""
        words = dropped.split()
        if "county" in words and f"{key}shire" in self._by_name:
            return True
        return "city" in words and key.removesuffix("shire") in self._by_name and key.endswith("shire")

    def _mentions(self, text: str) -> Iterator[frozenset[Authority]]:
        words = _WORD.findall(text.translate(_APOSTROPHES))
        keys = [_normalise(word) for word in words]
        at = 0
        while at < len(words):
            length = self._mention_length(keys[at:]) if words[at][0].isupper() else 0
            mentioned = self._by_name.get(" ".join(keys[at : at + length]))
            if mentioned:
                yield mentioned
            at += max(length, 1)

    def _mention_length(self, keys: list[str]) -> int:
        for length in range(min(self._longest, len(keys)), 0, -1):
            if " ".join(keys[:length]) in self._by_name:
                return length
        return 0


def _parse_row(row: Mapping[str, str]) -> Authority:
    return Authority(
        urn=row["urn"] or None,
        la_code=row["la_code"],
        gss_code=row["gss_code"],
        name=row["name"],
        region=row["region"],
        type=row["type"],
        neighbours=tuple(row["neighbours"].split()),
        aliases=_parse_names(row["aliases"]),
        trusts=_parse_names(row["trusts"]),
        current=row["current"] == "yes",
        successors=tuple(row["successors"].split()),
    )


def _parse_names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def _index_names(authorities: Iterable[Authority]) -> dict[str, frozenset[Authority]]:
    """Every known name to those who bear it; a namesake is a name that nobody bears."""
    index: dict[str, frozenset[Authority]] = {_key(name): frozenset() for name in _NAMESAKES}
    for authority in authorities:
        for name in (authority.name, *authority.aliases, *authority.trusts):
            key = _key(name)
            index[key] = index.get(key, frozenset()) | {authority}
    return index


def _key(name: str) -> str:
    """A name as it is compared: no case, punctuation or possessive; "&" is "and"."""
    return " ".join(_normalise(word) for word in _WORD.findall(name.translate(_APOSTROPHES)))


def _normalise(word: str) -> str:
    word = word.casefold()
    if word == "&":
        return "and"
    return "children" if word == "childrens" else word.removesuffix("'s").replace("'", "")


def _unwrapped(key: str) -> Iterator[tuple[str, str]]:
    """The name, then the name with more and more of "London Borough of", "Council" … taken off."""
    seen = {key}
    waiting = [(key, "")]
    while waiting:
        inner, dropped = waiting.pop(0)
        yield inner, dropped
        shorter = [(inner.removesuffix(f" {words}"), words) for words in _AFTER]
        shorter += [(inner.removeprefix(f"{words} "), words) for words in _BEFORE]
        for less, words in shorter:
            if less not in seen:
                seen.add(less)
                waiting.append((less, f"{dropped} {words}"))


def _only(candidates: frozenset[Authority]) -> Authority | None:
    return next(iter(candidates)) if len(candidates) == 1 else None


def _shown(text: str) -> str:
    """What somebody wrote, as an error repeats it: one line of bearable length."""
    return one_line(text)[:_LONGEST_NAME]


def _suggestion(name: str, known: Iterable[str]) -> str:
    by_key = {_key(one): one for one in known}
    key = _key(name)
    close = (
        difflib.get_close_matches(key, by_key, n=1) or [each for each in by_key if key and key in each][:1]
    )
    return f'; did you mean "{by_key[close[0]]}"?' if close else ""
