"""The data dictionary: every table and column of an export."""

from letterwatch.exporting.about import render_dictionary

_HEAD = """\
# Data dictionary

Every table and column of `letterwatch export`. Dates are ISO (`2019-11-01`), times UTC
(`2019-11-01T09:00:00Z`); what is not known is empty. How to export: [history.md](../history.md#export).
"""


def render_data_dictionary() -> str:
    """The whole page."""
    return f"{_HEAD}\n{render_dictionary()}"
