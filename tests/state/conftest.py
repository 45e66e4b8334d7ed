"""States to test on: SQLite always, PostgreSQL where there is one."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from state import Archive, Settlement, Store, Take
from tests.servers.postgres import drop_database, find_server, make_database
from tests.state.places import Place, kept
from tests.state.takes import DAY, HOUR, START, WAKEFIELD, Crawl, compare, entry, route_to_newsdesk


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """URL of a PostgreSQL server: $TEST_DATABASE_URL, else one from a wheel, else a skip."""
    return find_server()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database of its own on the server."""
    name = f"letterwatch_{secrets.token_hex(4)}"
    yield make_database(name).render_as_string(hide_password=False)
    drop_database(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'letterwatch.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A state's URL, once on each database."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@dataclass
class House:
    """A store with the app's decisions at hand."""

    store: Store
    flood: int = 20

    def settle(self, crawl: Crawl, *, now: datetime | None = None, since: date | None = None) -> Settlement:
        return self.settle_take(crawl.take(), now=now or crawl.at, since=since)

    def settle_take(self, take: Take, *, now: datetime = START, since: date | None = None) -> Settlement:
        return self.store.settle(
            take,
            now=now,
            route=route_to_newsdesk,
            compare=compare,
            flood=self.flood,
            announce_since=since,
        )


@pytest.fixture
def open_house(url: str) -> Iterator[Callable[[], House]]:
    """Opens the state as often as asked, as successive processes would."""
    opened: list[House] = []

    def open_store() -> House:
        opened.append(House(Store.open(url, rehearsal=False)))
        return opened[-1]

    yield open_store
    for house in opened:
        house.store.close()


@pytest.fixture
def house(open_house: Callable[[], House]) -> House:
    return open_house()


@pytest.fixture
def make_place(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str, str], Place]:
    def make(kind: str, name: str) -> Place:
        folder = tmp_path / name
        postgres = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
        return Place(postgres or f"sqlite:///{folder / 'letterwatch.db'}", Archive(str(folder / "archive")))

    return make


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Callable[[Place], House]]:
    """A state with an old letter, one that was told, one that waits to be told, and a page that broke."""
    opened: list[House] = []

    def fill_place(place: Place) -> House:
        house = House(place.open())
        opened.append(house)
        old = entry("1", kept(place, "1"), published_on=(START - 90 * DAY).date())
        house.settle(Crawl().page(WAKEFIELD, old))
        second = entry("2", kept(place, "2"))
        house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, old, second))
        (delivery,) = house.store.outbox.claim_due("me", START + HOUR, 9, timedelta(minutes=1))
        house.store.outbox.record_attempt(delivery.id, START + HOUR)
        house.store.outbox.record_sent(delivery.id, "ok", START + HOUR)
        house.settle(Crawl(at=START + DAY).page(WAKEFIELD, old, second, entry("3", kept(place, "3"))))
        place.archive.put(b"<html>login</html>", url="https://x", headers={}, at=START)
        return house

    yield fill_place
    for house in opened:
        house.store.close()
