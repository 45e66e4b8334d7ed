"""Judges a run as a whole before anything is believed: verdict, cause, and which pages may be settled."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus

from state.errors import one_line
from state.judging.endings import is_cut_short, tell_end
from state.judging.ofsted_rules import CANARIES, FEWEST_CANARIES, Expectations, count_days, make_rules
from state.judging.recognising import Knowledge, Memory, Recognised, recognise
from state.judging.rules import Check, apply_rules
from state.records.takes import PageLook, RunVerdict, Take
from state.records.vocabulary import Outcome, Rhythm, Verdict

MOST_FAILED_PERCENT = 10  # of the pages looked at or listed; one page may always fail

GOOD = (Outcome.OK, Outcome.NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a source: figures of its last good runs of the same rhythm, its pages, its newest.

    `newest`: the date of an authority's newest report, by URN, of those with the newest of all.
    `quiet_since`: the day of the newest report, or the day from which on the source is watched, whichever
    is later.
    """

    runs: Sequence[Mapping[str, int]] = ()
    pages: Knowledge = field(default_factory=Memory)
    newest: Mapping[str, date] = field(default_factory=dict)
    quiet_since: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A run's verdict; `urns` are the authorities whose pages may be settled, none if it `is_void`.

    One that is void and no failure was cut short by us: it says nothing of the source, good or bad.

    `failed` are the last looks at pages that failed, as judged: one that came back well may yet have proved
    broken. `read` are those of `urns` whose pages were read, with the rows on them.
    """

    run: RunVerdict
    failed: tuple[PageLook, ...]
    urns: Set[str] = frozenset()
    is_void: bool = False
    checks: tuple[Check, ...] = ()
    read: Mapping[str, int] = field(default_factory=dict)


def judge_take(take: Take, history: History, expected: Expectations = Expectations()) -> Judgement:  # noqa: B008  a frozen value
    """Verdict, cause in one line, figures of a take and the rules it was held to; pure."""
    recognised = recognise(take, history.pages)
    looked = _look_through(take, recognised)
    figures = _count(take, looked) | _compare(take, history, expected)
    checks = apply_rules(make_rules(expected), figures, history.runs)
    failed = tuple(looked.failed)
    trouble = _judge_search(take, looked.search) or _judge_presence(take, looked)
    trouble = trouble or _judge_rules(take, checks, looked.search, is_void=True) or _judge_pages(take, looked)
    if trouble and trouble.is_void:
        return Judgement(
            RunVerdict(trouble.verdict, trouble.cause, figures), failed, is_void=True, checks=checks
        )
    trouble = trouble or _judge_rules(take, checks, looked.search, is_void=False)
    trouble = trouble or _judge_documents(looked) or _judge_completeness(take, looked)
    verdict = RunVerdict(trouble.verdict, trouble.cause, figures) if trouble else None
    looked.good |= recognised.shrunk
    return Judgement(
        verdict or RunVerdict(Verdict.OK, None, figures),
        failed,
        looked.good,
        checks=checks,
        read={urn: rows for urn, rows in looked.read.items() if urn in looked.good},
    )


@dataclass(slots=True)
class _Looked:
    """What the looks of a take come to: all that is held of a good one is whose page it was."""

    search: list[PageLook] = field(default_factory=list)
    failed: list[PageLook] = field(default_factory=list)
    pages: int = 0  # authorities', as are the next three
    unmodified: int = 0
    good: set[str] = field(default_factory=set)
    read: dict[str, int] = field(default_factory=dict)
    documents: int = 0

    def list_failed(self, page: str) -> list[PageLook]:
        """The looks at one sort of page that failed."""
        return [look for look in self.failed if look.page == page]

    def take_page(self, look: PageLook, judged: PageLook) -> None:
        """Counts a look at an authority's page."""
        self.pages += 1
        self.unmodified += judged.outcome is Outcome.NOT_MODIFIED
        if look.urn is None:
            return
        if judged.outcome in GOOD:
            self.good.add(look.urn)
        if look.outcome is Outcome.OK:
            self.read[look.urn] = look.rows or 0
        else:
            self.read.pop(look.urn, None)


