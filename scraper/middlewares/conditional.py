"""Makes a request conditional where the desk still holds what a good look brought last time."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.desk import Desk, get_desk

_CONDITIONS = ("If-None-Match", "If-Modified-Since")


class ConditionalMiddleware:
    """Sends the validators stored for the address in meta `conditional_on`; never along a redirect.

    They are void for another `parser_version`. What was sent stands in meta `held`, for the judgement.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(get_desk(crawler))

    async def process_request(self, request: Request) -> None:
        """Adds the conditions, or takes them off a request that was redirected."""
        if request.meta.get("held") is not None:  # asked again, perhaps elsewhere
            for name in _CONDITIONS:
                request.headers.pop(name, None)
        request.meta["held"] = None
        address = request.meta.get("conditional_on")
        if address is None or request.meta.get("redirect_times"):
            return
        held = await self._desk.find_validators(address)
        if held is None or held.parser_version != request.meta["parser_version"]:
            return
        request.meta["held"] = held
        for name, value in zip(_CONDITIONS, (held.etag, held.last_modified), strict=True):
            if value:
                request.headers[name] = value
