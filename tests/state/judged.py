"""Crawls of Ofsted's site as they came out, and what was judged of them."""

from dataclasses import replace

from state import Outcome, Take, Verdict
from state.judging.runs import History, Judgement
from tests.state.takes import SITE, Crawl, entry

NEW = History()
SEARCH = f"{SITE}/search"


def sweep(pages: int, *outcomes: Outcome) -> Take:
    """A sweep of so many pages, the first of which came out as told."""
    crawl = Crawl()
    for number in range(pages):
        urn = str(80400 + number)
        if number < len(outcomes):
            crawl.look(urn, outcomes[number], "answered 503")
        else:
            crawl.page(urn, entry("1", urn=urn))
    return crawl.take()


def told(judgement: Judgement) -> tuple[Verdict, str | None, bool]:
    return judgement.run.verdict, judgement.run.cause, judgement.is_void


def search(take: Take, *pages: dict[str, object]) -> Take:
    """The take with these pages of the search in place of its one."""
    (first, *others) = take.looks
    looks = [replace(first, url=f"{SEARCH}?start={number}", **facts) for number, facts in enumerate(pages)]  # type: ignore[arg-type]
    take.looks._held[:] = [*looks, *others]
    return take