def _look_through(take: Take, recognised: Recognised) -> _Looked:
    """Goes through the last look at each address once."""
    looked = _Looked()
    for look in take.looks.latest():
        judged = recognised.judge(look)
        if judged.outcome not in GOOD:
            looked.failed.append(judged)
        if look.page == "search":
            looked.search.append(judged)
        elif look.page == "provider":
            looked.take_page(look, judged)
        elif look.page == "document":
            looked.documents += 1
    return looked


@dataclass(frozen=True, slots=True)
class _Trouble:
    verdict: Verdict
    cause: str
    is_void: bool = False  # nothing of the run may be settled


def _judge_search(take: Take, search: Sequence[PageLook]) -> _Trouble | None:
    """The list of authorities: fetched, not empty, complete."""
    failed = [look for look in search if look.outcome not in GOOD]
    if failed:
        return _fail(take, failed, is_void=True)
    if take.rhythm is Rhythm.CHOSEN:
        return None  # a narrowed search may rightly list little or nothing
    read = [look for look in search if look.outcome is Outcome.OK]
    empty = [look for look in read if not look.rows]
    if empty:
        return _Trouble(Verdict.BROKEN, f"{empty[0].place} lists nothing", is_void=True)
    if not read or len(read) < len(search) or take.stopped:
        return None  # part of the list is unchanged or was not asked for: its rows cannot be counted
    return _judge_rows(take, read)


def _judge_rows(take: Take, read: Sequence[PageLook]) -> _Trouble | None:
    """`expected_rows` may be a page's own share or the total: either must be met by a sweep."""
    rows = sum(look.rows or 0 for look in read)
    short = [look for look in read if look.expected_rows is not None and look.rows != look.expected_rows]
    total = max((look.expected_rows or 0 for look in short), default=0)
    if short and take.rhythm is Rhythm.SWEEP and rows != total:
        cause = f"{short[0].place} states {total} results but lists {rows}"
        return _Trouble(Verdict.BROKEN, cause, is_void=True)
    return None


def _judge_rules(
    take: Take, checks: Iterable[Check], search: Sequence[PageLook], *, is_void: bool
) -> _Trouble | None:
    """The first rule that does not hold; a few chosen pages are held to none."""
    if take.rhythm is Rhythm.CHOSEN:
        return None
    broken = next((check for check in checks if not check.holds and check.rule.is_void is is_void), None)
    if broken is None:
        return None
    where = f"{search[0].place}: " if search and is_void else ""
    return _Trouble(broken.rule.verdict, f"{where}{broken.cause}", is_void)


def _judge_presence(take: Take, looked: _Looked) -> _Trouble | None:
    """A run that looked at nothing is broken, however smoothly it ended."""
    if take.rhythm is Rhythm.CHOSEN:
        anything = looked.search or looked.pages
        return None if anything else _Trouble(Verdict.BROKEN, "no page was looked at", is_void=True)
    if looked.search:
        return None
    if is_cut_short(take):
        return _Trouble(Verdict.DEGRADED, f"{tell_end(take)}, before the search page came", is_void=True)
    return _Trouble(Verdict.BROKEN, "the search page was not looked at", is_void=True)


