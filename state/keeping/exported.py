"""What an export holds: its tables and the meaning of each column, told once for every format and the docs.

docs/reference/data-dictionary.md is made from here by `make reference`.
"""

from dataclasses import dataclass
from enum import Enum


class Sort(Enum):
    """What sort of value a column has."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table; empty where there is nothing to say."""

    name: str
    meaning: str
    sort: Sort = Sort.TEXT


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table of an export: what a row is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]


def _grade(name: str, meaning: str) -> Column:
    return Column(name, f"{meaning}: outstanding, good, requires improvement, adequate, inadequate, not read")


PUBLICATIONS = ExportedTable(
    "publications",
    "A publication on an authority's page at Ofsted, with the facts of its newest document",
    (
        Column("id", "`<urn>/<file_id>`; other tables point here"),
        Column("urn", "Ofsted's number of the authority"),
        Column("la_code", "the Department for Education's number of the authority"),
        Column("gss_code", "the authority's code in the Government Statistical Service's register"),
        Column("authority", "the authority's name"),
        Column("region", "the region it lies in"),
        Column("file_id", "Ofsted's number of the file"),
        Column("kind", "monitoring_visit, focused_visit, inspection, jtai, send or other"),
        Column("title", "as the page calls it"),
        Column("url", "address of the document"),
        Column("page_url", "address of the authority's page"),
        Column("visited_from_on", "first day of the visit: the letter's, else the page's", Sort.DATE),
        Column("visited_to_on", "last day of the visit, from the letter", Sort.DATE),
        Column("published_on", "day of publication: the page's, else the date on the letter", Sort.DATE),
        Column("first_seen_at", "when Letterwatch first saw it", Sort.TIME),
        Column("announced_at", "when it was told to subscribers; empty: recorded without telling", Sort.TIME),
        Column("status", "listed, awaiting document, missing or withdrawn"),
        Column("versions", "how many different documents have stood under this id", Sort.WHOLE),
        Column("sha256", "SHA-256 of the newest document"),
        Column("reader_version", "version of the reader that read it", Sort.WHOLE),
        Column("unreadable", "why it could not be read"),
        Column("visit_number", "which monitoring visit since the inadequate judgement", Sort.WHOLE),
        Column("pace", "how inspectors describe the pace of progress: strong, steady, early or poor"),
        Column("pace_quote", "the sentence that says so, word for word"),
        Column("pace_page", "the page it stands on", Sort.WHOLE),
        _grade("overall_effectiveness", "judgement"),
        _grade("impact_of_leaders", "judgement of leaders"),
        _grade("help_and_protection", "judgement of help and protection"),
        _grade("in_care", "judgement of children in care; before 2023 of children in care and care leavers"),
        _grade("care_leavers", "judgement of care leavers, where it is apart"),
        _grade("adoption", "judgement of adoption, in the framework of 2013"),
    ),
)

AUTHORITIES = ExportedTable(
    "authorities",
    "An authority whose page is watched",
    (
        Column("urn", "Ofsted's number of the authority"),
        Column("la_code", "the Department for Education's number of the authority"),
        Column("gss_code", "the authority's code in the Government Statistical Service's register"),
        Column("authority", "the authority's name"),
        Column("region", "the region it lies in"),
        Column("page_url", "address of its page"),
        Column("latest_report_on", "newest report that the search of the site names", Sort.DATE),
        Column("baseline_at", "when its page was first read whole", Sort.TIME),
        Column("looked_at", "when its page was last read or found unchanged", Sort.TIME),
    ),
)

VERSIONS = ExportedTable(
    "versions",
    "A document that has stood under a publication's id",
    (
        Column("publication", "the publication's id"),
        Column("ordinal", "first, second, … document under this id", Sort.WHOLE),
        Column("sha256", "SHA-256 of its bytes; the archive keeps them under it"),
        Column("text_sha256", "SHA-256 of its normalised text: the same where only the bytes differ"),
        Column("seen_at", "when it was first fetched for this publication", Sort.TIME),
        Column("size", "bytes", Sort.WHOLE),
        Column("url", "address these bytes first came from"),
        Column("reader_version", "version of the reader that read it", Sort.WHOLE),
        Column("unreadable", "why it could not be read"),
    ),
)

EVENTS = ExportedTable(
    "events",
    "Something that was told, or would have been had anybody subscribed",
    (
        Column("key", "unique for the fact"),
        Column("event", "publication.new, publication.revised, grade.changed, coverage.new, …"),
        Column("at", "when", Sort.TIME),
        Column("publication", "the publication's id"),
        Column("deliveries", "to how many recipients it went or is to go", Sort.WHOLE),
    ),
)

COVERAGE = ExportedTable(
    "coverage",
    "An article that reports a publication: link and our facts, never its text",
    (
        Column("publication", "the publication's id"),
        Column("url", "address of the article"),
        Column("title", "its headline"),
        Column("publisher", "who published it"),
        Column("published_at", "when, by the feed or the page", Sort.TIME),
        Column("seen_at", "when Letterwatch first saw it", Sort.TIME),
        Column("linked_at", "when it was linked to the publication", Sort.TIME),
        Column("score", "how sure the link is, 0 to 1", Sort.NUMBER),
    ),
)

RUNS = ExportedTable(
    "runs",
    "A run over a source as it was judged; old ones are thinned out (docs/history.md)",
    (
        Column("run", "number of the run", Sort.WHOLE),
        Column("source", "which source"),
        Column("rhythm", "poll, sweep or chosen"),
        Column("started_at", "when it began", Sort.TIME),
        Column("settled_at", "when it was judged and written", Sort.TIME),
        Column("verdict", "ok, degraded, stale, blocked or broken"),
        Column("cause", "why, where it was not ok"),
    ),
)

TABLES = (PUBLICATIONS, AUTHORITIES, VERSIONS, EVENTS, COVERAGE, RUNS)
"""Every table of an export."""

OGL_NAME = "Open Government Licence v3.0"
OGL_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
SOURCE_NAME = "Ofsted, reports.ofsted.gov.uk"
SOURCE_URL = "https://reports.ofsted.gov.uk/"
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Source: Ofsted, inspection reports and letters; Office for National Statistics, GSS codes. "
    "Collected by Letterwatch, which is not endorsed by either."
)
"""The statement that the licence asks for; every export carries it."""
