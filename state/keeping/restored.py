"""A state that came out of a backup: what its sources show first may have been told before."""

import json
from datetime import datetime

import sqlalchemy as sa

from state.records.vocabulary import Rhythm, Verdict
from state.storage.schema import meta, runs

RESTORED = "restored"
"""The key in `meta` under which a restored state says so."""


def find_restored_hold(connection: sa.Connection, run_id: int) -> str | None:
    """The hold for what a run found, where it is the first good look at its source since a restore."""
    mark = connection.scalar(sa.select(meta.c.value).where(meta.c.key == RESTORED))
    if mark is None:
        return None
    restored = json.loads(mark)
    source = sa.select(runs.c.source).where(runs.c.id == run_id).scalar_subquery()
    failing = [verdict.value for verdict in Verdict if verdict.is_failure]
    earlier = (
        sa.select(runs.c.id)
        .where(runs.c.source == source, runs.c.id < run_id, runs.c.rhythm != Rhythm.CHOSEN.value)
        .where(runs.c.settled_at >= datetime.fromisoformat(restored["at"]))
        .where(runs.c.verdict.not_in(failing), runs.c.stopped.is_(None))
        .limit(1)
    )
    return None if connection.scalar(earlier) is not None else str(restored["hold"])
