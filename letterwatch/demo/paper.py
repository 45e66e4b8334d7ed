"""A local paper on loopback: a feed and its stories; `publish` prints the story of the letter."""

import json
from html import escape
from http import HTTPStatus

from letterwatch.demo.loopback import LoopbackServer, Request, Response

NAME = "Wakefield Express"
TITLE = "Wakefield children's services making 'steady progress', Ofsted says"
PATH = "/news/politics/council/wakefield-childrens-services-steady-progress-3470393"
_OTHER = ("Trinity run out winners in the derby", "/sport/trinity-winners-3470001")
# What stands in quotation marks is the letter's; the rest is ours, as a paper might put it.
STORY = (
    "Wakefield's children's services are making \"steady progress\", Ofsted said after a monitoring visit.",
    'Inspectors wrote: "The local authority is making steady progress in improving services for its children '
    "and young people in need of help and protection.",
    '"Children are now regularly seen by their social workers, and more recent social work practice is '
    'leading to improved outcomes for some through better focused interventions."',
    'On case recording the letter says: "Work with children is now routinely recorded."',
    'But the impact of repeat neglect on children is "not always explored and understood".',
    'The council\'s corporate director said: "We know that there is more to do."',
)


class PaperServer(LoopbackServer):
    """Serves the paper; its story of the letter appears with `publish`."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(self._respond_to, port)
        self._is_out = False

    @property
    def feed(self) -> str:
        """The address of the feed."""
        return f"{self.url}/rss"

    @property
    def story(self) -> str:
        """The address of the story."""
        return f"{self.url}{PATH}"

    def publish(self) -> None:
        """Prints the story of the letter."""
        self._is_out = True

    def _respond_to(self, request: Request) -> Response:
        match request.path:
            case "/robots.txt":
                return Response(
                    body=b"User-agent: *\nDisallow: /account\n", headers={"Content-Type": "text/plain"}
                )
            case "/rss":
                return Response(body=self._feed().encode(), headers={"Content-Type": "application/rss+xml"})
            case path if path == PATH and self._is_out:
                return Response(
                    body=self._page().encode(), headers={"Content-Type": "text/html; charset=utf-8"}
                )
        return Response(HTTPStatus.NOT_FOUND, b"<h1>Page not found</h1>", {"Content-Type": "text/html"})

    def _feed(self) -> str:
        listed = [(TITLE, PATH)] if self._is_out else []
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{self.url}{path}</link>"
            "<pubDate>Fri, 01 Nov 2019 08:55:00 GMT</pubDate></item>"
            for title, path in (*listed, _OTHER)
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{NAME}</title>{items}</channel></rss>'
        )

    def _page(self) -> str:
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": TITLE,
            "datePublished": "2019-11-01T08:55:00Z",
            "publisher": {"@type": "Organization", "name": NAME},
        }
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in STORY)
        return (
            f'<!DOCTYPE html><html lang="en"><head><title>{escape(TITLE)}</title>'
            f'<link rel="canonical" href="{self.story}">'
            f'<script type="application/ld+json">{json.dumps(facts)}</script></head>'
            f"<body><main><article><h1>{escape(TITLE)}</h1>{text}</article></main></body></html>"
        )
