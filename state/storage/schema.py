"""The tables, one definition for SQLite and PostgreSQL.

There is no table of sightings: a publication that is not missing was seen at every good look at its
authority's page, whose last time stands in `authorities.looked_at`. Recording each sighting again would
write thousands of rows a day that say nothing.
"""

import sqlalchemy as sa

from state.storage.moments import UtcDateTime

SCHEMA_VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""Every released schema, oldest first; the last is the one this code speaks."""

VERSION_TABLE = "letterwatch_schema"

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("cause", sa.Text),
    sa.Column("since_at", UtcDateTime, nullable=False),
    sa.Column("last_look_at", UtcDateTime, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("swept_at", UtcDateTime),
    sa.Column("last_good_at", UtcDateTime),
    sa.Column("baseline_on", sa.Date),
    sa.Column("next_look_at", UtcDateTime),
    sa.Column("next_look_why", sa.Text),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("rhythm", sa.Text, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("settled_at", UtcDateTime, nullable=False),
    sa.Column("stopped", sa.Text),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("cause", sa.Text),
    sa.Column("figures", sa.JSON, nullable=False),
    sa.Column("checks", sa.JSON),
    sa.Column("worker", sa.Text),
    sa.Index(None, "source", "id"),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("cause", sa.Text),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("told_at", UtcDateTime),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("run_id", sa.ForeignKey("runs.id"), index=True),
    sa.Column("page_url", sa.Text),
    sa.Column("page_sha256", sa.Text),
    sa.Index(None, "source", "id"),
    comment="A source that was not well, from its first bad run to its first good one.",
)

spending = sa.Table(
    "spending",
    metadata,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("on_day", sa.Date, primary_key=True),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    comment="Requests and bytes by host and day (UTC), against the day's budget.",
)

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("urn", sa.ForeignKey("authorities.urn"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("visited_from_on", sa.Date),
    sa.Column("visited_to_on", sa.Date),
    sa.Column("expected_on", sa.Date),
    sa.Column("delay_days", sa.Integer),
    sa.Column("delays", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text),
    sa.Column("article", sa.Text),
    sa.Column("noted_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("closed_why", sa.Text),
    sa.Column("publication_id", sa.ForeignKey("publications.id")),
    comment="Visits known before their letters: reported, or due by an authority's cadence.",
)

looks = sa.Table(
    "looks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False, index=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("page", sa.Text, nullable=False),
    sa.Column("urn", sa.Text),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("cause", sa.Text),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("page_sha256", sa.Text),
    comment="Only looks that failed; good and unmodified ones are counted in runs.figures.",
)

authorities = sa.Table(
    "authorities",
    metadata,
    sa.Column("urn", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("page_url", sa.Text, nullable=False),
    sa.Column("latest_report_on", sa.Date),
    sa.Column("baseline_at", UtcDateTime),
    sa.Column("looked_at", UtcDateTime),
)

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("urn", sa.ForeignKey("authorities.urn"), nullable=False),
    sa.Column("file_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("page_url", sa.Text, nullable=False),
    sa.Column("visited_on", sa.Date),
    sa.Column("published_on", sa.Date),
    sa.Column("first_seen_at", UtcDateTime, nullable=False),
    sa.Column("quiet", sa.Boolean, nullable=False),
    sa.Column("announced_at", UtcDateTime),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("tried_at", UtcDateTime),
    sa.Column("checked_at", UtcDateTime),
    sa.Column("unreadable", sa.Text),
    sa.Column("missing_since", UtcDateTime),
    sa.Column("missing_looks", sa.Integer, nullable=False),
    sa.Column("withdrawn_at", UtcDateTime),
    sa.Column("replaces_id", sa.Integer),
    sa.Column("version_id", sa.Integer),
    sa.UniqueConstraint("urn", "file_id"),
    sa.Index(None, "published_on"),
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("headers", sa.JSON, nullable=False),
    sa.Column("fetched_at", UtcDateTime, nullable=False),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("publication_id", sa.ForeignKey("publications.id"), nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("sha256", sa.ForeignKey("documents.sha256"), nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("revises", sa.Boolean, nullable=False),
    sa.Column("text_sha256", sa.Text),
    sa.Column("unreadable", sa.Text),
    sa.Column("reader_version", sa.Integer),
    sa.Column("letter", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("visited_from_on", sa.Date),
    sa.Column("visited_to_on", sa.Date),
    sa.Column("dated_on", sa.Date),
    sa.Column("visit_number", sa.Integer),
    sa.Column("pace", sa.Text),
    sa.Column("grades", sa.Text),
    sa.UniqueConstraint("publication_id", "ordinal"),
    comment="`letter` is the whole reading; the columns after it repeat what lists and comparisons need.",
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False, index=True),
    sa.Column("replaced_at", UtcDateTime, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("reader_version", sa.Integer),
    sa.Column("text_sha256", sa.Text),
    sa.Column("unreadable", sa.Text),
    sa.Column("letter", sa.Text),
    comment="Former readings of a version, each put aside when a newer reader read the same bytes again.",
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("publication_id", sa.ForeignKey("publications.id"), nullable=False, index=True),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    comment="What was decided about a publication and why; `letterwatch explain` reads it.",
)

validators = sa.Table(
    "validators",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("body_sha256", sa.Text, nullable=False),
    sa.Column("parser_version", sa.Integer, nullable=False),
)

robots = sa.Table(
    "robots",
    metadata,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("fetched_at", UtcDateTime, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False, index=True),
    sa.Column("run_id", sa.ForeignKey("runs.id"), index=True),
    sa.Column("publication_id", sa.ForeignKey("publications.id"), index=True),
    sa.Column("facts", sa.Text, nullable=False),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("event_id", sa.ForeignKey("events.id"), nullable=False),
    sa.Column("subscription", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("digest", sa.Text),
    sa.Column("hold", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("last_error", sa.Text),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claim", sa.Text),
    sa.Column("claimed_until", UtcDateTime),
    sa.Column("sent_at", UtcDateTime),
    sa.Column("receipt", sa.Text),
    sa.UniqueConstraint("event_id", "subscription", "recipient"),
    sa.Index(None, "state", "due_at"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("delivery_id", sa.ForeignKey("outbox.id"), nullable=False, index=True),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("detail", sa.Text),
)
