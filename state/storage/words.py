"""Full-text search over the letters' own words: FTS5 on SQLite, a text search index on PostgreSQL.

One table holds each publication's newest words. Its index follows it by triggers or of itself, so that
whoever writes the words in a transaction has written the index, too.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa

from state.records.letters import Letter
from state.storage.schema import metadata

words = sa.Table(
    "words",
    metadata,
    sa.Column("publication_id", sa.ForeignKey("publications.id"), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    comment="A publication's newest words, for search.",
)

INDEX = "words_index"
"""SQLite's index of the words; it makes tables of its own with this name before theirs."""

OPENS, CLOSES = "\x02", "\x03"
"""Stand around what was found in a snippet; no text of a letter holds them."""

_MOST_TEXT = 500_000  # characters of one document
_MOST_TERMS = 12
_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_UNWANTED = re.compile(r"[\x00-\x1f\x7f]")
_SNIPPET_WORDS = 30


def write_words(connection: sa.Connection, publication_id: int, letter: Letter | None) -> None:
    """Makes a publication's newest words findable; none where it could not be read."""
    connection.execute(sa.delete(words).where(words.c.publication_id == publication_id))
    if letter:
        text = "\n".join(_list_words(letter))[:_MOST_TEXT]
        connection.execute(sa.insert(words).values(publication_id=publication_id, text=text))


def parse_terms(query: str) -> tuple[str, ...]:
    """The words and "phrases" of a search; what holds no letter or digit is passed over."""
    found = (phrase or word for phrase, word in _TERM.findall(_UNWANTED.sub(" ", query)))
    terms = (" ".join(term.split()) for term in found)
    return tuple(dict.fromkeys(term for term in terms if any(map(str.isalnum, term))))[:_MOST_TERMS]


def match_words(connection: sa.Connection, terms: Sequence[str]) -> sa.Select[tuple[int]]:
    """The ids of the publications that hold all terms."""
    if connection.dialect.name == "sqlite":
        found = sa.text(f"SELECT rowid AS id FROM {INDEX} WHERE {INDEX} MATCH :terms")  # noqa: S608  a constant
        return sa.select(
            found.bindparams(terms=_fts5(terms)).columns(sa.column("id", sa.Integer)).subquery().c.id
        )
    return sa.select(words.c.publication_id).where(_vector().op("@@")(_tsquery(terms)))


def cut_snippets(
    connection: sa.Connection, terms: Sequence[str], publication_ids: Collection[int]
) -> Mapping[int, str]:
    """The passage of each publication that holds most of the terms, these between OPENS and CLOSES."""
    if not publication_ids:
        return {}
    if connection.dialect.name == "sqlite":
        statement = sa.text(
            f"SELECT rowid, snippet({INDEX}, 0, :opens, :closes, '…', {_SNIPPET_WORDS}) FROM {INDEX} "  # noqa: S608
            f"WHERE {INDEX} MATCH :terms AND rowid IN :ids"
        ).bindparams(sa.bindparam("ids", expanding=True))
        values = {"opens": OPENS, "closes": CLOSES, "terms": _fts5(terms), "ids": list(publication_ids)}
        rows = connection.execute(statement, values)
    else:
        options = f"StartSel={OPENS}, StopSel={CLOSES}, MaxWords={_SNIPPET_WORDS}, MinWords=15"
        headline = sa.func.ts_headline(_ENGLISH, words.c.text, _tsquery(terms), options)
        rows = connection.execute(
            sa.select(words.c.publication_id, headline).where(words.c.publication_id.in_(publication_ids))
        )
    return {row[0]: " ".join(row[1].split()) for row in rows}


def _list_words(letter: Letter) -> Iterator[str]:
    yield letter.title
    yield from letter.inspectors
    if letter.addressee:
        yield letter.addressee.name
    for section in letter.sections:
        if section.heading:
            yield section.heading
        yield from (paragraph.text for paragraph in section.paragraphs)


def _fts5(terms: Sequence[str]) -> str:
    """All terms, each as a phrase: nothing of a search is taken for FTS5's own language."""
    return " ".join('"' + term.replace('"', " ") + '"' for term in terms)


_ENGLISH: sa.ColumnClause[str] = sa.literal_column("'english'::regconfig")


def _vector() -> sa.ColumnElement[object]:
    return sa.func.to_tsvector(_ENGLISH, words.c.text)


def _tsquery(terms: Sequence[str]) -> sa.ColumnElement[object]:
    query: sa.ColumnElement[object] = sa.func.phraseto_tsquery(_ENGLISH, terms[0])
    for term in terms[1:]:
        query = query.op("&&")(sa.func.phraseto_tsquery(_ENGLISH, term))
    return query
