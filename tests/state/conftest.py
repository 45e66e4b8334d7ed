"""States to test on: SQLite always, PostgreSQL where there is one."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from state import Settlement, Store, Take
from tests.servers.postgres import drop_database, find_server, make_database
from tests.state.takes import START, Crawl, compare, route_to_newsdesk


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
