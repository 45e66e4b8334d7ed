"""The judgement of a run, on takes as they come home."""

from dataclasses import replace
from datetime import date

import pytest

from state import Outcome, PageLook, Rhythm, Take, Verdict
from state.judging.ofsted_rules import Expectations, count_days
from state.judging.recognising import Memory
from state.judging.runs import History, Judgement, judge_take
from state.records.takes import spool_looks
from tests.state.takes import SITE, START, Crawl, entry, page_url

NEW = History()
URNS = [str(80400 + number) for number in range(30)]


def sweep(*outcomes: Outcome) -> Take:
    """A sweep of 30 pages, the first of which came out as told."""
    crawl = Crawl()
    for number, urn in enumerate(URNS):
        if number < len(outcomes):
            crawl.look(urn, outcomes[number], "answered 503 Service Unavailable")
        else:
            crawl.page(urn, entry("1", urn=urn))
    return crawl.take()


def with_search(take: Take, **facts: object) -> Take:
    take.looks._held[0] = replace(take.looks._held[0], **facts)  # type: ignore[arg-type]
    return take


def told(judgement: Judgement) -> tuple[Verdict, bool, int]:
    return judgement.run.verdict, judgement.is_void, len(judgement.urns)


@pytest.mark.parametrize(
    ("failed", "outcome", "expected"),
    [
        (0, Outcome.OK, (Verdict.OK, False, 30)),
        (30, Outcome.NOT_MODIFIED, (Verdict.OK, False, 30)),
        (1, Outcome.TRANSIENT, (Verdict.DEGRADED, False, 29)),
        (15, Outcome.TRANSIENT, (Verdict.DEGRADED, False, 15)),
        (16, Outcome.TRANSIENT, (Verdict.BROKEN, True, 0)),
        (1, Outcome.BROKEN, (Verdict.BROKEN, False, 29)),
        (3, Outcome.BLOCKED, (Verdict.BLOCKED, False, 27)),
        (4, Outcome.BLOCKED, (Verdict.BLOCKED, True, 0)),
        (4, Outcome.SOFT_ERROR, (Verdict.BROKEN, True, 0)),
        (30, Outcome.GONE, (Verdict.BROKEN, True, 0)),
    ],
)
def test_few_failed_pages_leave_the_good_ones(
    failed: int, outcome: Outcome, expected: tuple[Verdict, bool, int]
) -> None:
    assert told(judge_take(sweep(*[outcome] * failed), NEW)) == expected


def test_the_pages_that_fail_in_every_poll_do_not_void_what_it_finds_elsewhere() -> None:
    poll = replace(sweep(Outcome.GONE, Outcome.GONE), rhythm=Rhythm.POLL)
    del poll.looks._held[4:]  # the search, the two that fail and another page
    assert told(judge_take(poll, NEW)) == (Verdict.BROKEN, False, 1)


@pytest.mark.parametrize(
    ("outcome", "verdict", "cause"),
    [
        (Outcome.BLOCKED, Verdict.BLOCKED, f"{SITE}/search answered 403 Forbidden (blocked)"),
        (Outcome.TRANSIENT, Verdict.BROKEN, f"unreachable: {SITE}/search answered 403 Forbidden (transient)"),
        (Outcome.SOFT_ERROR, Verdict.BROKEN, f"{SITE}/search answered 403 Forbidden (soft error)"),
    ],
)
def test_without_its_search_a_run_is_void(outcome: Outcome, verdict: Verdict, cause: str) -> None:
    judgement = judge_take(with_search(sweep(), outcome=outcome, status=403), NEW)

    assert told(judgement) == (verdict, True, 0)
    assert judgement.run.cause == cause


def test_a_cause_is_one_line_that_names_the_page() -> None:
    take = with_search(sweep(), outcome=Outcome.BROKEN, cause="no\n results-list\n")

    assert judge_take(take, NEW).run.cause == f"{SITE}/search no results-list"


@pytest.mark.parametrize(
    ("rows", "stated", "before", "cause"),
    [
        (0, 153, 153, " lists nothing"),
        (100, 153, 153, " states 153 results but lists 100"),
        (100, 100, 153, ": the search lists 100 authorities, 153 in the last good runs"),
        (140, 140, 153, None),
        (153, 153, 153, None),
    ],
)
def test_a_search_that_shrank_is_broken(rows: int, stated: int, before: int, cause: str | None) -> None:
    take = with_search(sweep(), rows=rows, expected_rows=stated)

    judgement = judge_take(take, History(runs=({"search_rows": before},)))

    assert judgement.is_void is (cause is not None)
    assert judgement.run.cause == (f"{SITE}/search{cause}" if cause else None)


