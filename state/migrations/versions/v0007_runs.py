"""Finds what refers to a run, so that old runs are forgotten quickly."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the indexes."""
    for table in ("incidents", "decisions", "events"):
        op.create_index(op.f(f"ix_{table}_run_id"), table, ["run_id"], unique=False)
