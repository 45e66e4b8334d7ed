"""Alembic's entry: migrates over the connection that `state/migrating.py` hands in."""

from alembic import context

import state.feed_schema
import state.news_schema
import state.words  # noqa: F401  their tables belong to the metadata
from state.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
