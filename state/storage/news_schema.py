"""The tables of news: articles, the stories they tell together, and which publications those report."""

import sqlalchemy as sa

from state.storage.moments import UtcDateTime
from state.storage.schema import metadata

stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("urn", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("first_at", UtcDateTime, nullable=False),
    sa.Column("last_at", UtcDateTime, nullable=False),
    sa.Index(None, "urn", "last_at"),
    comment="One story, however many titles print it; times are those of its articles.",
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("identity", sa.Text, nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False, index=True),
    sa.Column("published_at", UtcDateTime),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("in_scope", sa.Boolean, nullable=False),
    sa.Column("quiet", sa.Boolean, nullable=False),
    sa.Column("story_id", sa.ForeignKey("stories.id"), index=True),
    sa.Column("facts", sa.Text, nullable=False),
    comment="What was judged of each article, not its text. `quiet`: old when its source was new.",
)

coverage = sa.Table(
    "coverage",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("story_id", sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("publication_id", sa.ForeignKey("publications.id"), nullable=False, index=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("evidence", sa.JSON, nullable=False),
    sa.Column("passages", sa.JSON, nullable=False),
    sa.Column("linked_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("story_id", "publication_id"),
    comment="Which publication a story reports; passages are the letter's own words.",
)
