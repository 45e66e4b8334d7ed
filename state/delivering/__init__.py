"""The outbox, and how it stands."""
