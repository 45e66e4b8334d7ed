"""Every address of feeds, calendars, badges and tables."""

from starlette.routing import BaseRoute, Route

from letterwatch.web.feeds import views
from letterwatch.web.feeds.tables import TABLES, serve_table

ROUTES: list[BaseRoute] = [
    Route("/feeds/all.atom", views.show_feed, name="feed"),
    Route("/feeds/authority/{urn}.atom", views.show_authority_feed, name="feed_authority"),
    Route("/feeds/region/{region}.atom", views.show_region_feed, name="feed_region"),
    Route("/feeds/kind/{kind}.atom", views.show_kind_feed, name="feed_kind"),
    Route("/calendar/all.ics", views.show_calendar, name="calendar"),
    Route("/calendar/{urn}.ics", views.show_authority_calendar, name="calendar_authority"),
    Route("/badge/{urn}.svg", views.show_badge, name="badge"),
    *(Route(path, serve_table(table)) for path, table in TABLES.items()),
]
