"""Clocks and workers as real processes at one PostgreSQL: each source is looked at once, and taken over."""

from tests.letterwatch.fleet.conftest import Fleet


def test_a_letter_is_told_once_by_two_workers_under_two_clocks(fleet: Fleet) -> None:
    clocks = [fleet.clock(), fleet.clock()]
    workers = [fleet.worker(), fleet.worker()]
    fleet.wait_for(lambda: swept(fleet), "the first sweep was not made")
    fleet.place.site.publish_letter()
    fleet.wait_for(lambda: fleet.place.arrived() == (1, 1), "the letter was not told")
    polls = count_runs(fleet)
    fleet.wait_for(lambda: count_runs(fleet) >= polls + 3, "polls do not go on")
    runs = fleet.store.runs(100)
    assert {each.role for each in fleet.store.workers()} == {"clock", "worker"}
    for earlier, later in zip(runs[1:], runs[:-1], strict=True):
        assert later.started_at >= earlier.settled_at, "two looks at one source at once"
    assert {run.worker.rpartition("/")[2] for run in runs if run.worker} <= {
        str(each.pid) for each in workers
    }
    for process in (*workers, *clocks):
        fleet.end(process)
        assert process.returncode == 0
        assert "Traceback" not in fleet.log(process)
    assert fleet.place.arrived() == (1, 1)
    assert fleet.store.workers() == []


def swept(fleet: Fleet) -> bool:
    row = fleet.store.find_source("ofsted")
    return row is not None and row.swept_at is not None


def count_runs(fleet: Fleet) -> int:
    return len(fleet.store.runs(10_000))
