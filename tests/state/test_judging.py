"""The judgement of a run, on takes as they come home."""

from dataclasses import replace

import pytest

from state import Outcome, PageLook, Rhythm, Take, Verdict
from state.judging import History, Judgement, judge_take
from tests.state.takes import SITE, START, Crawl, entry, page_url

NEW = History(search_rows=None, listed={})
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
    take.looks[0] = replace(take.looks[0], **facts)  # type: ignore[arg-type]
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
    poll.looks[4:] = []  # the search, the two that fail and another page
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
        (0, 153, 153, "lists nothing"),
        (100, 153, 153, "states 153 results but lists 100"),
        (100, 100, 153, "lists 100 authorities, 153 in the last good run"),
        (140, 140, 153, None),
        (153, 153, 153, None),
    ],
)
def test_a_search_that_shrank_is_broken(rows: int, stated: int, before: int, cause: str | None) -> None:
    take = with_search(sweep(), rows=rows, expected_rows=stated)

    judgement = judge_take(take, History(search_rows=before, listed={}))

    assert judgement.is_void is (cause is not None)
    assert judgement.run.cause == (f"{SITE}/search {cause}" if cause else None)


def test_two_search_pages_add_up_to_the_stated_total() -> None:
    take = with_search(sweep(), rows=100, expected_rows=153)
    second = replace(take.looks[0], url=f"{SITE}/search?start=100", rows=53)
    take.looks.append(second)
    assert judge_take(take, NEW).run.verdict is Verdict.OK

    take.looks[-1] = replace(second, rows=52)
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

    judgement = judge_take(take, History(None, {"80451": frozenset(known)}))

    assert bool(judgement.urns) is is_believed
    assert (judgement.run.verdict is Verdict.OK) is is_believed
    assert judgement.run.figures["pages_failed"] == (not is_believed)
    assert (judgement.looks[1].outcome is Outcome.OK) is is_believed


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
    take.looks = [look for look in take.looks if look.page != "document"]
    for number, outcome in enumerate(outcomes):
        take.looks.append(PageLook(f"{SITE}/file/{number}", "document", outcome, START))

    assert told(judge_take(take, NEW)) == (verdict, False, 30)


def test_a_run_cut_short_or_incomplete_is_degraded() -> None:
    stopped, incomplete = sweep(), sweep()
    stopped.stopped = "shutdown"
    incomplete.looks = [look for look in incomplete.looks if look.url != page_url(URNS[0])]

    assert judge_take(stopped, NEW).run.cause == "ended early: shutdown"
    assert judge_take(incomplete, NEW).run.cause == "1 of 30 pages not looked at"
