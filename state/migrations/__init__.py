"""Alembic's folder: run from code (`state/storage/migrating.py`), never from a command line."""
