"""Commands for those who work on Letterwatch; nothing of what is installed needs them."""
