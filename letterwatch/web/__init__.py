"""The page: what the state holds, to look at in a browser; read-only, served on `[web] listen`."""

from letterwatch.web.app import create_app, create_signs
from letterwatch.web.desk import Desk, get_desk
from letterwatch.web.serving import page_up, serve

__all__ = ["Desk", "create_app", "create_signs", "get_desk", "page_up", "serve"]
