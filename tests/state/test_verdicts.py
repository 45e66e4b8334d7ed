"""Where the judgement of a run tips over, and the words and figures it is told with."""

from dataclasses import replace

import pytest

from state import Outcome, PageLook, Rhythm, Take, Verdict
from state.judging.runs import judge_take
from state.records.takes import spool_looks
from tests.state.judged import NEW, SEARCH, search, sweep, told
from tests.state.takes import SITE, START, WAKEFIELD, Crawl, entry, no_document, page_url, sighting

FIRST = f"{page_url('80400')} answered 503"


@pytest.mark.parametrize(
    ("pages", "failed", "outcome", "expected"),
    [
        (29, 15, Outcome.TRANSIENT, (Verdict.DEGRADED, f"15 of 29 pages not reached, first {FIRST}", False)),
        (28, 15, Outcome.TRANSIENT, (Verdict.BROKEN, f"unreachable: {FIRST}", True)),
        (29, 3, Outcome.BROKEN, (Verdict.BROKEN, FIRST, False)),
        (28, 3, Outcome.BROKEN, (Verdict.BROKEN, FIRST, True)),
        (5, 1, Outcome.BLOCKED, (Verdict.BLOCKED, FIRST, False)),
        (5, 2, Outcome.BLOCKED, (Verdict.BLOCKED, FIRST, True)),
    ],
)
def test_how_many_pages_may_fail(
    pages: int, failed: int, outcome: Outcome, expected: tuple[Verdict, str, bool]
) -> None:
    assert told(judge_take(sweep(pages, *[outcome] * failed), NEW)) == expected


def test_a_hard_failure_is_named_before_pages_not_reached_and_a_block_before_all() -> None:
    mixed = sweep(30, Outcome.TRANSIENT, Outcome.BROKEN)
    assert told(judge_take(mixed, NEW)) == (Verdict.BROKEN, f"{page_url('80401')} answered 503", False)
    blocked = sweep(30, Outcome.BROKEN, Outcome.BLOCKED)
    assert told(judge_take(blocked, NEW)) == (Verdict.BLOCKED, f"{page_url('80401')} answered 503", False)


DOCUMENT = f"{SITE}/file/0 answered 403"


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (
            [Outcome.BLOCKED] * 2 + [Outcome.OK] * 2,
            (Verdict.DEGRADED, f"2 of 4 documents not obtained, first {DOCUMENT}"),
        ),
        ([Outcome.BLOCKED] * 2 + [Outcome.OK], (Verdict.BLOCKED, DOCUMENT)),
        ([Outcome.BLOCKED], (Verdict.DEGRADED, f"1 of 1 documents not obtained, first {DOCUMENT}")),
        (
            [Outcome.TRANSIENT] * 2 + [Outcome.OK] * 2,
            (Verdict.DEGRADED, f"2 of 4 documents not obtained, first {DOCUMENT}"),
        ),
        ([Outcome.TRANSIENT] * 2 + [Outcome.OK], (Verdict.BROKEN, f"unreachable: {DOCUMENT}")),
        ([Outcome.TRANSIENT], (Verdict.DEGRADED, f"1 of 1 documents not obtained, first {DOCUMENT}")),
        (
            [Outcome.BLOCKED, Outcome.TRANSIENT],
            (Verdict.DEGRADED, f"2 of 2 documents not obtained, first {DOCUMENT}"),
        ),
        ([Outcome.GONE, Outcome.SOFT_ERROR, Outcome.BROKEN], (Verdict.OK, None)),
    ],
)
def test_how_many_documents_may_be_refused(
    outcomes: list[Outcome], expected: tuple[Verdict, str | None]
) -> None:
    take = sweep(3)
    take.looks = spool_looks(look for look in take.looks if look.page != "document")
    take.looks += [
        PageLook(f"{SITE}/file/{number}", "document", outcome, START, cause="answered 403")
        for number, outcome in enumerate(outcomes)
    ]
    assert told(judge_take(take, NEW)) == (*expected, False)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (({"rows": 0},), (Verdict.BROKEN, f"{SEARCH} lists nothing", True)),
        (
            ({"rows": 3, "expected_rows": 0},),
            (Verdict.BROKEN, f"{SEARCH} states 0 results but lists 3", True),
        ),
        (({"rows": 2, "expected_rows": 2}, {"rows": 1, "expected_rows": 1}), (Verdict.OK, None, False)),
        (({"rows": 2, "expected_rows": 3}, {"rows": 1, "expected_rows": 3}), (Verdict.OK, None, False)),
        (({"rows": 3, "expected_rows": None},), (Verdict.OK, None, False)),
        (
            ({"rows": 2, "expected_rows": 3}, {"rows": None, "outcome": Outcome.NOT_MODIFIED}),
            (Verdict.OK, None, False),
        ),
        (
            ({"rows": 2, "expected_rows": 3}, {"rows": 2, "expected_rows": 3}),
            (Verdict.BROKEN, f"{SEARCH} states 3 results but lists 4", True),
        ),
    ],
)
def test_the_search_must_add_up(
    pages: tuple[dict[str, object], ...], expected: tuple[Verdict, str | None, bool]
) -> None:
    assert told(judge_take(search(sweep(3), *pages), NEW)) == expected


