"""States to look at, and the page served over them on a real socket."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from starlette.types import ASGIApp

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.page import ANY_PORT, make_page, serve_aside
from letterwatch.demo.replica import load_replica
from letterwatch.demo.stage import set_up
from letterwatch.demo.story import LETTER, NOW
from tests.states import move_state

LATER = datetime(2026, 7, 29, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A state in which the demo's whole story was told, up to 2026."""

    folder: Path
    config: Path


def run_apart(work: Coroutine[Any, Any, object]) -> None:
    """Runs a coroutine in a thread of its own: a browser under test keeps this one's loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("told")
    whole = load_replica()
    eve = whole.until(NOW.date()).without_publication(LETTER)
    with Inbox() as inbox, set_up(Console(file=StringIO()), folder, eve, NOW, inbox) as stage:
        config = move_state(folder / "letterwatch.toml")
        with opened(config, NOW) as app:
            run_apart(replace(stage, app=app).look())
            stage.site.publish(whole.get(LETTER))
            run_apart(replace(stage, app=app).look())
        for each in whole.publications:
            stage.site.publish(each)
        with opened(config, LATER) as app:
            run_apart(replace(stage, app=app).look())
    return Told(folder, config)


@contextmanager
def opened(config: Path, moment: datetime = LATER) -> Iterator[App]:
    with open_app(load_config(config, {}), Clock.starting_at(moment)) as app:
        yield app


@contextmanager
def served(app: ASGIApp, listen: str = ANY_PORT) -> Iterator[str]:
    """Serves an app in a thread of its own; gives its address."""
    with serve_aside(app, listen) as url:
        yield f"{url}/"


@contextmanager
def page_of(config: Path, moment: datetime = LATER) -> Iterator[str]:
    """Serves the page over a state."""
    with opened(config, moment) as app, served(make_page(app)) as url:
        yield url


@pytest.fixture(scope="session")
def page(told: Told) -> Iterator[str]:
    """The address of a page over the told state."""
    with page_of(told.config) as url:
        yield url
