"""GOV.UK on loopback: a search, the feed that stands in for it, and the texts of announcements."""

import json
from http import HTTPStatus
from urllib.parse import parse_qs

from letterwatch.demo.loopback import Request, Response
from tests.servers.web import WebServer

JSON = {"Content-Type": "application/json"}
DIRECTION = "/government/publications/statutory-direction-wakefield"
COMMISSIONER = "/government/publications/commissioner-appointed"
NOTICES = (DIRECTION, COMMISSIONER)
_OLD = ("New school opens", "/government/news/school-opens", "A school.", "2019-10-01T09:30:00Z")
_NEW = (
    (
        "Statutory direction: children's services in Wakefield",
        DIRECTION,
        "A direction under section 497A.",
        "2019-11-01T08:30:00Z",
    ),
    (
        "Children's services commissioner appointed",  # whose council its text alone names
        COMMISSIONER,
        "The Secretary of State has appointed a commissioner.",
        "2019-11-01T08:40:00Z",
    ),
)


class Government:
    """Answers as GOV.UK does, behind a front; what is new is the department's."""

    front: WebServer

    def __init__(self) -> None:
        self.is_out = False

    def publish(self) -> None:
        """Announces a direction and a commissioner."""
        self.is_out = True

    def respond(self, request: Request) -> Response:
        """The answer to a request."""
        asked = parse_qs(request.query)
        match request.path:
            case "/robots.txt":
                return Response(
                    body=b"User-agent: *\nDisallow: /print\n", headers={"Content-Type": "text/plain"}
                )
            case "/api/search.json":
                return Response(body=self._search(asked["filter_organisations"][0]), headers=JSON)
            case "/search/news-and-communications.atom":
                feed = self._feed(asked["organisations[]"][0])
                return Response(body=feed, headers={"Content-Type": "application/atom+xml"})
            case path if path == f"/api/content{COMMISSIONER}" and self.is_out:
                text = {
                    "details": {"body": "<p>The commissioner will work with <b>Bradford</b> council.</p>"}
                }
                return Response(body=json.dumps(text).encode(), headers=JSON)
        return Response(HTTPStatus.NOT_FOUND, b"<h1>Page not found</h1>", {"Content-Type": "text/html"})

    def _list(self, organisation: str) -> list[tuple[str, str, str, str]]:
        news = _NEW if self.is_out and organisation == "department-for-education" else ()
        return [*news, _OLD]

    def _search(self, organisation: str) -> bytes:
        names = ("title", "link", "description", "public_timestamp")
        results = [dict(zip(names, each, strict=True)) for each in self._list(organisation)]
        return json.dumps({"results": results}).encode()

    def _feed(self, organisation: str) -> bytes:
        entries = "".join(
            f"<entry><id>{path}</id><title>{title}</title><summary>{summary}</summary>"
            f'<link rel="alternate" href="{self.front.url()}{path}"/><updated>{at}</updated></entry>'
            for title, path, summary, at in self._list(organisation)
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entries}</feed>'.encode()
