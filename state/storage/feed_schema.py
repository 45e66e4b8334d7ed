"""The tables of feeds, of the stories opened from them, and of the government's notices."""

import sqlalchemy as sa

from state.storage.moments import UtcDateTime
from state.storage.schema import metadata

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("newest_at", UtcDateTime),
    sa.Column("rests_until", UtcDateTime),
    sa.Column("first_at", UtcDateTime, nullable=False),
    comment="What the last looks at each feed showed; its verdict is told in `sources`, too.",
)

openings = sa.Table(
    "openings",
    metadata,
    sa.Column("identity", sa.Text, primary_key=True),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False, index=True),
    comment="Stories that were opened, so that none is opened again unless its entry changed.",
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("path", sa.Text, nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("summary", sa.Text),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("urns", sa.JSON, nullable=False),
    sa.Column("published_at", UtcDateTime, nullable=False, index=True),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("quiet", sa.Boolean, nullable=False),
    comment="What Ofsted and the Department for Education put on GOV.UK; `quiet`: at the first look.",
)
