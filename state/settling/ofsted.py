"""Settles a run: judged as a whole, then written with its events and deliveries in one transaction."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from state.errors import count
from state.judging.endings import is_cut_short
from state.judging.ofsted_rules import Expectations
from state.judging.recognising import AT_ONCE
from state.judging.runs import GOOD, Judgement, judge_take
from state.news.stories import link_waiting
from state.records.articles import LinkArticle, link_nothing
from state.records.events import Event
from state.records.takes import PageLook, PublicationFound, RunVerdict, Take
from state.records.vocabulary import EventName, Rhythm
from state.settling.announcing import CompareVersions, announce
from state.settling.bookkeeping import (
    begin_baseline,
    commit_validators,
    ensure_authorities,
    load_history,
    record_authorities,
    record_run,
)
from state.settling.diff import Change, Order, Pages, find_changes
from state.settling.expecting import follow_visits
from state.settling.filing import file_change, keep_documents, load_letter
from state.settling.posting import Draft, Route, hold_flood, hold_revisions, post
from state.settling.shelving import Shelves, Shelving
from state.settling.sourcing import SourceRun, keep_unproved, update_source
from state.storage.batches import in_batches
from state.storage.schema import authorities, publications, sources


@dataclass(frozen=True, slots=True)
class Rules:
    """What the app decides about settling: who hears, what is a flood, how texts are compared.

    `announce_since`: on the first look at a page, what was published since then is told, not only recorded.
    """

    route: Route
    compare: CompareVersions
    flood: int
    region: Callable[[str], str | None]
    announce_since: date | None = None
    link: LinkArticle = link_nothing
    expected: Expectations = field(default_factory=Expectations)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a settled run came to."""

    source: str
    run_id: int
    verdict: RunVerdict
    events: tuple[Event, ...] = ()
    deliveries: int = 0
    recorded: int = 0  # publications seen for the first time, quiet ones included
    feeds: Mapping[str, RunVerdict] = field(default_factory=dict)  # each feed's own, of a round of news

    @property
    def event_keys(self) -> tuple[str, ...]:
        """The keys of the run's events, in their order."""
        return tuple(event.key for event in self.events)

    def in_words(self) -> str:
        """The run in one line: 'ok: 153 of 153 pages read, 2 recorded, 1 event, 3 deliveries'."""
        figures = self.verdict.figures
        pages, failed = figures.get("pages", 0), figures.get("pages_failed", 0)
        nothing = "no page read" if self.verdict.verdict.is_failure else "no page had changed"
        read = f"{pages - failed} of {pages} pages read" if pages else nothing
        missing = figures.get("documents_failed", 0)
        without = f", {count(missing, 'document', 'documents')} not obtained" if missing else ""
        cause = f" ({self.verdict.cause})" if self.verdict.cause else ""
        return (
            f"{self.verdict.verdict.value}{cause}: {read}{without}, "
            f"{self.recorded} recorded, {count(len(self.events), 'event', 'events')}, "
            f"{count(self.deliveries, 'delivery', 'deliveries')}"
        )


def settle(connection: sa.Connection, take: Take, rules: Rules, *, now: datetime) -> Settlement:
    """Judges a take and writes what may be written of it; the caller's transaction holds it together."""
    shelving = Shelving(connection, now)
    before = connection.execute(sa.select(sources).where(sources.c.name == take.source)).one_or_none()
    baseline_on = before.baseline_on if before else None
    judgement = judge_take(take, load_history(connection, take, shelving, baseline_on), rules.expected)
    run_id = record_run(connection, take, judgement, now=now)
    source_event = None
    if take.rhythm is not Rhythm.CHOSEN:  # a few chosen pages say nothing of the source as a whole
        verdict = keep_unproved(connection, before, take.rhythm, judgement)
        run = _describe_run(take, judgement, verdict, run_id)
        source_event = update_source(connection, run, now=now)
    drafts = [Draft(source_event)] if source_event else []
    filed = _Filed()
    if not judgement.is_void:
        run_of = _Run(connection, take, judgement, rules, run_id, now)
        for urns in in_batches(sorted(_find_active(connection, take, judgement)), AT_ONCE):
            run_of.file(filed, urns, shelving.find(urns), rules.announce_since or baseline_on)
        news = [draft for _, draft in sorted(filed.news, key=lambda each: each[0])]
        news += link_waiting(connection, filed.read, link=rules.link, run_id=run_id, now=now)
        drafts += hold_flood(news, limit=rules.flood, run_id=run_id, now=now)
        _close_pages(connection, take, judgement, filed, now=now)
        if filed.changes or take.rhythm is Rhythm.SWEEP:
            drafts += [Draft(event) for event in follow_visits(connection, region=rules.region, now=now)]
    posted = post(connection, drafts, route=rules.route, run_id=run_id, now=now)
    return Settlement(take.source, run_id, judgement.run, posted.events, posted.deliveries, filed.recorded)


def _describe_run(take: Take, judgement: Judgement, verdict: RunVerdict, run_id: int) -> SourceRun:
    failed = judgement.failed
    return SourceRun(
        source=take.source,
        verdict=verdict,
        is_void=judgement.is_void,
        is_whole=take.rhythm is Rhythm.SWEEP and not judgement.is_void and take.stopped is None,
        run_id=run_id,
        broke=next((look for look in failed if look.page_sha256), failed[0] if failed else None),
        is_cut_short=is_cut_short(take),
    )


