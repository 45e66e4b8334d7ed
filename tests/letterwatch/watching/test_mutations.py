"""Each mutation of each page is noticed in one look and never becomes an event."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from state import Rhythm, Verdict
from tests.letterwatch.watching.mutations import MUTATIONS, SEARCH, Mutation, render_table
from tests.letterwatch.world import World, make_world

DOC = Path(__file__).parents[3] / "docs" / "watching.md"
START = datetime(2019, 11, 4, 9, tzinfo=UTC)
MARK = "<!-- mutations -->\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with make_world(tmp_path_factory.mktemp("world"), START) as world:
        assert world.look().verdict.verdict is Verdict.OK
        assert world.look(Rhythm.POLL).verdict.verdict is Verdict.OK
        yield world


def about_publications(events: object) -> list[str]:
    return [event.key for event in events if event.publication]  # type: ignore[attr-defined]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: f"{each.page.strip('/')}: {each.name}")
def test_a_mutation_is_noticed_and_is_no_news(world: World, mutation: Mutation) -> None:
    before = world.app.store.publications()
    for rhythm in (Rhythm.POLL, Rhythm.SWEEP) if mutation.page == SEARCH else (Rhythm.SWEEP,):
        world.site.change = mutation.answer
        world.clock.set(world.clock.now() + timedelta(minutes=10))
        hit = world.look(rhythm)
        world.site.change = None
        world.clock.set(world.clock.now() + timedelta(minutes=10))
        well = world.look()
        assert hit.verdict.verdict is mutation.verdict, hit.verdict.cause
        assert about_publications(hit.events) == about_publications(well.events) == []
        assert well.verdict.verdict is Verdict.OK, well.verdict.cause
    assert world.app.store.publications() == before


def test_the_documented_table_is_the_tested_one() -> None:
    """A different table is written into the document, and fails until somebody has looked at it."""
    before, _, rest = DOC.read_text("utf-8").partition(MARK)
    table, _, after = rest.partition(MARK)
    if table != render_table():
        DOC.write_text(f"{before}{MARK}{render_table()}{MARK}{after}", "utf-8")
        pytest.fail("docs/watching.md has been written anew: look at the change, then run again")
