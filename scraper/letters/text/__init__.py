"""A PDF's bytes to pages, lines, paragraphs and sections."""
