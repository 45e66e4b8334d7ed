"""Alembic's folder: run from code (`state/migrating.py`), never from a command line."""
