"""What is known, as plain values: the field's words, letters, events, and what a crawl brings home."""
