"""Who reports a publication: the stories linked to it, with their articles' titles and addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from state.records.events import ArticleFacts, QuotedPassage
from state.storage.news_schema import articles, coverage, stories
from state.storage.schema import publications


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A story that reports a publication: who prints it, and what it quotes in the letter's own words."""

    story: int
    publication: str  # "<urn>/<file_id>"
    label: str
    first_at: datetime
    score: float
    evidence: Sequence[str]
    passages: Sequence[QuotedPassage]
    articles: Sequence[ArticleFacts]


def list_coverage(
    connection: sa.Connection,
    publication: str | None = None,
    *,
    urn: str | None = None,
    limit: int = 500,
) -> list[CoverageRow]:
    """The stories that report a publication, one of an authority's, or any, the newest first."""
    named = publications.c.urn + "/" + publications.c.file_id
    statement = (
        sa.select(coverage, stories.c.label, stories.c.first_at, named.label("publication"))
        .join(stories, stories.c.id == coverage.c.story_id)
        .join(publications, publications.c.id == coverage.c.publication_id)
        .order_by(stories.c.first_at.desc(), coverage.c.id)
        .limit(limit)
    )
    if publication is not None:
        urn, _, file_id = publication.partition("/")
        statement = statement.where(publications.c.file_id == file_id)
    if urn is not None:
        statement = statement.where(publications.c.urn == urn)
    rows = connection.execute(statement).all()
    printed = _list_articles(connection, {row.story_id for row in rows})
    return [
        CoverageRow(
            story=row.story_id,
            publication=row.publication,
            label=row.label,
            first_at=row.first_at,
            score=row.score,
            evidence=tuple(row.evidence),
            passages=tuple(map(QuotedPassage.model_validate, row.passages)),
            articles=tuple(printed.get(row.story_id, ())),
        )
        for row in rows
    ]


def _list_articles(connection: sa.Connection, story_ids: set[int]) -> dict[int, list[ArticleFacts]]:
    printed: dict[int, list[ArticleFacts]] = {}
    own = articles.c.story_id.in_(story_ids)
    for row in connection.execute(sa.select(articles).where(own).order_by(articles.c.seen_at, articles.c.id)):
        facts = ArticleFacts(
            url=row.url, title=row.title, publisher=row.publisher, published_at=row.published_at
        )
        printed.setdefault(row.story_id, []).append(facts)
    return printed
