"""Settles news: articles become stories, stories are linked to publications, links become events.

A story is told once for each publication it reports. Further titles change what is not sent yet, and
amend what is sent where the channel can; a letter that comes after its story is linked when it comes.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from state.news.clustering import is_same_story, time_apart
from state.news.coverage_events import compose_event
from state.news.rows import Told, load_story
from state.records.articles import ArticleFound, CoverageLink, LetterOnFile, LinkArticle
from state.records.events import Event
from state.records.filed import Filed
from state.records.vocabulary import ArticleLabel, DeliveryState
from state.settling.announcing import tell_publication
from state.settling.filing import SHELVES, load_letter, read_filed
from state.settling.posting import Draft
from state.storage.news_schema import articles, coverage, stories
from state.storage.schema import decisions, events, outbox, publications

OLD = timedelta(days=21)  # an article first seen when it is older is recorded quietly
LINK_WITHIN = timedelta(days=60)  # a letter may come so long after its story, and be quoted so long
TOLD_WITHIN = timedelta(days=30)  # of our own alert, within which even a new feed's stories are news
POINTS_WORTH_KEEPING = 1.5  # what a report in those days can lift into scope


def settle_articles(
    connection: sa.Connection,
    found: Iterable[ArticleFound],
    *,
    link: LinkArticle,
    first: Collection[str],
    run_id: int,
    now: datetime,
) -> list[Draft]:
    """Files a round's articles and drafts what is to be told of them; `first`: sources new to us."""
    touched: dict[int, None] = {}
    latest = {article.identity: article for article in found}
    for article in sorted(latest.values(), key=lambda one: (one.published_at or now, one.identity)):
        story_id = _file_article(connection, article, quiet=_is_old(article, first, now), now=now)
        if story_id is not None:
            touched[story_id] = None
    return [draft for story_id in touched for draft in _link_story(connection, story_id, link, run_id, now)]


def link_waiting(
    connection: sa.Connection, urns: Collection[str], *, link: LinkArticle, run_id: int, now: datetime
) -> list[Draft]:
    """Links stories to letters that came after them: of these authorities, or of nobody named."""
    if not urns:
        return []
    waiting = (
        sa.select(stories.c.id, stories.c.urn)
        .where(stories.c.last_at > now - LINK_WITHIN)
        .order_by(stories.c.id)
    )
    ids = [row.id for row in connection.execute(waiting).all() if not row.urn or row.urn in urns]
    return [draft for story_id in ids for draft in _link_story(connection, story_id, link, run_id, now)]


def load_letters(connection: sa.Connection, urns: Collection[str]) -> list[LetterOnFile]:
    """The publications of some authorities, or of all if none is named, with their letters."""
    statement = SHELVES.where(publications.c.urn.in_(urns)) if urns else SHELVES
    return _with_letters(
        connection, map(read_filed, connection.execute(statement.order_by(publications.c.id)).all())
    )


def _with_letters(connection: sa.Connection, shelf: Iterable[Filed]) -> list[LetterOnFile]:
    return [
        LetterOnFile(tell_publication(filed, None), load_letter(connection, filed.version_id))
        for filed in shelf
    ]


def _is_old(article: ArticleFound, first: Collection[str], now: datetime) -> bool:
    return article.source in first or (article.published_at or now) < now - OLD


def _file_article(
    connection: sa.Connection, article: ArticleFound, *, quiet: bool, now: datetime
) -> int | None:
    """Writes an article and finds its story; None where it is not worth keeping."""
    if not _is_worth_keeping(article):
        return None
    known = connection.execute(
        sa.select(articles.c.id, articles.c.story_id).where(articles.c.identity == article.identity)
    ).one_or_none()
    row: dict[str, object] = {
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published_at": article.published_at,
        "label": article.label.value,
        "in_scope": article.in_scope,
        "facts": article.model_dump_json(exclude_defaults=True),
    }
    story_id = known.story_id if known else None
    if story_id is None and not article.awaits:
        story_id = _find_story(connection, article, now) or _open_story(connection, article, now)
    row["story_id"] = story_id
    if known:
        connection.execute(sa.update(articles).where(articles.c.id == known.id).values(row))
    else:
        new = {"identity": article.identity, "source": article.source, "seen_at": now, "quiet": quiet}
        connection.execute(sa.insert(articles).values(row | new))
    return story_id


def _is_worth_keeping(article: ArticleFound) -> bool:
    """In scope, or so near that a report in those days makes it so; or a visit told of in advance."""
    if article.in_scope or article.awaits or article.file_ids:
        return True
    return article.label is ArticleLabel.OTHER_OFSTED and article.points >= POINTS_WORTH_KEEPING


def _find_story(connection: sa.Connection, article: ArticleFound, now: datetime) -> int | None:
    """The story that an article tells along with others, the newest such."""
    at = article.published_at or now
    near = (
        sa.select(
            articles.c.facts,
            articles.c.story_id,
            articles.c.published_at,
            articles.c.seen_at,
            stories.c.last_at,
        )
        .join(stories)
        .where(stories.c.last_at > at - LINK_WITHIN, stories.c.first_at < at + LINK_WITHIN)
        .order_by(articles.c.id.desc())
    )
    for row in connection.execute(near):
        other = ArticleFound.model_validate_json(row.facts)
        apart = time_apart(at, row.published_at or row.seen_at)
        if is_same_story(article, other, apart=apart):
            own = stories.c.id == row.story_id
            later = max(at, row.last_at)
            connection.execute(sa.update(stories).where(own).values(last_at=later))
            return int(row.story_id)
    return None


