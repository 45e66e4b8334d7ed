"""Alembic's entry: migrates over the connection that `state/storage/migrating.py` hands in."""

from alembic import context

import state.storage.feed_schema
import state.storage.fleet_schema
import state.storage.news_schema
import state.storage.words  # noqa: F401  their tables belong to the metadata
from state.storage.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
