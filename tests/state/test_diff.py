"""The diff by itself."""
