"""What becomes of a look whose worker is killed, told to stop or paused in the middle of it."""

import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.fleets.members import Member
from benchmarks.fleets.outside import Hook, write_config
from letterwatch.demo.loopback import Request
from state import Store
from tests.letterwatch.conftest import Site
from tests.letterwatch.fleet.conftest import wait_for

pytestmark = pytest.mark.timeout(400)


@dataclass
class Scene:
    """A clock and two workers, one of which waits for its first page of an authority."""

    store: Store
    members: list[Member]
    holder: Member
    go_on: threading.Event

    @property
    def workers_of_runs(self) -> list[str]:
        """The process numbers of those who made the runs of Ofsted's site, oldest first."""
        runs = reversed(self.store.runs_of("ofsted", 1000))
        return [(run.worker or "").rpartition("/")[2] for run in runs]

    def is_swept(self) -> bool:
        row = self.store.find_source("ofsted")
        return row is not None and row.swept_at is not None


@contextmanager
def in_the_middle(folder: Path, url: str) -> Iterator[Scene]:
    """The first sweep has begun, and its first page does not come until `go_on` is set."""
    asked, go_on = threading.Event(), threading.Event()

    def wait_at_first_page(request: Request) -> None:
        if request.path.startswith("/provider/"):
            asked.set()
            go_on.wait(300)

    with Site() as site, Hook() as hook, closing(Store.open(url, rehearsal=False)) as store:
        site.trap = wait_at_first_page
        config = write_config(folder, site=site.url, feed=f"{site.url}/rss", hook=hook.url, poll="1s")
        roles = ("clock", "worker", "worker")
        members = [Member(role, config, url, folder / f"{number}.log") for number, role in enumerate(roles)]
        try:
            assert asked.wait(120), "no worker took the look"
            pid = next(each.name.split("/")[1] for each in store.workers() if "ofsted" in each.looking_at)
            holder = next(each for each in members if str(each.process.pid) == pid)
            yield Scene(store, members, holder, go_on)
        finally:
            go_on.set()
            for member in members:
                member.send(signal.SIGCONT)
                member.kill()


def test_a_killed_workers_source_is_taken_over(tmp_path: Path, postgres_url: str) -> None:
    with in_the_middle(tmp_path, postgres_url) as scene:
        dead = str(scene.holder.process.pid)
        scene.holder.kill()
        scene.go_on.set()
        wait_for(scene.is_swept, "nobody took over")
        assert dead not in scene.workers_of_runs


def test_a_worker_told_to_stop_gives_its_look_back(tmp_path: Path, postgres_url: str) -> None:
    with in_the_middle(tmp_path, postgres_url) as scene:
        stopped = str(scene.holder.process.pid)
        scene.holder.send(signal.SIGTERM)
        wait_for(lambda: "stopping" in scene.holder.log.read_text("utf-8"), "it does not stop")
        scene.go_on.set()
        scene.holder.process.join(60)
        assert scene.holder.process.exitcode == 0
        wait_for(scene.is_swept, "nobody went on")
        assert scene.workers_of_runs[-1] != stopped
        runs = scene.store.runs_of("ofsted", 1000)
        assert all(run.stopped for run in runs if (run.worker or "").endswith(f"/{stopped}"))
        assert "Traceback" not in scene.holder.log.read_text("utf-8")


def test_a_worker_paused_beyond_its_lease_settles_nothing_when_it_wakes(
    tmp_path: Path, postgres_url: str
) -> None:
    with in_the_middle(tmp_path, postgres_url) as scene:
        paused = str(scene.holder.process.pid)
        scene.holder.send(signal.SIGSTOP)
        scene.go_on.set()
        wait_for(scene.is_swept, "nobody took over")
        scene.holder.send(signal.SIGCONT)
        late = "took ofsted over meanwhile; what this one brought is not written"
        wait_for(lambda: late in scene.holder.log.read_text("utf-8"), "it does not say that it is late")
        sweeps = [run for run in scene.store.runs_of("ofsted", 1000) if run.rhythm == "sweep"]
        assert len(sweeps) == 1
        assert not (sweeps[0].worker or "").endswith(f"/{paused}")