def test_two_search_pages_add_up_to_the_stated_total() -> None:
    take = with_search(sweep(), rows=100, expected_rows=153)
    second = replace(take.looks._held[0], url=f"{SITE}/search?start=100", rows=53)
    take.looks.append(second)
    assert judge_take(take, NEW).run.verdict is Verdict.OK

    take.looks._held[-1] = replace(second, rows=52)
    assert judge_take(take, NEW).run.verdict is Verdict.BROKEN


def test_a_run_that_looked_at_nothing_is_broken() -> None:
    for rhythm in Rhythm:
        assert told(judge_take(Take("ofsted", rhythm, START), NEW)) == (Verdict.BROKEN, True, 0)


def test_chosen_pages_need_no_search() -> None:
    assert told(judge_take(Crawl(rhythm=Rhythm.CHOSEN).page("80451", entry("1")).take(), NEW)) == (
        Verdict.OK,
        False,
        1,
    )


@pytest.mark.parametrize(
    ("ids", "known", "is_believed"),
    [
        ([], {"1"}, False),
        (["9"], {"1", "2", "3"}, False),
        (["9"], {"1", "2"}, True),
        (["9", "1"], {"1", "2", "3"}, True),
        ([], set(), True),
    ],
)
def test_a_page_without_anything_known_is_broken(ids: list[str], known: set[str], is_believed: bool) -> None:
    take = Crawl().page("80451", *(entry(file_id) for file_id in ids)).take()

    judgement = judge_take(take, History(pages=Memory({"80451": dict.fromkeys(known)})))

    assert bool(judgement.urns) is is_believed
    assert (judgement.run.verdict is Verdict.OK) is is_believed
    assert judgement.run.figures["pages_failed"] == (not is_believed)
    assert (judgement.failed == ()) is is_believed


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([Outcome.OK, Outcome.SOFT_ERROR, Outcome.GONE], Verdict.OK),
        ([Outcome.OK, Outcome.TRANSIENT], Verdict.DEGRADED),
        ([Outcome.BLOCKED], Verdict.DEGRADED),
        ([Outcome.OK, Outcome.BLOCKED, Outcome.BLOCKED], Verdict.BLOCKED),
        ([Outcome.TRANSIENT, Outcome.TRANSIENT], Verdict.BROKEN),
    ],
)
def test_documents_refused_by_their_host_are_told_and_void_nothing(
    outcomes: list[Outcome], verdict: Verdict
) -> None:
    take = sweep()
    take.looks = spool_looks(look for look in take.looks if look.page != "document")
    for number, outcome in enumerate(outcomes):
        take.looks.append(PageLook(f"{SITE}/file/{number}", "document", outcome, START))

    assert told(judge_take(take, NEW)) == (verdict, False, 30)


def test_a_run_cut_short_or_incomplete_is_degraded() -> None:
    stopped, incomplete = sweep(), sweep()
    stopped.stopped = "shutdown"
    incomplete.looks = spool_looks(look for look in incomplete.looks if look.url != page_url(URNS[0]))

    assert judge_take(stopped, NEW).run.cause == "ended early: shutdown"
    assert judge_take(incomplete, NEW).run.cause == "1 of 30 pages not looked at"


def names(judgement: Judgement) -> set[str]:
    return {check.rule.name for check in judgement.checks if not check.holds}


def test_every_rule_shows_its_figure_and_threshold() -> None:
    usual = {"search_rows": 30, "search_dated": 30, "search_bytes": 60_000}
    take = with_search(sweep(), bytes_received=61_000)
    history = History(
        runs=(usual,), newest=dict.fromkeys(URNS[:3], date(2019, 11, 1)), quiet_since=date(2019, 10, 30)
    )

    judgement = judge_take(take, history, Expectations(fewest_authorities=20))

    assert [check.in_words() for check in judgement.checks] == [
        "authorities counted: 30, at least 20",
        "authorities listed: 30, at least 27",
        "rows with a date: 30, at least 27",
        "known reports found: 3, at least 1",
        "age of the newest report: 0, at most 45",
        "known reports found: 3, at least 2",
        "size of the search page: 61000, at least 24000",
    ]
    assert judgement.run.verdict is Verdict.OK


