"""What the government announces: kept once, told once, the first look in silence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from state.errors import one_line
from state.judging.endings import is_cut_short, tell_end
from state.judging.runs import GOOD, Judgement
from state.records.events import ArticleFacts, Event, NoticeFacts
from state.records.takes import NoticeFound, PageLook, RunVerdict, Take
from state.records.vocabulary import EventName, NoticeKind, Outcome, Rhythm, Verdict
from state.settling.bookkeeping import commit_validators, record_run
from state.settling.ofsted import Rules, Settlement
from state.settling.posting import NOTICES, Draft, hold_flood, post
from state.settling.sourcing import SourceRun, update_source
from state.storage.database import insert_or_skip
from state.storage.feed_schema import notices
from state.storage.schema import sources

GOVUK = "govuk"
LISTS = ("search", "atom")


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as it is kept."""

    url: str
    title: str
    summary: str | None
    publisher: str
    kind: NoticeKind
    urns: tuple[str, ...]
    published_at: datetime


def settle_notices(connection: sa.Connection, take: Take, rules: Rules, *, now: datetime) -> Settlement:
    """Judges a look at GOV.UK and writes its notices; the caller's transaction holds it together."""
    run, is_void = judge_notices(take)
    baseline_on = connection.scalar(sa.select(sources.c.baseline_on).where(sources.c.name == take.source))
    failed = tuple(look for look in take.looks if look.outcome not in GOOD)
    judgement = Judgement(run, failed, is_void=is_void)
    run_id = record_run(connection, take, judgement, now=now)
    is_whole = not run.verdict.is_failure and take.stopped is None
    drafts: list[Draft] = []
    if take.rhythm is not Rhythm.CHOSEN:
        described = SourceRun(
            source=take.source,
            verdict=run,
            is_void=is_void,
            is_whole=is_whole,
            run_id=run_id,
            broke=_find_broken(take),
            is_cut_short=is_cut_short(take),
        )
        event = update_source(connection, described, now=now)
        drafts += [Draft(event)] if event else []
    news: list[Draft] = []
    recorded = 0
    for found in sorted(take.notices, key=lambda found: found.published_at):
        if _keep(connection, found, quiet=baseline_on is None, now=now):
            recorded += 1
            news += [] if baseline_on is None else [Draft(_tell(found, now))]
    drafts += hold_flood(news, limit=rules.flood, run_id=run_id, now=now, what=NOTICES)
    if is_whole:
        lists = [look for look in take.looks if look.page in LISTS and look.outcome is Outcome.OK]
        commit_validators(connection, lists)
    posted = post(connection, drafts, route=rules.route, run_id=run_id, now=now)
    return Settlement(take.source, run_id, run, posted.events, posted.deliveries, recorded)


def judge_notices(take: Take) -> tuple[RunVerdict, bool]:
    """Verdict and whether nothing can be believed: a search that failed is made up for by its feed."""
    lists = [_recognise(look) for look in take.looks if look.page in LISTS]
    bad = [look for look in lists if look.outcome not in GOOD]
    searches = sum(look.page == "search" for look in lists)
    figures = {
        "pages": len(lists),
        "pages_unmodified": sum(look.outcome is Outcome.NOT_MODIFIED for look in lists),
        "pages_failed": len(bad),
        "notices": len(take.notices),
        "bytes": sum(look.bytes_received for look in take.looks),
    }
    if not lists and is_cut_short(take):
        return RunVerdict(Verdict.DEGRADED, f"{tell_end(take)}, before any page came", figures), True
    if not lists:
        return RunVerdict(Verdict.BROKEN, "no page was looked at", figures), True
    if not bad:
        verdict = Verdict.DEGRADED if take.stopped else Verdict.OK
        return RunVerdict(verdict, tell_end(take) if take.stopped else None, figures), False
    cause = bad[0].in_words(one_line(bad[0].cause or bad[0].outcome.value))
    if len(lists) - len(bad) >= searches:
        return RunVerdict(Verdict.DEGRADED, cause, figures), False
    is_void = len(bad) == len(lists)
    if is_cut_short(take) and all(look.outcome is Outcome.TRANSIENT for look in bad):
        return RunVerdict(Verdict.DEGRADED, f"{tell_end(take)}; {cause}", figures), is_void
    is_blocked = all(look.outcome is Outcome.BLOCKED for look in bad)
    return RunVerdict(Verdict.BLOCKED if is_blocked else Verdict.BROKEN, cause, figures), is_void


def find_notices(connection: sa.Connection, paths: Collection[str]) -> frozenset[str]:
    """Those of some paths that are known."""
    return frozenset(connection.scalars(sa.select(notices.c.path).where(notices.c.path.in_(paths))))


def list_notices(connection: sa.Connection, urn: str | None, limit: int) -> list[NoticeRow]:
    """The latest notices, newest first; of one authority if one is named."""
    newest = sa.select(notices).order_by(notices.c.published_at.desc(), notices.c.id.desc())
    if urn is None:
        newest = newest.limit(limit)
    found = (_show(row) for row in connection.execute(newest))
    return [row for row in found if urn is None or urn in row.urns][:limit]


def _recognise(look: PageLook) -> PageLook:
    """Both publishers always have announcements: a list without any is no longer that list."""
    if look.outcome is Outcome.OK and not look.rows:
        return replace(look, outcome=Outcome.BROKEN, cause="lists nothing")
    return look


def _find_broken(take: Take) -> PageLook | None:
    return next((look for look in take.looks if look.page in LISTS and look.outcome not in GOOD), None)


def _keep(connection: sa.Connection, found: NoticeFound, *, quiet: bool, now: datetime) -> bool:
    """Writes a notice; False where it was known."""
    statement = insert_or_skip(connection, notices).values(
        path=found.path,
        url=found.url,
        title=found.title,
        summary=found.summary or None,
        publisher=found.publisher,
        kind=found.kind.value,
        urns=list(found.urns),
        published_at=found.published_at,
        seen_at=now,
        quiet=quiet,
    )
    return connection.execute(statement.returning(notices.c.id)).scalar() is not None


def _tell(found: NoticeFound, now: datetime) -> Event:
    return Event(
        key=f"{EventName.NOTICE_NEW.value}{found.path}",
        name=EventName.NOTICE_NEW,
        at=now,
        article=ArticleFacts(
            url=found.url, title=found.title, publisher=found.publisher, published_at=found.published_at
        ),
        notice=NoticeFacts(kind=found.kind, urns=found.urns, summary=found.summary or None),
    )


def _show(row: sa.Row[tuple[object, ...]]) -> NoticeRow:
    return NoticeRow(
        url=row.url,
        title=row.title,
        summary=row.summary,
        publisher=row.publisher,
        kind=NoticeKind(row.kind),
        urns=tuple(_urns(row.urns)),
        published_at=row.published_at,
    )


def _urns(value: object) -> Sequence[str]:
    return [str(urn) for urn in value] if isinstance(value, list) else []
