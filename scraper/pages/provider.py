"""An authority's page: its timeline of publications."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bs4 import Tag

from scraper.pages.markup import PageBroken, find_date, get_attribute, get_text, parse_markup
from scraper.pages.titles import kind_of_title
from scraper.pages.urls import find_urn, get_file_id, join_url
from state import PublicationSighting

_FILE_TYPE = re.compile(r"\s*(,|\bas)\s*(a\s+)?pdf\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """An authority and all that its page links to, in the page's order (newest first)."""

    urn: str
    name: str
    entries: tuple[PublicationSighting, ...]


def parse_provider_page(body: bytes, url: str) -> ProviderPage:
    """Reads a local authority's page; raises PageBroken where it is anything else."""
    urn = find_urn(url)
    if urn is None:
        raise PageBroken("the address is not that of a local authority's page")
    soup = parse_markup(body)
    heading = soup.select_one("h1.heading--title") or soup.select_one("h1")
    if heading is None or not (name := get_text(heading)):
        raise PageBroken("the page has no heading")
    timeline = soup.select_one("ol.timeline")
    if timeline is None:
        raise PageBroken("the page has a heading but no timeline of reports")
    entries: dict[tuple[str, str], PublicationSighting] = {}
    links = list(_parse_entries(timeline, urn, name, url))
    for entry in links:
        entries.setdefault(entry.key, entry)
    if 1 < len(entries) <= len(links) / 2:
        raise PageBroken("every report stands on the page more than once")
    if not entries and timeline.select_one("a, li:not(.timeline__day)") is not None:
        raise PageBroken("the page's timeline has entries but no link to a report")
    return ProviderPage(urn, name, tuple(entries.values()))


def _parse_entries(timeline: Tag, urn: str, name: str, url: str) -> Iterator[PublicationSighting]:
    for link in timeline.select("a[href]"):
        address = join_url(url, get_attribute(link, "href"))
        if not _is_publication(link, address):
            continue
        hidden = " ".join(get_text(tag.extract()) for tag in link.select(".nonvisual"))
        title = get_text(link) or _FILE_TYPE.sub("", hidden) or "Untitled"
        yield PublicationSighting(
            urn=urn,
            authority=name,
            file_id=get_file_id(address),
            kind=kind_of_title(title, hidden),
            title=title,
            url=address,
            page_url=url,
            visited_on=_find_visit(link),
            published_on=find_date(hidden) or _find_publication(link),
        )


def _is_publication(link: Tag, address: str) -> bool:
    """By its class; should the class be renamed, by its place or an address that leads to a file."""
    if "publication-link" in link.get_attribute_list("class") or link.find_parent(class_="event__title"):
        return True
    return not get_file_id(address).startswith("url-")


def _find_visit(link: Tag) -> date | None:
    """The date of the link's event; several events may share their day's."""
    day = link.find_parent(class_="timeline__day")
    return _find_date_in(link.find_parent(class_="event"), ".timeline__date") or _find_date_in(
        day, ".timeline__date"
    )


def _find_publication(link: Tag) -> date | None:
    """The date below the link, where its hidden text has none."""
    return _find_date_in(
        link.find_parent(class_="event") or link.find_parent(class_="timeline__day"), ".event__metadata"
    )


def _find_date_in(around: Tag | None, selector: str) -> date | None:
    found = around.select_one(selector) if around is not None else None
    return find_date(get_text(found)) if found is not None else None