def test_one_odd_run_does_not_move_what_is_usual() -> None:
    runs = tuple({"search_rows": rows} for rows in (100, 153, 153))
    judgement = judge_take(with_search(sweep(), rows=130, expected_rows=130), History(runs=runs))
    assert names(judgement) == {"authorities listed"}


def test_fewer_authorities_than_there_are_is_broken_without_any_history() -> None:
    judgement = judge_take(sweep(), NEW, Expectations(fewest_authorities=140))
    assert told(judgement) == (Verdict.BROKEN, True, 0)
    assert judgement.run.cause == (
        f"{SITE}/search: the search counts 30 authorities, fewer than the 140 that there are at least"
    )


@pytest.mark.parametrize(
    ("ahead", "verdict", "is_void"),
    [(0, Verdict.OK, False), (2, Verdict.DEGRADED, False), (5, Verdict.BROKEN, True)],
)
def test_known_reports_must_be_found_on_every_look(ahead: int, verdict: Verdict, *, is_void: bool) -> None:
    newest = dict.fromkeys(URNS, date(2019, 10, 1))
    newest |= {urn: date(2019, 11, 1 + (number < ahead)) for number, urn in enumerate(URNS[:5])}
    for rhythm in (Rhythm.SWEEP, Rhythm.POLL):
        judgement = judge_take(replace(sweep(), rhythm=rhythm), History(newest=newest))
        assert (judgement.run.verdict, judgement.is_void) == (verdict, is_void)


def test_nothing_new_for_long_is_stale_and_believed() -> None:
    quiet = History(quiet_since=date(2019, 1, 1))
    take = sweep(*[Outcome.NOT_MODIFIED] * 30)
    assert told(judge_take(take, quiet)) == (Verdict.STALE, False, 30)
    cause = "nothing new for 304 days, 45 are likely at most"
    assert judge_take(take, quiet).run.cause == cause
    election = Expectations(silences=((date(2019, 1, 5), date(2019, 10, 31)),))
    assert judge_take(take, quiet, election).run.verdict is Verdict.OK


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2019, 10, 2), date(2019, 10, 10), 22),
        (date(2019, 9, 1), date(2019, 10, 10), 22),
        (date(2019, 10, 25), date(2019, 12, 1), 23),
        (date(2018, 1, 1), date(2018, 2, 1), 31),
    ],
)
def test_days_of_a_silence_do_not_count(first: date, last: date, days: int) -> None:
    assert count_days(date(2019, 10, 1), date(2019, 11, 1), ((first, last),)) == days


KNOWN = {str(number): date(2019, 10, number) for number in range(1, 9)}


def page(**dates: date | None) -> Take:
    found = (entry(file_id.removeprefix("n"), published_on=day) for file_id, day in dates.items())
    return Crawl().page("80451", *found).take()


@pytest.mark.parametrize(
    ("dates", "cause"),
    [
        ({f"n{key}": None for key in KNOWN}, "gives none of its 8 known publications a date"),
        ({f"n{key}": date(2020, 1, 1) for key in KNOWN}, "gives other dates for 8 of 8 known publications"),
        ({f"n{key}": day for key, day in KNOWN.items()}, None),
        ({f"n{key}": day for key, day in list(KNOWN.items())[:3]}, "lists 3 of 8 publications known"),
        ({f"n{key}": day for key, day in list(KNOWN.items())[:4]}, None),
    ],
)
def test_a_page_that_lists_otherwise_than_known_is_broken(
    dates: dict[str, date | None], cause: str | None
) -> None:
    judgement = judge_take(page(**dates), History(pages=Memory({"80451": KNOWN})))
    assert [look.cause for look in judgement.failed] == ([cause] if cause else [])
    assert bool(judgement.urns) is (cause is None or cause.startswith("lists 3"))


def test_the_page_of_another_authority_is_broken_however_little_is_known() -> None:
    take = Crawl().page("80452", entry("1", urn="80452")).take()
    memory = Memory(names={"80451": "Leeds", "80452": "Wakefield"})
    judgement = judge_take(take, History(pages=memory))
    assert judgement.run.cause == f"{page_url('80452')} is the page of Leeds (80451)"
    assert judgement.urns == frozenset()
