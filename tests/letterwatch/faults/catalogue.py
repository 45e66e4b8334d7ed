"""Every fault at every step of the way of the data: how it comes about, and what ends it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from subprocess import CompletedProcess

from tests.letterwatch.faults import machines, receivers
from tests.letterwatch.faults.front import Spoil
from tests.letterwatch.faults.spoiling import CONNECTIONS, PAGES, STATUSES
from tests.letterwatch.faults.town import MORNING, House

Befall = Callable[[House], object]
Run = Callable[[House], CompletedProcess[str]]


def check(house: House) -> CompletedProcess[str]:
    """One pass while the fault lasts."""
    return house.check(MORNING)


@dataclass(frozen=True)
class Fault:
    """A fault at a step; `is_sample`: the suite tries it, the others are left to `make faults`."""

    step: str
    name: str
    befall: Befall
    run: Run = check
    is_sample: bool = False


_PLACES: dict[str, tuple[str, str]] = {
    "robots.txt": ("front", "/robots.txt"),
    "search page": ("front", "/search"),
    "authority's page": ("front", "/provider/44/80451"),
    "document": ("front", "/v1/file/"),
    "feed": ("press", "/rss"),
    "article": ("press", "/news/"),
}
_SAMPLES = {
    ("robots.txt", "503"),
    ("search page", "a block page with 200"),
    ("authority's page", "truncated"),
    ("document", "another page"),
    ("feed", "connection reset"),
    ("article", "403"),
    ("send", "Slack answers 200, and not ok"),
    ("send", "the mail server refuses the recipient for now"),
    ("acknowledge, killed", "killed once Slack had the message"),
    ("archive", "read-only"),
    ("settle", "killed"),
}


KNOWN_LOSSES = {
    (
        "crawl",
        "the clock a year ahead",
    ): "by that clock the story is old: kept, listed, not told",
}
"""What a fault may cost for good, and why; docs/faults.md says the same."""


def all_faults() -> list[Fault]:
    """The whole table, in the order of the way of the data."""
    return [*_list()]


def _list() -> Iterator[Fault]:
    for name, befall in machines.LOOK_UP.items():
        yield _make("look-up", name, befall)
    for place in _PLACES:
        for name, spoil in (STATUSES | CONNECTIONS | PAGES).items():
            yield _make(place, name, _spoil(place, spoil))
    for step, faults in (machines.FAULTS | receivers.FAULTS).items():
        for name, how in faults.items():
            yield _make(step, name, *how) if isinstance(how, tuple) else _make(step, name, how)


def _make(step: str, name: str, befall: Befall, run: Run = check) -> Fault:
    return Fault(step, name, befall, run, is_sample=(step, name) in _SAMPLES)


def _spoil(place: str, spoil: Spoil) -> Befall:
    front, path = _PLACES[place]
    return lambda house: getattr(house.town, front).disturb(path, spoil)