def test_the_search_of_a_poll_or_of_a_crawl_that_was_stopped_need_not_add_up() -> None:
    short = {"rows": 2, "expected_rows": 3}
    poll = replace(search(sweep(3), short), rhythm=Rhythm.POLL)
    assert told(judge_take(poll, NEW)) == (Verdict.OK, None, False)
    nothing = judge_take(search(sweep(3), {"rows": 0}), NEW)
    assert nothing.run.figures["search_rows"] == 0
    stopped = replace(search(sweep(3), short), stopped="shutdown")
    assert told(judge_take(stopped, NEW)) == (Verdict.DEGRADED, "ended early: shutdown", False)


@pytest.mark.parametrize(
    ("rhythm", "cause"),
    [
        (Rhythm.CHOSEN, "no page was looked at"),
        (Rhythm.SWEEP, "the search page was not looked at"),
        (Rhythm.POLL, "the search page was not looked at"),
    ],
)
def test_what_was_not_looked_at_is_said(rhythm: Rhythm, cause: str) -> None:
    assert told(judge_take(Take("ofsted", rhythm, START), NEW)) == (Verdict.BROKEN, cause, True)


def test_a_chosen_page_or_its_search_is_enough_to_be_believed() -> None:
    chosen = replace(sweep(1), rhythm=Rhythm.CHOSEN)
    for page in ("search", "provider"):
        alone = replace(chosen, looks=spool_looks(look for look in chosen.looks if look.page == page))
        assert told(judge_take(alone, NEW)) == (Verdict.OK, None, False)


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [
        ("shutdown", (Verdict.DEGRADED, "ended early: shutdown", False)),
        ("error: No space\n left", (Verdict.BROKEN, "ended early: error: No space left", False)),
    ],
)
def test_our_own_faults_are_told_as_loudly_as_the_site_s(
    stopped: str, expected: tuple[Verdict, str, bool]
) -> None:
    assert told(judge_take(replace(sweep(3), stopped=stopped), NEW)) == expected


AWAY = {"outcome": Outcome.TRANSIENT, "cause": "timed out"}
CUT = "ended early: deadline"


@pytest.mark.parametrize(
    ("stopped", "page", "expected"),
    [
        (None, AWAY, (Verdict.BROKEN, "unreachable: https://reports.test/search timed out", True)),
        ("deadline", AWAY, (Verdict.DEGRADED, f"{CUT}; https://reports.test/search timed out", True)),
        ("error: bug", AWAY, (Verdict.BROKEN, "unreachable: https://reports.test/search timed out", True)),
        (
            "deadline",
            {"outcome": Outcome.BLOCKED, "cause": "answered 403"},
            (Verdict.BLOCKED, "https://reports.test/search answered 403", True),
        ),
        (
            "deadline",
            {"outcome": Outcome.BROKEN, "cause": "no rows"},
            (Verdict.BROKEN, "https://reports.test/search no rows", True),
        ),
    ],
)
def test_a_search_out_of_reach_is_no_fault_of_the_site_where_we_had_no_time_to_ask_again(
    stopped: str | None, page: dict[str, object], expected: tuple[Verdict, str, bool]
) -> None:
    assert told(judge_take(replace(search(sweep(3), page), stopped=stopped), NEW)) == expected


def test_pages_and_documents_out_of_reach_in_a_crawl_that_was_cut_short_blame_nobody() -> None:
    pages = replace(sweep(3, *[Outcome.TRANSIENT] * 3), stopped="deadline")
    verdict, cause, is_void = told(judge_take(pages, NEW))
    assert (verdict, is_void) == (Verdict.DEGRADED, True)
    assert (cause or "").startswith(f"{CUT}; ")


def test_a_crawl_that_was_stopped_before_its_first_page_blames_nobody() -> None:
    nothing = Take("ofsted", Rhythm.POLL, START, stopped="shutdown")
    cause = "ended early: shutdown, before the search page came"
    assert told(judge_take(nothing, NEW)) == (Verdict.DEGRADED, cause, True)
    faulty = replace(nothing, stopped="error: bug")
    assert told(judge_take(faulty, NEW)) == (Verdict.BROKEN, "the search page was not looked at", True)


