"""Generators for contributors: `make new-source`, `make new-letter-template`; CONTRIBUTING.md has recipes."""
