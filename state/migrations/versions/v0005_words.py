"""The letters' own words, to be searched; filled from what is filed."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BATCH = 200
_MOST_TEXT = 500_000

_SQLITE = (
    "CREATE VIRTUAL TABLE words_index USING fts5(text, content='words', content_rowid='publication_id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER words_come AFTER INSERT ON words BEGIN "
    "INSERT INTO words_index(rowid, text) VALUES (new.publication_id, new.text); END",
    "CREATE TRIGGER words_go AFTER DELETE ON words BEGIN "
    "INSERT INTO words_index(words_index, rowid, text) VALUES ('delete', old.publication_id, old.text); END",
    "CREATE TRIGGER words_change AFTER UPDATE ON words BEGIN "
    "INSERT INTO words_index(words_index, rowid, text) VALUES ('delete', old.publication_id, old.text); "
    "INSERT INTO words_index(rowid, text) VALUES (new.publication_id, new.text); END",
)
_POSTGRESQL = ("CREATE INDEX words_index ON words USING gin (to_tsvector('english'::regconfig, text))",)


def upgrade() -> None:
    """Makes the table of words and its index, and fills both."""
    op.create_table(
        "words",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_words_publication_id_publications")
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_words")),
        comment="A publication's newest words, for search.",
    )
    op.create_index(op.f("ix_publications_published_on"), "publications", ["published_on"])
    connection = op.get_bind()
    statements = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in statements:
        connection.execute(sa.text(statement))
    _fill(connection)


def _fill(connection: sa.Connection) -> None:
    """A few letters at a time, since a state may hold many."""
    insert = sa.text("INSERT INTO words (publication_id, text) VALUES (:id, :text)")
    select = sa.text(
        "SELECT p.id, v.letter FROM publications p JOIN versions v ON v.id = p.version_id "
        "WHERE p.id > :after AND v.letter IS NOT NULL ORDER BY p.id LIMIT :limit"
    )
    after = 0
    while rows := connection.execute(select, {"after": after, "limit": _BATCH}).all():
        texts = [
            {"id": row.id, "text": "\n".join(_list_words(json.loads(row.letter)))[:_MOST_TEXT]}
            for row in rows
        ]
        connection.execute(insert, texts)
        after = rows[-1].id


def _list_words(letter: dict[str, Any]) -> Iterator[str]:
    """As the letters of that time were made; a migration keeps to what was when it was written."""
    yield letter["title"]
    yield from letter.get("inspectors", ())
    if letter.get("addressee"):
        yield letter["addressee"]["name"]
    for section in letter.get("sections", ()):
        if section.get("heading"):
            yield section["heading"]
        yield from (paragraph["text"] for paragraph in section["paragraphs"])
