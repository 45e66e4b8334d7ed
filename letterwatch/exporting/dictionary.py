"""Writes docs/data-dictionary.md: `python -m letterwatch.exporting.dictionary`."""

from pathlib import Path

from letterwatch.exporting.about import render_dictionary

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"
_HEAD = """\
# Data dictionary

Every table and column of `letterwatch export`. Made from `state/keeping/exported.py` by
`python -m letterwatch.exporting.dictionary`; a test fails where it lags behind. Dates are ISO (`2019-11-01`),
times UTC (`2019-11-01T09:00:00Z`); what is not known is empty.

"""


def render_document() -> str:
    """The whole document."""
    return _HEAD + render_dictionary()


if __name__ == "__main__":
    DOCUMENT.write_text(render_document(), encoding="utf-8")
