"""Years: backup and restore, re-reading, forgetting, export."""
