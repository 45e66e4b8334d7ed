"""The database and its tables, migrations, locks, and the archive."""
