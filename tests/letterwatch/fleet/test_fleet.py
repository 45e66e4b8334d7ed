"""Clocks and workers as real processes at one PostgreSQL: each source is looked at once, and taken over."""

import re

import pytest
import requests

from tests.letterwatch.fleet.conftest import Fleet

pytestmark = pytest.mark.timeout(400)


def test_a_letter_is_told_once_by_two_workers_under_two_clocks(fleet: Fleet) -> None:
    clocks = [fleet.clock(), fleet.clock()]
    workers = [fleet.worker(), fleet.worker("--listen", "127.0.0.1:0")]
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
    page = find_page(fleet.log(workers[1]))
    assert requests.get(f"{page}healthz", timeout=10).json()["alive"] is True
    figures = requests.get(f"{page}metrics", timeout=10).text
    assert "letterwatch_runs_total" in figures
    assert "letterwatch_source_verdict" not in figures, "the state's figures are the clock's to tell"
    assert requests.get(page, timeout=10).status_code == 404
    figures = requests.get(f"{find_page(fleet.log(clocks[0]))}metrics", timeout=10).text
    assert len(re.findall(r"^letterwatch_worker_seen_timestamp_seconds\{", figures, re.MULTILINE)) == 4
    health = fleet.place.run("health", "--worker")
    assert health.returncode == 0
    assert health.stdout.count("worker ") == 2
    for process in (*workers, *clocks):
        fleet.end(process)
        assert process.returncode == 0
        assert "Traceback" not in fleet.log(process)
        assert (fleet.store.find_end() is not None) is (process is clocks[-1])
    assert fleet.place.arrived() == (1, 1)
    assert fleet.store.workers() == []


def find_page(log: str) -> str:
    """The address a process serves at, from its log."""
    return re.findall(r"the page is at (http://\S+)", log)[-1]


def swept(fleet: Fleet) -> bool:
    row = fleet.store.find_source("ofsted")
    return row is not None and row.swept_at is not None


def count_runs(fleet: Fleet) -> int:
    return len(fleet.store.runs(10_000))
