"""News as it is stored: a story's articles, and visits told of in advance."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from state.records.articles import ArticleFound, AwaitedVisit
from state.records.events import ArticleFacts
from state.storage.news_schema import articles


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a story; `at` is its day, or when it was first seen where it has none."""

    found: ArticleFound
    at: datetime
    quiet: bool


@dataclass(frozen=True, slots=True)
class VisitHint:
    """A visit that an article told of before its letter; `at` is its day, or when it was first seen."""

    visit: AwaitedVisit
    article: ArticleFacts
    at: datetime


def load_story(connection: sa.Connection, story_id: int) -> list[Told]:
    """The articles of a story, oldest first."""
    rows = connection.execute(sa.select(articles).where(articles.c.story_id == story_id)).all()
    told = [
        Told(ArticleFound.model_validate_json(row.facts), row.published_at or row.seen_at, row.quiet)
        for row in rows
    ]
    return sorted(told, key=lambda one: (one.at, one.found.identity))


def tell_article(found: ArticleFound) -> ArticleFacts:
    """What of an article leaves the system: address, title, publisher, time."""
    return ArticleFacts(
        url=found.url, title=found.title, publisher=found.publisher, published_at=found.published_at
    )


def list_awaited(connection: sa.Connection, since: datetime) -> list[VisitHint]:
    """Visits that articles told of since then before any letter, newest first."""
    at = sa.func.coalesce(articles.c.published_at, articles.c.seen_at)
    statement = (
        sa.select(articles.c.facts, sa.type_coerce(at, articles.c.seen_at.type).label("at"))
        .where(articles.c.story_id.is_(None), sa.type_coerce(at, articles.c.seen_at.type) > since)
        .order_by(articles.c.id.desc())
    )
    found = ((ArticleFound.model_validate_json(row.facts), row.at) for row in connection.execute(statement))
    return [VisitHint(one.awaits, tell_article(one), at) for one, at in found if one.awaits]
