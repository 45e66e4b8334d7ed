"""A host's pace holds over all workers together: a real server writes down when it is asked."""

import itertools
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.fleets.members import Member
from benchmarks.fleets.outside import Hook, write_config
from state import Store
from tests.letterwatch.conftest import Site
from tests.letterwatch.fleet.conftest import wait_for

INTERVAL = 0.5
ENOUGH = 30  # requests


@pytest.mark.timeout(400)
def test_two_workers_never_ask_one_host_faster_than_allowed(tmp_path: Path, postgres_url: str) -> None:
    times: list[float] = []
    with Site() as site, Hook() as hook, closing(Store.open(postgres_url, rehearsal=False)) as store:
        site.trap = lambda _request: times.append(time.monotonic())
        config = write_config(
            tmp_path,
            site=site.url,
            feed=f"{site.url}/rss",  # of the same host: a source of another worker's
            hook=hook.url,
            poll="1s",
            requests_per_second=1 / INTERVAL,
        )
        roles = ("clock", "worker", "worker")
        members = [
            Member(role, config, postgres_url, tmp_path / f"{number}.log")
            for number, role in enumerate(roles)
        ]
        try:
            wait_for(lambda: len(times) >= ENOUGH, "too few requests")
            wait_for(lambda: len({run.worker for run in store.runs(1000)}) == 2, "one worker does it all")
        finally:
            for member in members:
                member.kill()
    asked = sorted(times)
    for first in range(len(asked)):
        for last in range(first + 1, len(asked)):
            # each leaves at its moment; a busy machine may let it arrive late. Two paces would halve it all
            assert asked[last] - asked[first] >= (last - first - 1) * INTERVAL


def test_moments_of_a_host_lie_an_interval_apart_and_those_of_others_do_not_wait(postgres_url: str) -> None:
    with (
        closing(Store.open(postgres_url, rehearsal=False)) as one,
        closing(Store.open(postgres_url, rehearsal=False)) as two,
    ):
        begun = time.monotonic()
        moments = [
            time.monotonic() - begun + store.reserve_moment("reports.test", 10.0)
            for store in (one, two, one, two)
        ]
        assert one.reserve_moment("other.test", 10.0) == 0
    for earlier, later in itertools.pairwise(moments):
        assert later - earlier == pytest.approx(10.0, abs=1.0)


def test_a_moment_given_before_the_clock_was_set_back_keeps_nobody_waiting(postgres_url: str) -> None:
    with closing(Store.open(postgres_url, rehearsal=False)) as store:
        store.reserve_moment("reports.test", 1_000_000.0)
        assert store.reserve_moment("reports.test", 1.0) == 0
