"""How many publications a filter finds, counted once for each state of the database.

To count by kind or pace each document's row must be reached, which takes long where there are many.
"""

from collections.abc import Callable, Hashable

import sqlalchemy as sa

from state.storage.schema import readings, runs, versions

_MOST = 500
_STAMP = sa.select(
    *(sa.select(sa.func.max(table.c.id)).scalar_subquery() for table in (runs, versions, readings))
)


def read_stamp(connection: sa.Connection) -> tuple[object, ...]:
    """Changes with every settlement and every reading: nothing else changes what lists show."""
    return tuple(connection.execute(_STAMP).one())


class Totals:
    """The totals as of one stamp; for several threads."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], dict[Hashable, int]] = ((), {})

    def find(self, connection: sa.Connection, wanted: Hashable, count: Callable[[], int]) -> int:
        """The total of what is wanted, counted unless it is known."""
        stamp = read_stamp(connection)
        if self._kept[0] != stamp:
            self._kept = (stamp, {})
        totals = self._kept[1]
        total = totals.get(wanted)
        if total is None:
            total = count()
            if len(totals) < _MOST:
                totals[wanted] = total
        return total
