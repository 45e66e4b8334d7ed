"""The JSON API: read-only, described by the OpenAPI document that is made from the same table and records."""

from letterwatch.web.api.routes import ROUTES

__all__ = ["ROUTES"]
