"""Since when each address answers the same: what a Last-Modified date rests on. Pure."""

from collections import OrderedDict
from datetime import datetime

_MOST = 5_000


class Freshness:
    """Remembers since when each address answers the same; what it forgot is as fresh as now.

    Used from the loop alone.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._seen: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    def note(self, address: str, etag: str, now: datetime) -> datetime:
        """The moment, whole seconds, since which an address is known to answer this."""
        known, since = self._seen.get(address, ("", now))
        since = since if known == etag else now.replace(microsecond=0)
        self._seen[address] = (etag, since)
        self._seen.move_to_end(address)
        while len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return since
