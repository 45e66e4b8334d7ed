"""What the doctor asks of a database: is it whole, and what should the archive hold?"""

import sqlalchemy as sa

from state.storage.schema import documents


def find_damage(connection: sa.Connection) -> str | None:
    """The first fault of a SQLite file, None where it is whole; PostgreSQL checks its pages itself."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        return None if found == "ok" else str(found)
    if connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
        return "it takes no writes"
    return None


def sample_documents(connection: sa.Connection, number: int) -> list[str]:
    """The hashes of some archived documents, taken at random."""
    return list(connection.scalars(sa.select(documents.c.sha256).order_by(sa.func.random()).limit(number)))
