"""Feeds, stories and notices: settled, clustered, linked to publications."""
