"""Turns with a growing token, paces of hosts and signs of life, for several machines; who made a run."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Makes the tables and the column."""
    op.create_table(
        "turns",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("until", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_turns")),
        comment="Whose turn at a source it is. `token` grows with every turn: results of an older one are "
        "refused. `until`: seconds since 1970 by the database's clock, on PostgreSQL.",
    )
    op.create_table(
        "paces",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("next_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_paces")),
        comment="When a host may be asked next by any worker: seconds since 1970 by the database's clock.",
    )
    op.create_table(
        "workers",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Double(), nullable=False),
        sa.Column("seen_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_workers")),
        comment="Clocks and workers of a fleet; times in seconds since 1970 by the database's clock.",
    )
    op.add_column("runs", sa.Column("worker", sa.Text(), nullable=True))