def _open_story(connection: sa.Connection, article: ArticleFound, now: datetime) -> int:
    at = article.published_at or now
    urn = article.urns[0] if len(article.urns) == 1 else ""  # "": of several, or of nobody named
    row = {"urn": urn, "label": article.label.value, "first_at": at, "last_at": at}
    return int(connection.execute(sa.insert(stories).values(row).returning(stories.c.id)).scalar_one())


def _link_story(
    connection: sa.Connection, story_id: int, link: LinkArticle, run_id: int, now: datetime
) -> list[Draft]:
    """Links a story's articles, and drafts an event for each publication that they report."""
    told = load_story(connection, story_id)
    shelf = _load_candidates(connection, told)
    if not shelf:
        return []
    letters = _with_letters(connection, shelf)
    links: dict[tuple[str, str], list[CoverageLink]] = {}
    for one in told:
        dated = one.found.model_copy(update={"published_at": one.at})
        if made := link(dated, letters):
            links.setdefault((made.urn, made.file_id), []).append(made)
    drafts = []
    for filed in shelf:
        if made_links := links.get(filed.sighting.key):
            drafts += _keep_link(connection, story_id, told, filed, made_links, run_id=run_id, now=now)
    return drafts


def _load_candidates(connection: sa.Connection, told: Sequence[Told]) -> list[Filed]:
    """What a story may report: publications of its authorities, of any where none is named, near in time."""
    urns = {urn for one in told for urn in one.found.urns}
    quotes = any(one.found.quoted or one.found.file_ids for one in told)
    if not urns and not quotes:
        return []
    first = min(one.at for one in told).date() - LINK_WITHIN
    last = max(one.at for one in told).date() + timedelta(days=1)
    published_on = sa.func.coalesce(publications.c.published_on, publications.c.visited_on)
    statement = SHELVES.where(
        sa.or_(published_on.is_(None), sa.and_(published_on >= first, published_on <= last)),
        publications.c.withdrawn_at.is_(None),
    )
    if urns:
        statement = statement.where(publications.c.urn.in_(urns))
    return [read_filed(row) for row in connection.execute(statement.order_by(publications.c.id))]


def _keep_link(
    connection: sa.Connection,
    story_id: int,
    told: Sequence[Told],
    filed: Filed,
    links: Sequence[CoverageLink],
    *,
    run_id: int,
    now: datetime,
) -> list[Draft]:
    """Writes which publication a story reports, and drafts what that is news of."""
    best = max(links, key=lambda made: made.score)
    passages = {passage.text: passage for made in links for passage in made.passages}
    row = {
        "score": best.score,
        "evidence": list(best.evidence),
        "passages": [passage.model_dump() for passage in passages.values()],
    }
    own = (coverage.c.story_id == story_id) & (coverage.c.publication_id == filed.id)
    if connection.scalar(sa.select(coverage.c.id).where(own)) is None:
        new = {"story_id": story_id, "publication_id": filed.id, "linked_at": now}
        connection.execute(sa.insert(coverage).values(row | new))
        connection.execute(sa.update(stories).where(stories.c.id == story_id).values(urn=filed.sighting.urn))
        step = f"reported by {told[0].found.publisher}: score {best.score:.2f}: {'; '.join(best.evidence)}"
        connection.execute(
            sa.insert(decisions).values(publication_id=filed.id, run_id=run_id, at=now, step=step)
        )
    else:
        connection.execute(sa.update(coverage).where(own).values(row))
    if not _is_news(told, filed, now):
        return []
    letter = load_letter(connection, filed.version_id)
    event = compose_event(
        story_id, told, filed, letter=letter, link=best, passages=tuple(passages.values()), now=now
    )
    return [Draft(event, filed.id)] if _is_unknown(connection, event) else _amend(connection, event, filed)


def _is_news(told: Sequence[Told], filed: Filed, now: datetime) -> bool:
    """Not where all is old: then only if our own alert of the letter is fresh."""
    if any(not one.quiet for one in told):
        return True
    return not filed.quiet and filed.announced_at is not None and filed.announced_at > now - TOLD_WITHIN


def _is_unknown(connection: sa.Connection, event: Event) -> bool:
    return connection.scalar(sa.select(events.c.id).where(events.c.key == event.key)) is None


def _amend(connection: sa.Connection, event: Event, filed: Filed) -> list[Draft]:
    """A story already told: what is not sent yet tells all its titles, what is sent is amended."""
    own = events.c.key == event.key
    before = Event.model_validate_json(connection.execute(sa.select(events.c.facts).where(own)).scalar_one())
    if before.coverage is None or event.coverage is None:
        return []
    new = {one.url for one in event.coverage.articles} - {one.url for one in before.coverage.articles}
    if not new:
        return []
    kept = before.model_copy(update={"coverage": event.coverage})
    connection.execute(sa.update(events).where(own).values(facts=kept.model_dump_json(exclude_defaults=True)))
    amending = event.coverage.model_copy(update={"amends": event.key})
    key = f"{event.key}/{len(event.coverage.articles)}"
    hold = _find_hold(connection, event.key)
    return [Draft(event.model_copy(update={"key": key, "coverage": amending}), filed.id, hold)]


def _find_hold(connection: sa.Connection, key: str) -> str | None:
    """What still holds an event back, and so whatever adds to it; None where nothing does."""
    held = sa.select(outbox.c.hold).join(events, events.c.id == outbox.c.event_id)
    own = (events.c.key == key) & (outbox.c.state == DeliveryState.HELD.value)
    return connection.scalar(held.where(own).limit(1))