def test_a_sweep_looks_at_every_page_that_is_listed_and_a_poll_need_not() -> None:
    partly = sweep(3)
    partly.looks = spool_looks(look for look in partly.looks if look.url != page_url("80400"))
    assert told(judge_take(partly, NEW)) == (Verdict.DEGRADED, "1 of 3 pages not looked at", False)
    assert told(judge_take(replace(partly, rhythm=Rhythm.POLL), NEW)) == (Verdict.OK, None, False)


@pytest.mark.parametrize(
    ("status", "words"),
    [(520, "answered 520 (blocked)"), (403, "answered 403 Forbidden (blocked)"), (None, "blocked")],
)
def test_an_answer_without_a_cause_is_told_by_its_status(status: int | None, words: str) -> None:
    take = search(sweep(1), {"outcome": Outcome.BLOCKED, "status": status})
    assert told(judge_take(take, NEW)) == (Verdict.BLOCKED, f"{SEARCH} {words}", True)


def counted() -> Take:
    """Two pages of the search, five authorities' pages and three documents, with something wrong in each."""
    crawl = Crawl()
    crawl.look("80401", Outcome.NOT_MODIFIED).look("80402", Outcome.BROKEN, "no timeline")
    crawl.look("80403", Outcome.NOT_MODIFIED).look("80404", Outcome.NOT_MODIFIED)
    crawl.page(WAKEFIELD, entry("1"), entry("2", no_document("2", Outcome.GONE, "answered 404")))
    crawl.ask(sighting("3"), no_document("3", Outcome.NOT_MODIFIED, ""))
    take = search(
        crawl.take(),
        {"rows": 4, "expected_rows": 5, "bytes_received": 700},
        {"rows": 1, "bytes_received": 900},
    )
    take.authorities._held[0] = replace(take.authorities._held[0], latest_report_on=None)
    return take


FIGURES = {
    "search_pages": 2,
    "pages": 5,
    "pages_unmodified": 3,
    "pages_failed": 1,
    "authorities": 5,
    "entries": 2,
    "documents": 3,
    "documents_failed": 1,
    "bytes": 1600,
    "search_rows": 5,
    "search_dated": 4,
    "search_bytes": 900,
    "authorities_counted": 5,
}


def test_a_run_s_figures_count_what_came() -> None:
    judgement = judge_take(counted(), NEW)

    assert judgement.run.figures == FIGURES
    assert {check.rule.name for check in judgement.checks} == {"authorities counted"}


def test_rows_are_counted_only_where_the_whole_list_was_read() -> None:
    partly, stopped = counted(), replace(counted(), stopped="shutdown")
    partly.looks._held[1] = replace(partly.looks._held[1], outcome=Outcome.NOT_MODIFIED, rows=None)
    rows = {"search_rows", "search_dated"}
    assert judge_take(stopped, NEW).run.figures.keys() == FIGURES.keys() - rows
    assert judge_take(partly, NEW).run.figures.keys() == FIGURES.keys() - rows - {
        "search_bytes",
        "authorities_counted",
    }
    uncounted = search(sweep(2), {"rows": 2, "expected_rows": None})
    assert "authorities_counted" not in judge_take(uncounted, NEW).run.figures


def test_a_void_run_keeps_its_looks_and_figures() -> None:
    judgement = judge_take(sweep(5, Outcome.BLOCKED, Outcome.BLOCKED), NEW)

    assert (judgement.is_void, judgement.urns) == (True, frozenset())
    assert [look.outcome for look in judgement.failed if look.page == "provider"].count(Outcome.BLOCKED) == 2
    assert (judgement.run.figures["pages"], judgement.run.figures["pages_failed"]) == (5, 2)
    assert {check.rule.name for check in judgement.checks} == {"authorities counted"}


def test_the_last_look_at_a_page_is_the_one_that_counts() -> None:
    take = sweep(3, Outcome.TRANSIENT)
    first = next(look for look in take.looks if look.page == "provider")
    take.looks.append(replace(first, outcome=Outcome.NOT_MODIFIED, cause=None))
    judgement = judge_take(take, NEW)
    assert (told(judgement), judgement.run.figures["pages"]) == ((Verdict.OK, None, False), 3)


def test_the_pages_that_were_read_and_may_be_settled_are_told_with_their_rows() -> None:
    take = sweep(30, Outcome.NOT_MODIFIED, Outcome.BROKEN)
    pages = {look.urn: look for look in take.looks if look.page == "provider"}
    take.looks += [
        replace(pages["80402"], rows=3),
        replace(pages["80403"], rows=None),
        replace(pages["80404"], url=f"{SITE}/moved", outcome=Outcome.NOT_MODIFIED),
    ]
    judgement = judge_take(take, NEW)
    assert (judgement.is_void, judgement.run.figures["pages"]) == (False, 31)
    assert judgement.read == {"80402": 3, "80403": 0} | {str(80400 + place): 1 for place in range(5, 30)}
    assert judgement.urns == {str(80400 + place) for place in range(30)} - {"80401"}
