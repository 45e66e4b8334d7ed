"""The one table of the API: each address, what may be asked there, what is answered, and by which view.

Routes, the OpenAPI document, the page that lists the API and docs/reference/api.md all follow it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from letterwatch.web.api import views
from letterwatch.web.api.asking import (
    CoverageQuery,
    LatestQuery,
    PublicationsQuery,
    Query,
    RunsQuery,
    VersionQuery,
)
from letterwatch.web.api.records import (
    About,
    Answer,
    AuthorityDetail,
    AuthorityList,
    CoverageList,
    ExpectedList,
    IncidentList,
    NoticeList,
    PublicationDetail,
    PublicationPage,
    RunList,
    SourceList,
)
from letterwatch.web.desk import Desk

View = Callable[[Desk, views.Call], Answer]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a path: what it is, and what it looks like."""

    description: str
    pattern: str
    example: str


PARTS = {
    "urn": Part("The authority's number at Ofsted.", r"^[0-9]{1,10}$", "80451"),
    "file_id": Part("The document's number at Ofsted.", r"^[A-Za-z0-9_-]{1,64}$", "50121234"),
}
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API, below /api; its view's docstring says what it is for."""

    path: str
    view: View
    answer: type[Answer]
    query: type[Query] = Query

    @property
    def name(self) -> str:
        """The operation's id."""
        return self.view.__name__

    @property
    def summary(self) -> str:
        """What it answers, in one line."""
        return (self.view.__doc__ or "").strip()

    @property
    def parts(self) -> tuple[str, ...]:
        """The names in its path."""
        return tuple(_NAME.findall(self.path))


OPERATIONS = (
    Operation("", views.tell_about, About),
    Operation("/publications", views.list_publications, PublicationPage, PublicationsQuery),
    Operation("/publications/{urn}/{file_id}", views.get_publication, PublicationDetail, VersionQuery),
    Operation("/authorities", views.list_authorities, AuthorityList),
    Operation("/authorities/{urn}", views.get_authority, AuthorityDetail),
    Operation("/expected", views.list_expected, ExpectedList),
    Operation("/coverage", views.list_coverage, CoverageList, CoverageQuery),
    Operation("/notices", views.list_notices, NoticeList, LatestQuery),
    Operation("/sources", views.list_sources, SourceList),
    Operation("/incidents", views.list_incidents, IncidentList, LatestQuery),
    Operation("/runs", views.list_runs, RunList, RunsQuery),
)