def _judge_pages(take: Take, looked: _Looked) -> _Trouble | None:
    """Few failures leave the good pages standing; many make the whole run doubtful.

    A poll looks at few pages, so that the same bad ones are many of them: the site is the measure.
    """
    failed = looked.list_failed("provider")
    if not failed:
        return None
    pages = len(looked.search) + looked.pages
    transient = [look for look in failed if look.outcome is Outcome.TRANSIENT]
    hard = [look for look in failed if look.outcome is not Outcome.TRANSIENT]
    if len(transient) * 2 > pages:
        return _fail(take, transient, is_void=True)
    if hard:
        most = max(1, max(pages, len(take.authorities)) * MOST_FAILED_PERCENT // 100)
        return _fail(take, hard, is_void=len(failed) > most)
    cause = f"{len(failed)} of {looked.pages} pages not reached, first {_describe(failed[0])}"
    return _Trouble(Verdict.DEGRADED, cause)


def _judge_documents(looked: _Looked) -> _Trouble | None:
    """Documents not obtained are asked for again; only a host that refuses most of them is news."""
    missing = looked.list_failed("document")
    blocked = [look for look in missing if look.outcome is Outcome.BLOCKED]
    transient = [look for look in missing if look.outcome is Outcome.TRANSIENT]
    if len(blocked) > 1 and len(blocked) * 2 > looked.documents:
        return _Trouble(Verdict.BLOCKED, _describe(blocked[0]))
    if len(transient) > 1 and len(transient) * 2 > looked.documents:
        return _Trouble(Verdict.BROKEN, f"unreachable: {_describe(transient[0])}")
    failed = blocked + transient
    if failed:
        cause = f"{len(failed)} of {looked.documents} documents not obtained, first {_describe(failed[0])}"
        return _Trouble(Verdict.DEGRADED, cause)
    return None


def _judge_completeness(take: Take, looked: _Looked) -> _Trouble | None:
    """A sweep looks at every authority that the search lists; our own faults are told as loudly.

    Pages that failed were judged before.
    """
    if take.stopped:
        return _Trouble(Verdict.DEGRADED if is_cut_short(take) else Verdict.BROKEN, tell_end(take))
    if take.rhythm is Rhythm.SWEEP:
        listed = [urn in looked.good for urn in take.authorities.keys()]  # noqa: SIM118  no mapping
        if not all(listed):
            cause = f"{listed.count(False)} of {len(listed)} pages not looked at"
            return _Trouble(Verdict.DEGRADED, cause)
    return None


def _fail(take: Take, failed: Sequence[PageLook], *, is_void: bool) -> _Trouble:
    """Blocked if any page was, else broken; the cause names the first such page.

    Where we ended the crawl ourselves, pages out of reach prove nothing of the site.
    """
    blocked = [look for look in failed if look.outcome is Outcome.BLOCKED]
    if blocked:
        return _Trouble(Verdict.BLOCKED, _describe(blocked[0]), is_void)
    if all(look.outcome is Outcome.TRANSIENT for look in failed):
        if is_cut_short(take):
            return _Trouble(Verdict.DEGRADED, f"{tell_end(take)}; {_describe(failed[0])}", is_void)
        return _Trouble(Verdict.BROKEN, f"unreachable: {_describe(failed[0])}", is_void)
    return _Trouble(Verdict.BROKEN, _describe(failed[0]), is_void)


def _describe(look: PageLook) -> str:
    """A failed look in one line that names the page."""
    return look.in_words(one_line(look.cause or _status(look)))


def _status(look: PageLook) -> str:
    if look.status is None:
        return look.outcome.value
    phrase = HTTPStatus(look.status).phrase if look.status in list(HTTPStatus) else ""
    return f"answered {look.status} {phrase} ({look.outcome.value})"


def _count(take: Take, looked: _Looked) -> dict[str, int]:
    """The figures a run is shown and later runs are judged by."""
    search = looked.search
    figures = {
        "search_pages": len(search),
        "pages": looked.pages,
        "pages_unmodified": looked.unmodified,
        "pages_failed": len(looked.list_failed("provider")),
        "authorities": len(take.authorities),
        "entries": sum(entry.listed for entry in take.found),
        "documents": looked.documents,
        "documents_failed": len(looked.list_failed("document")),
        "bytes": sum(look.bytes_received for look in take.looks),
    }
    if search and all(look.outcome is Outcome.OK for look in search):
        if not take.stopped:
            figures["search_rows"] = sum(look.rows or 0 for look in search)
            figures["search_dated"] = sum(row.latest_report_on is not None for row in take.authorities)
        figures["search_bytes"] = max(look.bytes_received for look in search)
        counted = max(look.expected_rows or 0 for look in search)
        if counted:
            figures["authorities_counted"] = counted
    return figures


def _compare(take: Take, history: History, expected: Expectations) -> dict[str, int]:
    """Figures that come from what is known: canaries on the search, and the age of the newest report."""
    figures = {}
    canaries = sorted(history.newest.items(), key=lambda each: each[1], reverse=True)[:CANARIES]
    shown = {row.urn: row.latest_report_on for row in take.authorities.of([urn for urn, _ in canaries])}
    if take.authorities and len(canaries) >= FEWEST_CANARIES:
        figures["canaries"] = len(canaries)
        figures["canaries_found"] = sum((shown.get(urn) or date.min) >= day for urn, day in canaries)
    if history.quiet_since is not None:
        newest = max((entry.sighting.published_on or date.min for entry in take.found), default=date.min)
        since = max(history.quiet_since, min(newest, take.started_at.date()))
        figures["newest_days"] = count_days(since, take.started_at.date(), expected.silences)
    return figures
