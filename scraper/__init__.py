"""Looks at the world: fetches, and turns pages and PDFs into records. No database, no Slack."""
