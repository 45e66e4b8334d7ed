"""A small paper on loopback: a feed, its stories, and a crawl of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from scraper.sources import NewsSource
from scraper.spiders.news import NewsSpider
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.scraper.pages.stories import national_world_page
from tests.servers.web import Answer, Script, WebServer

PAPER = "Wakefield Express"
OFSTED = "Wakefield children's services making steady progress, Ofsted says"
TEXT = [
    "Wakefield's children's services are making steady progress, Ofsted inspectors said after a third visit.",
    "Inspectors wrote that “social workers know the children well and see them often” this time.",
    *(f"In part {part} of its answer the council said it would go on as it had begun." for part in range(20)),
]


@dataclass
class Newsroom:
    """A paper's site: `publish` puts a story on it and into its feed."""

    web: WebServer
    items: list[str] = field(default_factory=list)

    @property
    def source(self) -> NewsSource:
        return NewsSource(PAPER, self.web.url("/rss"), urns=("80451",))

    def publish(
        self,
        title: str,
        number: int,
        *,
        text: list[str] | None = None,
        on: str = "Fri, 01 Nov 2019 16:52:00 GMT",
    ) -> str:
        """A story at a path of its own; returns the path."""
        path = f"/news/story-{number}"
        page = national_world_page(title, text or TEXT, self.web.url(path), published="2019-11-01T16:52:00Z")
        self.web.serve(path, Answer(page))
        self.list_item(title, self.web.url(path), on)
        return path

    def list_item(self, title: str, url: str, on: str = "Fri, 01 Nov 2019 16:52:00 GMT") -> None:
        """An entry in the feed, wherever it leads."""
        self.items.append(
            f"<item><title>{escape(title)}</title><link>{escape(url)}</link><pubDate>{on}</pubDate></item>"
        )
        self.web.serve("/rss", self.answer())

    def answer(self, **facts: object) -> Answer:
        body = f'<rss version="2.0"><channel><title>T</title>{"".join(self.items)}</channel></rss>'
        return Answer(body, content_type="application/rss+xml", etag=f'"{hash(body)}"', **facts)  # type: ignore[arg-type]

    def serve_feed(self, *scripts: Script) -> None:
        self.web.serve("/rss", *scripts)


def crawl(
    desk: RecordingDesk, *sources: NewsSource, overlay: Mapping[str, object] | None = None, **wish: str
) -> str:
    """One round over some sources; why it ended."""
    desk.news = sources
    return run_crawl(desk, "http://127.0.0.1:1", overlay, NewsSpider, **wish)


def follow_up(desk: RecordingDesk) -> RecordingDesk:
    """A desk for the next round, which has settled what this one brought."""
    validators = {feed.look.url: feed.look.validators for feed in desk.feeds if feed.look.validators}
    return RecordingDesk(
        validators=desk.validators | validators,
        robots=desk.robots,
        opened={**desk.opened, **{opening.identity: opening.mark for opening in desk.openings}},
    )
