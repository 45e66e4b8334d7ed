"""The reports site in small, in the true templates, on the misbehaving server.

site = Site(web)
site.authority("80451", "Wakefield").publish("50121234", "Monitoring visit", published="01 November 2019")
site.refresh()
"""

from dataclasses import dataclass, field

from tests.servers.web import Answer, WebServer

SEARCH = "/search"
WAKEFIELD = "/provider/44/80451"
LEEDS = "/provider/44/80550"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Entry:
    """One event on a timeline; `hidden` is the text for screen readers."""

    href: str
    title: str
    published: str
    visited: str
    hidden: str

    def render(self) -> str:
        return f"""<li class="timeline__day"><div class="event">
          <p class="timeline__date"><time>{self.visited}</time></p>
          <span class="event__title heading--sub">
          <a class="publication-link" target="_blank" href="{self.href}">{self.title}
          <span class="nonvisual">{self.hidden}</span></a></span>
          <div class="event__metadata">Published <time pubdate>{self.published}</time></div></div></li>"""


@dataclass
class Place:
    """An authority with its page."""

    urn: str
    name: str
    latest: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/provider/44/{self.urn}"

    def publish(
        self, file_id: str, title: str, published: str, visited: str = "10 October 2019", href: str = ""
    ) -> None:
        """Puts a publication on top of the timeline; the search tells its date."""
        hidden = f"{title}, PDF - {published}"
        self.entries.insert(0, Entry(href or f"/v1/file/{file_id}", title, published, visited, hidden))
        self.latest = published

    def render(self) -> str:
        days = "".join(entry.render() for entry in self.entries)
        return (
            f'<!DOCTYPE html><html><body><h1 class="heading--title">{self.name}</h1>'
            f'<ol class="timeline">{days}<li class="timeline__day timeline__day--opened">Opened</li></ol>'
        )

    def render_row(self) -> str:
        latest = f"<li>Latest report: <strong><time>{self.latest}</time></strong></li>" if self.latest else ""
        return f"""<li class="search-result">
          <h3 class="search-result__title heading--main"><a href="{self.path}">{self.name}</a></h3>
          <ul class="search-result__provider-info"><li>Category: <strong>Local authority</strong></li></ul>
          <address class="search-result__address">Town Hall: 1 High Street</address>
          <ul class="search-result__provider-info">{latest}
          <li>URN: <strong>{self.urn}</strong></li></ul></li>"""


def render_search(rows: list[Place], total: int | None = None, next_path: str | None = None) -> str:
    """A page of results."""
    count = len(rows) if total is None else total
    heading = f'<h2><strong class="results-count js-results-count">{count}</strong> results</h2>'
    following = f'<a class="pagination__next" href="{next_path}">Next</a>' if next_path else ""
    items = "".join(row.render_row() for row in rows)
    return (
        f'<!DOCTYPE html><html><head><link rel="canonical" href="/"></head><body>{heading}{heading}'
        f'<ul class="results-list list-unstyled">{items}</ul><div class="pagination">{following}</div></body>'
    )


class Site:
    """Authorities and their pages; `refresh` puts their present state on the server."""

    def __init__(self, web: WebServer, *, etags: bool = False) -> None:
        self._web = web
        self._etags = etags
        self.places: list[Place] = []

    def authority(self, urn: str, name: str) -> Place:
        """Adds an authority."""
        place = Place(urn, name)
        self.places.append(place)
        return place

    def refresh(self) -> None:
        """Serves the search, every page and every document that is not scripted otherwise already."""
        self._serve(SEARCH, render_search(self.places))
        for place in self.places:
            self._serve(place.path, place.render())
            for entry in place.entries:
                if not self._web.is_served(entry.href):
                    self._web.serve(entry.href, Answer(PDF, content_type="application/pdf"))

    def _serve(self, path: str, page: str) -> None:
        etag = f'"{hash(page)}"' if self._etags else None
        self._web.serve(path, Answer(page, etag=etag))
