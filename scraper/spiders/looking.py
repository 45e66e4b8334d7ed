"""What all spiders share: every request they make ends in a look, whatever becomes of it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from scraper.desk import Desk, get_desk
from scraper.fetches import Expected, Judgement
from scraper.looks import Arrival, Target, arrive, make_look
from scraper.pages import PageBroken
from scraper.sources import SourceRules
from state import Outcome

Page = TypeVar("Page")

WORTH_KEEPING = (Outcome.BROKEN, Outcome.SOFT_ERROR, Outcome.BLOCKED)


class LookingSpider(Spider):
    """Asks, judges, reads and notes; subclasses say which pages, in which order."""

    @property
    def desk(self) -> Desk:
        """Where this crawl reports to."""
        return get_desk(self.crawler)

    def ask(
        self,
        callback: Callable[..., AsyncIterator[Any]],
        target: Target,
        expected: Expected,
        parser_version: int,
        *,
        conditional: bool = False,
        priority: int = 0,
        host_rules: SourceRules | None = None,
        **kwargs: Any,
    ) -> Request:
        """A request whose answer and whose failure both go to `callback`, as its arrival.

        A conditional one asks only for what `parser_version` has not yet read at the address. `host_rules`
        take the place of the crawl's own.
        """
        arrived = partial(self._arrived, callback, target, kwargs)
        rules = {} if host_rules is None else {"host_rules": host_rules}
        return Request(
            target.url,
            callback=arrived,
            errback=arrived,
            meta={
                "expected": expected,
                "parser_version": parser_version,
                "conditional_on": target.url if conditional else None,
                **rules,
            },
            priority=priority,
        )

    def _arrived(
        self,
        callback: Callable[..., AsyncIterator[Any]],
        target: Target,
        kwargs: dict[str, Any],
        what: Response | Failure,
    ) -> AsyncIterator[Any]:
        if isinstance(what, Failure) and isinstance(what.value, CloseSpider):
            return _end(what.value)
        return callback(arrive(what, target, self.desk.now()), **kwargs)

    def read_page(self, arrival: Arrival, parse: Callable[[bytes, str], Page]) -> tuple[Page | None, Arrival]:
        """The page where there is one to be read; else None and an arrival whose judgement says why."""
        if arrival.response is None or arrival.judgement.outcome is not Outcome.OK:
            return None, arrival
        try:
            return parse(arrival.body, arrival.response.url), arrival
        except PageBroken as broken:
            return None, break_arrival(arrival, broken.cause)
        except Exception as error:  # one page that nobody foresaw must not end the sweep
            self.logger.warning("%s could not be read", arrival.target.url, exc_info=True)
            return None, break_arrival(arrival, f"the page could not be read: {type(error).__name__}")

    async def note_failed(self, arrival: Arrival) -> None:
        """Notes a page that brought no records; one that is not what it should be is kept as evidence."""
        kept = None
        if arrival.body and arrival.judgement.outcome in WORTH_KEEPING:
            kept = await self.desk.keep(arrival.body, arrival.target.url, arrival.headers)
        look = make_look(arrival, validators=arrival.find_validators(), page_sha256=kept)
        self.desk.note_look(look)


async def _end(why: CloseSpider) -> AsyncIterator[Any]:
    """Ends the crawl where the desk did in the midst of a request, which is no look at anything."""
    nothing: tuple[Request, ...] = ()
    for request in nothing:  # an asynchronous generator, as every callback is
        yield request
    raise why


def break_arrival(arrival: Arrival, cause: str) -> Arrival:
    """The arrival of a page that turned out broken when it was read."""
    return replace(arrival, judgement=Judgement(Outcome.BROKEN, cause))
