"""Every fault at every step of the way of the data: how it comes about, and what ends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.letterwatch.faults import digests, lists, machines, postgresql, processes, receivers, sites
from tests.letterwatch.faults.front import Spoil
from tests.letterwatch.faults.how import Befall, How, nothing
from tests.letterwatch.faults.spoiling import CONNECTIONS, PAGES, STATUSES
from tests.letterwatch.faults.town import House


@dataclass(frozen=True)
class Fault:
    """A fault at a step; `is_sample`: the suite tries it, the others are left to `make faults`."""

    step: str
    name: str
    how: How
    is_sample: bool = False


@dataclass(frozen=True)
class Place:
    """Pages of one sort: whose they are, and how their addresses begin."""

    front: str
    paths: tuple[str, ...]
    furnish: Befall = nothing


def list_stories_on_a_page(house: House) -> None:
    """The paper has no feed: the page that lists its stories is watched."""
    paper = house.town.web.paper
    house.rewrite(f'feed = "{paper.feed}"', f'page = "{paper.page}"', for_good=True)


_ANY: Mapping[str, Spoil] = STATUSES | CONNECTIONS | PAGES
_PLACES: Mapping[str, tuple[Place, Mapping[str, Spoil]]] = {
    "robots.txt": (Place("front", ("/robots.txt",)), _ANY),
    "search page": (Place("front", ("/search",)), _ANY | lists.SEARCH),
    "authority's page": (Place("front", ("/provider/44/80451",)), _ANY | lists.PROVIDER),
    "document": (Place("front", ("/v1/file/",)), _ANY),
    "feed": (Place("press", ("/rss",)), _ANY | lists.FEED),
    "page that lists stories": (Place("press", ("/latest",), list_stories_on_a_page), _ANY | lists.LISTING),
    "article": (Place("press", ("/news/",)), _ANY),
    "GOV.UK's search": (Place("office", ("/api/search",)), _ANY | lists.NOTICES),
    "GOV.UK's search and feed": (Place("office", ("/api/search", "/search/")), STATUSES | lists.NOTICES),
    "GOV.UK's texts": (Place("office", ("/api/content/",)), _ANY),
}
_SAMPLES = {
    ("robots.txt", "503"),
    ("search page", "a block page with 200"),
    ("search page", "the reports known not on it: dates of ten years before"),
    ("authority's page", "truncated"),
    ("document", "another page"),
    ("feed", "connection reset"),
    ("page that lists stories", "changed markup"),
    ("article", "403"),
    ("GOV.UK's search and feed", "503"),
    ("judge", "a flood: four letters at once, three allowed"),
    ("send", "Slack answers 200, and not ok"),
    ("send", "the mail server refuses the recipient for now"),
    ("send, refused for good", "Slack's webhook was revoked"),
    ("digest", "the mail server refuses it for now"),
    ("acknowledge", "the answer of Slack's webhook is lost"),
    ("acknowledge, killed", "killed once Slack had the bot's message"),
    ("archive", "read-only"),
    ("settle", "killed"),
    ("settle, on PostgreSQL", "its connection is cut"),
}
_ONLY_BY_WEBHOOK = "an incoming webhook cannot be asked whether a message arrived"
KNOWN_COSTS = {
    ("acknowledge", "the answer of Slack's webhook is lost"): _ONLY_BY_WEBHOOK,
    (
        "acknowledge, on PostgreSQL",
        "the server is stopped once Slack had the webhook's message",
    ): _ONLY_BY_WEBHOOK,
    ("acknowledge, killed", "killed once Slack had the webhook's message"): _ONLY_BY_WEBHOOK,
}
"""What a fault may lose or double for good, and why; docs/faults.md says the same."""


def all_faults() -> list[Fault]:
    """The whole table, in the order of the way of the data."""
    return [Fault(step, name, how, (step, name) in _SAMPLES) for step, name, how in _list()]


def _list() -> Iterator[tuple[str, str, How]]:
    for name, befall in sites.LOOK_UP.items():
        yield "look-up", name, How(befall)
    for step, (place, spoils) in _PLACES.items():
        for name, spoil in spoils.items():
            yield step, name, How(_spoil(place, spoil), furnish=place.furnish)
    rest: Mapping[str, Mapping[str, How]] = {
        "crawl": processes.IN_A_CRAWL | machines.CRAWL,
        "archive": machines.ARCHIVE,
        "judge": lists.JUDGE,
        "settle": machines.SETTLE,
        **postgresql.FAULTS,
        **receivers.FAULTS,
        **processes.WHILE_TOLD,
        "digest": digests.FAULTS,
    }
    for step, faults in rest.items():
        for name, how in faults.items():
            yield step, name, how


def _spoil(place: Place, spoil: Spoil) -> Befall:
    return lambda house: getattr(house.town.web, place.front).disturb(place.paths, spoil)
