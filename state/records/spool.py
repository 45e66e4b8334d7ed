"""What a run brings home, out of memory once it is much: a sweep over many pages weighs as one over few."""

import pickle
import sqlite3
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Generic, Self, TypeVar

from state.errors import StateError

Record = TypeVar("Record")
MOST_HELD = 500


class Spool(Generic[Record]):
    """Records in the order in which they came, each with a key that others may share.

    Up to `most` of them are held in memory. More are laid into a file of this object's own, which has no
    name and is gone with its process, however that ends: nothing counts but what is settled.
    """

    def __init__(
        self, key: Callable[[Record], str], records: Iterable[Record] = (), *, most: int = MOST_HELD
    ) -> None:
        self._key = key
        self._most = most
        self._held: list[Record] = []
        self._laid = 0
        self._file: sqlite3.Connection | None = None
        self += records

    def append(self, record: Record) -> None:
        """Takes one record more."""
        self._held.append(record)
        if len(self._held) >= self._most:
            self._lay()

    def __iadd__(self, records: Iterable[Record]) -> Self:
        for record in records:
            self.append(record)
        return self

    def __len__(self) -> int:
        return self._laid + len(self._held)

    def __iter__(self) -> Iterator[Record]:
        if self._file is None:
            return iter(self._held)
        return self._load("SELECT record FROM spool ORDER BY number")

    def latest(self) -> Iterator[Record]:
        """The last record of each key, in the order in which the keys first came."""
        if self._file is None:
            return iter({self._key(record): record for record in self._held}.values())
        last = "SELECT min(number) AS first, max(number) AS last FROM spool GROUP BY key"
        return self._load(f"SELECT record FROM ({last}) JOIN spool ON number = last ORDER BY first")  # noqa: S608

    def of(self, keys: Collection[str]) -> Iterator[Record]:
        """The records of some keys, in the order in which they came."""
        if self._file is None:
            return (record for record in self._held if self._key(record) in keys)
        marks = ",".join("?" * len(keys))
        return self._load(f"SELECT record FROM spool WHERE key IN ({marks}) ORDER BY number", *keys)  # noqa: S608

    def keys(self) -> Iterator[str]:
        """The keys, each once."""
        if self._file is None:
            return iter(dict.fromkeys(map(self._key, self._held)))
        self._lay()
        return (key for (key,) in self._file.execute("SELECT DISTINCT key FROM spool"))

    def _load(self, statement: str, *values: str) -> Iterator[Record]:
        self._lay()
        assert self._file is not None  # noqa: S101  only what was laid down is loaded
        for (record,) in self._file.execute(statement, values):
            yield pickle.loads(record)  # noqa: S301  our own, out of a file that nobody else can open

    def _lay(self) -> None:
        """Lays what is held into the file."""
        rows = [(self._key(record), pickle.dumps(record, pickle.HIGHEST_PROTOCOL)) for record in self._held]
        try:
            if self._file is None:
                self._file = _open_file()
                weakref.finalize(self, self._file.close)
            self._file.executemany("INSERT INTO spool (key, record) VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise StateError(
                f"the folder for temporary files cannot hold what a crawl brings home ({error}); "
                "free space there, or name another one in TMPDIR"
            ) from error
        self._laid += len(rows)
        self._held.clear()


def _open_file() -> sqlite3.Connection:
    """A database without a name: SQLite takes its file out of the folder as soon as it has made it."""
    file = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=OFF",
        "PRAGMA synchronous=OFF",
        "CREATE TABLE spool (number INTEGER PRIMARY KEY, key TEXT NOT NULL, record BLOB NOT NULL)",
        "CREATE INDEX of_key ON spool (key)",
    ):
        file.execute(statement)
    return file
