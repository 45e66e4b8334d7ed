"""Former readings of a version, kept when a newer reader reads the same bytes again."""

import sqlalchemy as sa
from alembic import op

from state.storage.moments import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table of former readings."""
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("reader_version", sa.Integer(), nullable=True),
        sa.Column("text_sha256", sa.Text(), nullable=True),
        sa.Column("unreadable", sa.Text(), nullable=True),
        sa.Column("letter", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_readings_version_id_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        comment="Former readings of a version, each put aside when a newer reader read the same bytes again.",
    )
    with op.batch_alter_table("readings") as table:
        table.create_index(table.f("ix_readings_version_id"), ["version_id"])
