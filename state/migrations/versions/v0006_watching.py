"""Incidents, the next look and why, what a run was judged by, requests by day, and letters expected."""

import sqlalchemy as sa
from alembic import op

from state.storage.moments import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds the tables and columns."""
    with op.batch_alter_table("sources") as table:
        table.add_column(sa.Column("next_look_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("next_look_why", sa.Text(), nullable=True))
    with op.batch_alter_table("runs") as table:
        table.add_column(sa.Column("checks", sa.JSON(), nullable=True))
    _make_incidents()
    op.create_table(
        "spending",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("host", "on_day", name=op.f("pk_spending")),
        comment="Requests and bytes by host and day (UTC), against the day's budget.",
    )
    _make_visits()


def _make_incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("page_url", sa.Text(), nullable=True),
        sa.Column("page_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_incidents_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        comment="A source that was not well, from its first bad run to its first good one.",
    )
    op.create_index(op.f("ix_incidents_source_id"), "incidents", ["source", "id"])


def _make_visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("urn", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("visited_from_on", sa.Date(), nullable=True),
        sa.Column("visited_to_on", sa.Date(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("delay_days", sa.Integer(), nullable=True),
        sa.Column("delays", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["urn"], ["authorities.urn"], name=op.f("fk_visits_urn")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_visits_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        comment="Visits known before their letters: reported, or due by an authority's cadence.",
    )
    op.create_index(op.f("ix_visits_urn"), "visits", ["urn"])
