"""Letterwatch: tells people that Ofsted published a letter, and what it says."""

__version__ = "0.1.0"
