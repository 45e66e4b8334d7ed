"""The tables by which several processes share the work: whose turn a source is, a host's pace, who lives."""

import sqlalchemy as sa

from state.storage.schema import metadata

turns = sa.Table(
    "turns",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("token", sa.BigInteger, nullable=False),
    sa.Column("holder", sa.Text),
    sa.Column("until", sa.Double),
    comment="Whose turn at a source it is. `token` grows with every turn: results of an older one are "
    "refused. `until`: seconds since 1970 by the database's clock, on PostgreSQL.",
)

paces = sa.Table(
    "paces",
    metadata,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("next_at", sa.Double, nullable=False),
    comment="When a host may be asked next by any worker: seconds since 1970 by the database's clock.",
)

workers = sa.Table(
    "workers",
    metadata,
    sa.Column("owner", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("started_at", sa.Double, nullable=False),
    sa.Column("seen_at", sa.Double, nullable=False),
    comment="Clocks and workers of a fleet; times in seconds since 1970 by the database's clock.",
)
