"""Whether an authority's page is still that page: strangers, other dates, other owners, shrinking."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from state import Outcome, PageLook
from state.judging.recognising import Memory, Recognised, recognise
from state.records.takes import spool_looks
from tests.state.takes import LEEDS, WAKEFIELD, Crawl, entry

URNS = [str(80400 + number) for number in range(6)]
OCTOBER = date(2019, 10, 1)
KNOWN = {str(number): OCTOBER + timedelta(days=number) for number in range(1, 9)}


@dataclass(frozen=True)
class Judged:
    looks: list[PageLook]
    shrunk: frozenset[str]


def judge(crawl: Crawl, memory: Memory) -> Judged:
    take = crawl.take()
    recognised = recognise(take, memory)
    return Judged([recognised.judge(look) for look in take.looks], recognised.shrunk)


def pages(judged: Judged) -> list[tuple[Outcome, str | None]]:
    return [(look.outcome, look.cause) for look in judged.looks if look.page == "provider"]


@pytest.mark.parametrize(
    ("strange", "known", "believed"),
    [(1, 0, True), (2, 1, False), (2, 2, True), (3, 2, False), (3, 3, True)],
)
def test_where_most_pages_list_nothing_known_the_site_has_changed(
    strange: int, known: int, *, believed: bool
) -> None:
    crawl = Crawl()
    for number, urn in enumerate(URNS[: strange + known]):
        crawl.page(urn, entry("9" if number < strange else "1", urn=urn))
    crawl.look(LEEDS, Outcome.NOT_MODIFIED)
    judged = judge(crawl, Memory({urn: {"1": None} for urn in [*URNS, LEEDS]}))

    cause = f"lists nothing that is known of it, as {strange} pages do"
    expected = (Outcome.OK, None) if believed else (Outcome.BROKEN, cause)
    assert sorted(pages(judged), key=str) == sorted(
        [expected] * strange + [(Outcome.OK, None)] * known + [(Outcome.NOT_MODIFIED, None)], key=str
    )
    assert judged.shrunk == frozenset()


def test_what_was_not_read_is_left_as_it_came() -> None:
    crawl = Crawl().look(WAKEFIELD, Outcome.NOT_MODIFIED).look(LEEDS, Outcome.BLOCKED, "answered 403")
    judged = judge(crawl, Memory({WAKEFIELD: KNOWN, LEEDS: KNOWN}))
    assert pages(judged) == [(Outcome.NOT_MODIFIED, None), (Outcome.BLOCKED, "answered 403")]


@pytest.mark.parametrize(
    ("moved", "dated", "believed"),
    [(1, 1, True), (2, 3, False), (2, 4, True), (2, 5, True), (3, 5, False), (2, 8, True)],
)
def test_dates_are_read_wrongly_where_most_of_several_moved(
    moved: int, dated: int, *, believed: bool
) -> None:
    shelf = dict(list(KNOWN.items())[:dated])
    days = [day + timedelta(days=number < moved) for number, day in enumerate(shelf.values())]
    found = (entry(file_id, published_on=day) for file_id, day in zip(shelf, days, strict=True))
    judged = judge(Crawl().page(WAKEFIELD, *found), Memory({WAKEFIELD: shelf}))

    cause = f"gives other dates for {moved} of {dated} known publications"
    assert pages(judged) == [(Outcome.OK, None) if believed else (Outcome.BROKEN, cause)]


@pytest.mark.parametrize(
    ("known", "still", "shrunk"), [(4, 1, True), (4, 2, False), (3, 1, False), (8, 3, True)]
)
def test_a_page_that_lost_most_of_its_reports_was_cut(known: int, still: int, *, shrunk: bool) -> None:
    shelf = dict(list(KNOWN.items())[:known])
    found = (entry(file_id, published_on=day) for file_id, day in list(shelf.items())[:still])
    judged = judge(Crawl().page(WAKEFIELD, *found), Memory({WAKEFIELD: shelf}))

    cause = f"lists {still} of {known} publications known"
    assert pages(judged) == [(Outcome.BROKEN, cause) if shrunk else (Outcome.OK, None)]
    assert judged.shrunk == (frozenset({WAKEFIELD}) if shrunk else frozenset())


@pytest.mark.parametrize(
    ("names", "cause"),
    [
        ({WAKEFIELD: "Wakefield", LEEDS: "Leeds"}, None),
        ({WAKEFIELD: "wakefield"}, None),
        ({WAKEFIELD: "The City of Wakefield"}, None),
        ({LEEDS: "Wakefield"}, None),
        ({WAKEFIELD: "Leeds", LEEDS: "WAKEFIELD"}, f"is the page of Wakefield ({LEEDS})"),
    ],
)
def test_a_page_is_another_s_only_where_both_are_known(names: dict[str, str], cause: str | None) -> None:
    judged = judge(Crawl().page(WAKEFIELD, entry("1")), Memory(names=names))
    assert pages(judged) == [(Outcome.BROKEN if cause else Outcome.OK, cause)]


def test_only_what_the_page_itself_lists_counts() -> None:
    asked = replace(entry("1", published_on=KNOWN["1"]), listed=False)
    crawl = Crawl().page(WAKEFIELD)
    crawl.asked.append(asked)
    assert pages(judge(crawl, Memory({WAKEFIELD: {"1": KNOWN["1"]}}))) == [
        (Outcome.BROKEN, "lists nothing, 1 publications are known")
    ]


def test_a_page_that_names_no_authority_is_judged_by_nothing() -> None:
    take = Crawl().take()
    nameless = PageLook("https://reports.test/provider", "provider", Outcome.OK, take.started_at, rows=0)
    take.looks = spool_looks([nameless])
    assert recognise(take, Memory({WAKEFIELD: KNOWN})) == Recognised()
