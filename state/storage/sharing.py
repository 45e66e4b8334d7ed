"""Who is at what: locks, and the clocks and workers that share one state."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from state.errors import LockTakenError
from state.records.rows import WorkerRow
from state.storage import presence
from state.storage.forsaken import end_forsaken
from state.storage.locks import DAEMON, source_lock
from state.storage.opened import Opened
from state.storage.owners import process_owner
from state.storage.pacing import reserve_moment
from state.storage.turns import Turn, find_holder, name_holder, taken


class Sharing(Opened):
    """What several processes ask for before they touch the same source or host; a part of `Store`."""

    def lock(self, source: str) -> AbstractContextManager[Turn]:
        """Holds a source for one crawl; LockTakenError where another process has it."""
        return source_lock(self._database, source)

    @contextmanager
    def share(self, role: str) -> Iterator[None]:
        """Is one of a fleet while the block runs; LockTakenError where a daemon watches by itself."""
        with self._database.reading() as connection:
            holder = find_holder(connection, DAEMON)
        if holder:
            raise taken(DAEMON, name_holder(holder))
        self.note_presence(role)
        yield
        with self._database.writing() as connection:  # one that ends otherwise is seen to be silent
            presence.end_presence(connection, process_owner())

    def note_presence(self, role: str) -> None:
        """Notes that this process, a clock or worker of a fleet, lives."""
        with self._database.writing() as connection:
            presence.record_presence(connection, process_owner(), role)

    def refuse_fleet(self) -> None:
        """Raises LockTakenError where a fleet watches: a daemon would look at what the workers look at."""
        alive = [f"{each.role} {each.name.rpartition('/')[0]}" for each in self.workers() if each.alive]
        if alive:
            raise LockTakenError(
                f"a fleet is watching already ({', '.join(alive)}); "
                "stop it, or run with --engine procrastinate"
            )

    def workers(self) -> list[WorkerRow]:
        """The clocks and workers of the fleet that lived within the last hour."""
        with self._database.reading() as connection:
            return presence.list_workers(connection)

    def find_held(self) -> frozenset[str]:
        """The sources that somebody is looking at, where the state is shared."""
        with self._database.reading() as connection:
            return presence.find_held(connection)

    def end_forsaken(self) -> list[str]:
        """Ends the turns whose holders are gone, where the state is shared; whose sources they were."""
        with self._database.writing() as connection:
            return end_forsaken(connection)

    def reserve_moment(self, host: str, interval: float) -> float:
        """Takes a host's next free moment, over all workers; how many seconds it lies ahead."""
        with self._database.writing() as connection:
            return reserve_moment(connection, host, interval)
