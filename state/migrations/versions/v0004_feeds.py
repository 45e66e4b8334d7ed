"""Feeds and what was opened from them; the government's notices."""

import sqlalchemy as sa
from alembic import op

from state.storage.moments import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables of feeds and notices."""
    op.create_table(
        "feeds",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("newest_at", UtcDateTime(), nullable=True),
        sa.Column("rests_until", UtcDateTime(), nullable=True),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_feeds")),
        comment="What the last looks at each feed showed; its verdict is told in `sources`, too.",
    )
    op.create_table(
        "openings",
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("identity", name=op.f("pk_openings")),
        comment="Stories that were opened, so that none is opened again unless its entry changed.",
    )
    op.create_index(op.f("ix_openings_opened_at"), "openings", ["opened_at"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("urns", sa.JSON(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("path", name=op.f("uq_notices_path")),
        comment="What Ofsted and the Department for Education put on GOV.UK; `quiet`: at the first look.",
    )
    op.create_index(op.f("ix_notices_published_at"), "notices", ["published_at"], unique=False)
