"""The replica's pages, in the HTML of reports.ofsted.gov.uk."""

from datetime import date
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from letterwatch.demo.replica import Publication, Replica
from letterwatch.demo.search import Found

_templates = Environment(
    loader=PackageLoader("letterwatch.demo"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_templates.filters["day"] = lambda day: f"{day:%d %B %Y}"
ROBOTS = "User-agent: *\nDisallow: /admin\n"
SOFT_ERROR = "<html><head><title>Slim Application Error</title></head><body>Details</body></html>"


def render_search(replica: Replica, found: Found) -> str:
    """A page of search results."""
    rows = [
        {
            "urn": authority.urn,
            "name": authority.name,
            "rating": replica.rating(authority.urn),
            "latest_on": replica.latest(authority.urn).published_on,
        }
        for authority in found.authorities
    ]
    return _templates.get_template("search.html").render(
        rows=rows, total=found.total, next_query=found.next_query
    )


def render_provider(replica: Replica, urn: str, files_url: str) -> str:
    """An authority's page; publications of one visit day share a place on the timeline."""
    name = next(each.name for each in replica.authorities if each.urn == urn)
    days = [(day, list(entries)) for day, entries in groupby(replica.of_authority(urn), key=_shown_on)]
    return _templates.get_template("provider.html").render(
        urn=urn, name=name, days=days, files_url=files_url, replica_note=_note
    )


def render_redesign() -> str:
    """A page of a site that was rebuilt overnight: headings, and nothing else that is known."""
    return _templates.get_template("redesign.html").render()


def _shown_on(publication: Publication) -> date:
    return publication.visited_on or publication.published_on


def _note(publication: Publication) -> str:
    """The hidden text of a link, whose form has changed over the years."""
    form = "pdf" if publication.published_on.year < 2019 else "PDF"
    return f"{publication.title}, {form} - {publication.published_on:%d %B %Y}"