def _find_active(connection: sa.Connection, take: Take, judgement: Judgement) -> set[str]:
    """The authorities whose shelves a run may change: read, asked about, or with something missing."""
    missing = (
        sa.select(publications.c.urn)
        .distinct()
        .where(publications.c.missing_since.is_not(None), publications.c.withdrawn_at.is_(None))
    )
    still = {urn for urn in connection.scalars(missing) if urn in judgement.urns}
    return still.union(judgement.read, take.found.keys())


@dataclass(slots=True)
class _Filed:
    """What filing the pages of a run has come to so far.

    Of the authorities whose pages were read, every entry came home of those that are `complete`.
    """

    news: list[tuple[Order, Draft]] = field(default_factory=list)
    changes: int = 0
    recorded: int = 0
    read: set[str] = field(default_factory=set)  # authorities with something new to read
    complete: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)  # addresses


@dataclass(frozen=True, slots=True)
class _Run:
    """A judged run whose pages are filed, some authorities at a time."""

    connection: sa.Connection
    take: Take
    judgement: Judgement
    rules: Rules
    run_id: int
    now: datetime

    def file(self, filed: _Filed, urns: Sequence[str], shelves: Shelves, announce_from: date | None) -> None:
        """Writes what changed on the pages of some authorities, and drafts what is news of it."""
        found = list(self.take.found.of(urns))
        pages = self._find_pages(urns, found)
        changes = find_changes(found, shelves, pages, announce_from=announce_from, now=self.now)
        changes = [_confirm(self.connection, change, self.rules.compare) for change in changes]
        filed.news += _file(
            self.connection, found, changes, shelves, self.rules, run_id=self.run_id, now=self.now
        )
        filed.changes += len(changes)
        filed.recorded += sum(change.before is None for change in changes)
        filed.read |= {
            change.after.sighting.urn for change in changes if change.document or change.before is None
        }
        filed.complete |= pages.complete
        filed.incomplete |= pages.read - pages.complete
        filed.documents |= {entry.document.url for entry in found if entry.document}

    def _find_pages(self, urns: Sequence[str], found: Sequence[PublicationFound]) -> Pages:
        rows = {urn: self.judgement.read[urn] for urn in urns if urn in self.judgement.read}
        listed = Counter(urn for urn, _ in {entry.sighting.key for entry in found if entry.listed})
        seen = sa.select(authorities.c.urn).where(
            authorities.c.urn.in_(urns), authorities.c.baseline_at.is_not(None)
        )
        return Pages(
            read=frozenset(rows),
            complete=frozenset(urn for urn, number in rows.items() if listed[urn] >= number),
            unchanged=frozenset(urn for urn in urns if urn in self.judgement.urns and urn not in rows),
            first=frozenset(rows.keys() - set(self.connection.scalars(seen))),
            cut_short=self.take.stopped is not None,
        )


def _file(
    connection: sa.Connection,
    found: Sequence[PublicationFound],
    changes: Sequence[Change],
    shelves: Shelves,
    rules: Rules,
    *,
    run_id: int,
    now: datetime,
) -> list[tuple[Order, Draft]]:
    """Writes the changes and drafts their events, each with its change's place among those of the run."""
    named = {entry.sighting.urn: (entry.sighting.authority, entry.sighting.page_url) for entry in found}
    ensure_authorities(connection, named)
    keep_documents(connection, (entry.document for entry in found if entry.document))
    after = dict(shelves) | {change.after.sighting.key: change.after for change in changes}
    news: list[tuple[Order, Draft]] = []
    for change in changes:
        publication_id = file_change(connection, change, run_id=run_id, now=now)
        for event in _announce(connection, change, after, rules, now):
            drafts = hold_revisions(connection, Draft(event, publication_id), now=now)
            news += [(change.order, draft) for draft in drafts]
    return news


def _confirm(connection: sa.Connection, change: Change, compare: CompareVersions) -> Change:
    """Takes a revision back where only the reader changed: its texts' hashes cannot be compared."""
    before = change.before.version if change.before else None
    if change.event is not EventName.PUBLICATION_REVISED or before is None or change.document is None:
        return change
    new = change.document.reading.letter if change.document.reading else None
    old = load_letter(connection, change.before.version_id if change.before else None)
    if old is None or new is None or old.reader_version == new.reader_version or compare(old, new):
        return change
    steps = (*change.steps[:-1], "no news: another reader version, the same sentences")
    return replace(change, event=None, steps=steps)


def _announce(
    connection: sa.Connection, change: Change, after: Shelves, rules: Rules, now: datetime
) -> tuple[Event, ...]:
    """The events of a change, with the texts that they quote and compare."""
    if change.event is None:
        return ()
    urn = change.after.sighting.urn
    if change.document and change.document.reading:
        letter = change.document.reading.letter
    else:
        letter = load_letter(connection, change.after.version_id)
    compared = change.replaces or (change.before if change.document else None)
    return announce(
        change,
        (filed for filed in after.values() if filed.sighting.urn == urn),
        letter=letter,
        old_letter=load_letter(connection, compared.version_id) if compared else None,
        region=rules.region(urn),
        compare=rules.compare,
        now=now,
    )


def _close_pages(
    connection: sa.Connection, take: Take, judgement: Judgement, filed: _Filed, *, now: datetime
) -> None:
    """Remembers the settled pages, so that they are next asked for only if they changed."""
    settled = judgement.urns - filed.incomplete if filed.incomplete else judgement.urns
    done = record_authorities(connection, take.authorities, settled=settled, now=now)
    begin_baseline(connection, filed.complete, now)

    def is_settled(look: PageLook) -> bool:
        if look.outcome not in GOOD:
            return False
        if look.page == "search":
            return done and take.stopped is None
        return look.urn in settled if look.page == "provider" else look.url in filed.documents

    commit_validators(connection, filter(is_settled, take.looks))
