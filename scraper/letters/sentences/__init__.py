"""Paragraphs to sentences: whether one is whole, stands alone, may be cut, or says what another says."""
