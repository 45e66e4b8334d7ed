"""What is watched: pages of authorities (60 KB) and news feeds (40 KB), with validators and compression.

`python -m benchmarks.polling.site PAGES FEEDS` serves them, prints its address and all that a round asks for
as a line of JSON, and ends with its standard input.
"""

import gzip
import json
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import parse_qs

from letterwatch.demo.loopback import Request, Response
from letterwatch.demo.pages import render_provider
from letterwatch.demo.replica import Publication, Replica, ReplicaAuthority, load_replica
from letterwatch.demo.server import ReplicaServer
from scraper.pages.urls import provider_url, search_url

FIRST_URN = 80_400
PAGE_TAGS = 520  # links of a menu that bring a page to some 60 KB, as real ones have
ITEMS = 45  # of a feed of some 40 KB
STARTED = datetime.now(UTC).replace(microsecond=0)
LONG_AGO = timedelta(days=100)  # too old to be asked for again daily
_LINE = "The council said that the work would go on until the spring and thanked residents for patience. "


@dataclass(frozen=True, slots=True)
class _Held:
    """A body as it is sent, plain and compressed, and its validators."""

    plain: bytes
    packed: bytes
    etag: str
    changed: str
    kind: str


class WatchedSite(ReplicaServer):
    """Serves pages and feeds; `/turn?pages=2&feeds=3` changes some, `/traffic` tells what was sent."""

    def __init__(self, pages: int, feeds: int) -> None:
        self._pages = pages
        self._model = load_replica().publications[0]
        urns = [str(FIRST_URN + number) for number in range(pages)]
        super().__init__(
            Replica(
                tuple(ReplicaAuthority(urn, urn[-3:], f"Borough {urn}") for urn in urns),
                tuple(self._make_report(urn, 0) for urn in urns),
            )
        )
        self._feeds = [0] * feeds
        self._turns = self._asked = 0
        self._held: dict[str, _Held] = {}
        self._making = threading.Lock()

    def turn(self, pages: int, feeds: int, on: date | None = None) -> None:
        """A new report on some pages, of a day long ago unless it is named; a new story in some feeds."""
        self._turns += 1
        for number in range(pages):
            urn = str(FIRST_URN + (self._turns * 7 + number * 11) % self._pages)
            self.publish(self._make_report(urn, self._turns, on))
            self._forget(f"/provider/44/{urn}")
        if pages:
            self._forget("/search")
        for number in range(feeds):
            feed = (self._turns * 13 + number * 17) % len(self._feeds)
            self._feeds[feed] += 1
            self._forget(f"/feed/{feed}")

    def _make_report(self, urn: str, turn: int, on: date | None = None) -> Publication:
        on = on or (STARTED - LONG_AGO).date() + timedelta(days=turn)
        return replace(
            self._model,
            urn=urn,
            file_id=str(50_000_000 + int(urn) * 100 + turn),
            visited_on=on - timedelta(days=21),
            published_on=on,
            rating=None,
        )

    def _forget(self, path: str) -> None:
        for key in [key for key in self._held if key.startswith(path) and not key[len(path) :].isdecimal()]:
            del self._held[key]

    def _respond_to(self, request: Request) -> Response:
        if request.path not in ("/turn", "/traffic"):
            self._asked += 1
        match request.path.strip("/").split("/"):
            case ["turn"]:
                wish = {name: value[0] for name, value in parse_qs(request.query).items()}
                on = date.fromisoformat(wish["on"]) if "on" in wish else None
                self.turn(int(wish["pages"]), int(wish["feeds"]), on)
                return Response()
            case ["traffic"]:
                told = {**asdict(self.traffic), "requests": self._asked}
                return Response(body=json.dumps(told).encode())
            case ["feed" | "provider" | "search", *_]:
                return _answer(request, self._hold(request))
            case ["v1", "file", file_id]:
                return _send_report(super()._respond_to(request), file_id)
        return super()._respond_to(request)

    def _hold(self, request: Request) -> _Held:
        key = f"{request.path}?{request.query}" if request.query else request.path
        with self._making:
            if key not in self._held:
                self._held[key] = self._make(request)
            return self._held[key]

    def _make(self, request: Request) -> _Held:
        words = request.path.strip("/").split("/")
        if words[0] == "feed":
            body, kind = make_feed(int(words[1]), self._feeds[int(words[1])]), "application/rss+xml"
        elif words[0] == "provider":
            body, kind = make_page(self.replica, words[2], self.url), "text/html; charset=utf-8"
        else:
            bare = replace(request, headers={})
            body, kind = pad(super()._respond_to(bare).body), "text/html; charset=utf-8"
        changed = format_datetime(STARTED + timedelta(seconds=self._turns), usegmt=True)
        return _Held(body, gzip.compress(body, 6), f'"{sha256(body).hexdigest()[:32]}"', changed, kind)


def make_page(replica: Replica, urn: str, files_url: str) -> bytes:
    """An authority's page, with the menus that real ones have around their timeline."""
    return pad(render_provider(replica, urn, files_url).encode())


def pad(page: bytes) -> bytes:
    """A page with a real one's menus."""
    links = "".join(
        f'<li class="menu__item"><a class="menu__link" href="/browse/section-{number}">Section {number} of '
        "the site</a></li>\n"
        for number in range(PAGE_TAGS)
    )
    return page.replace(b"</body>", f'<ul class="menu">{links}</ul></body>'.encode())


def make_feed(number: int, version: int) -> bytes:
    """A feed of everyday news; a new version has one story more at its head."""
    items = "".join(
        f"<item><title>Road works {number}, part {part}</title><description>{_LINE * 7}</description>"
        f"<link>/news/story-{1_000_000 + part}</link>"
        f"<pubDate>{format_datetime(STARTED - timedelta(hours=ITEMS - part))}</pubDate></item>"
        for part in range(ITEMS + version, version, -1)
    )
    return f'<rss version="2.0"><channel><title>Paper {number}</title>{items}</channel></rss>'.encode()


def _answer(request: Request, held: _Held) -> Response:
    headers = {"ETag": held.etag, "Last-Modified": held.changed, "Vary": "Accept-Encoding"}
    tag = request.headers.get("if-none-match")
    if tag == held.etag or (tag is None and request.headers.get("if-modified-since") == held.changed):
        return Response(HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Type"] = held.kind
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body=held.packed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(body=held.plain, headers=headers)


def _send_report(response: Response, file_id: str) -> Response:
    """Every document is another one, if only by its last line."""
    if response.status != HTTPStatus.OK:
        return response
    return replace(response, body=response.body + f"\n% {file_id}\n".encode())


def list_urls(base: str, pages: int, feeds: int) -> Sequence[str]:
    """All that a round asks for, in the order of a sweep."""
    search = search_url(base)
    found = [search.replace("start=0", f"start={first}") for first in range(0, pages, 100)]
    found += [provider_url(base, str(FIRST_URN + number)) for number in range(pages)]
    return [*found, *(f"{base}/feed/{number}" for number in range(feeds))]


def main() -> None:
    pages, feeds = map(int, sys.argv[1:])
    with WatchedSite(pages, feeds) as site:
        print(json.dumps({"base": site.url, "urls": list_urls(site.url, pages, feeds)}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
