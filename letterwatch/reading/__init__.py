"""Documents and articles that a person names: fetched, read, compared, linked and shown."""
