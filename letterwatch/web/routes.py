"""Every address of the page and the view behind it."""

from starlette.routing import BaseRoute, Route

from letterwatch.web import api
from letterwatch.web.feeds.routes import ROUTES as FEED_ROUTES
from letterwatch.web.views.authority import show_authority
from letterwatch.web.views.compare import show_compare
from letterwatch.web.views.england import show_england
from letterwatch.web.views.files import show_document, show_icon, show_static
from letterwatch.web.views.latest import show_latest
from letterwatch.web.views.letter import show_letter
from letterwatch.web.views.operation import show_deliveries, show_sources
from letterwatch.web.views.programs import show_programs

ROUTES: list[BaseRoute] = [
    Route("/", show_latest, name="latest"),
    Route("/authority/{urn}", show_authority, name="authority"),
    Route("/letter/{urn}/{file_id}", show_letter, name="letter"),
    Route("/compare", show_compare, name="compare"),
    Route("/england", show_england, name="england"),
    Route("/sources", show_sources, name="sources"),
    Route("/deliveries", show_deliveries, name="deliveries"),
    Route("/document/{sha256}", show_document, name="document"),
    Route("/static/{name}", show_static, name="static"),
    Route("/favicon.ico", show_icon, name="icon"),
    Route("/programs", show_programs, name="programs"),
    *api.ROUTES,
    *FEED_ROUTES,
]
