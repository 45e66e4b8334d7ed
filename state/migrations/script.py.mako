"""${message}."""

import sqlalchemy as sa
from alembic import op

from state.schema import UtcDateTime

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Brings the schema to ${up_revision}."""
    ${upgrades if upgrades else "pass"}
