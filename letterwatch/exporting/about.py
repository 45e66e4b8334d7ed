"""The licence and the columns' meaning, as the files beside an export tell them. Pure."""

import json
from collections.abc import Iterable

from state import (
    ATTRIBUTION,
    EXPORTED_TABLES,
    OGL_NAME,
    OGL_URL,
    SOURCE_NAME,
    SOURCE_URL,
    ExportedTable,
    Sort,
)

_CSVW_TYPES = {
    Sort.TEXT: "string",
    Sort.WHOLE: "integer",
    Sort.NUMBER: "number",
    Sort.DATE: "date",
    Sort.TIME: "dateTime",
    Sort.FLAG: "boolean",
}


def describe_csv(table: ExportedTable, file_name: str) -> str:
    """The metadata of a CSV file as the W3C's "CSV on the Web" has it: <file>-metadata.json."""
    columns = [
        {"name": each.name, "datatype": _CSVW_TYPES[each.sort], "dc:description": each.meaning}
        for each in table.columns
    ]
    return _dump(
        {
            "@context": "http://www.w3.org/ns/csvw",
            "url": file_name,
            "dc:title": table.name,
            "dc:description": table.row,
            "dc:license": {"@id": OGL_URL},
            "dc:source": SOURCE_URL,
            "dc:rights": ATTRIBUTION,
            "tableSchema": {"columns": columns},
        }
    )


def describe_datasette(database: str) -> str:
    """Datasette's metadata.json for the exported SQLite file."""
    tables = {
        table.name: {
            "description": table.row,
            "columns": {each.name: each.meaning for each in table.columns},
        }
        for table in EXPORTED_TABLES
    }
    return _dump(
        {
            "title": "Letterwatch: Ofsted's letters and reports on children's services",
            "description": ATTRIBUTION,
            "license": OGL_NAME,
            "license_url": OGL_URL,
            "source": SOURCE_NAME,
            "source_url": SOURCE_URL,
            "databases": {database: {"tables": tables}},
        }
    )


def describe_folder(names: Iterable[str]) -> str:
    """The README of a folder of exported files."""
    files = "\n".join(f"- `{name}`" for name in names)
    return f"""\
# An export of Letterwatch

{ATTRIBUTION}

Licence: {OGL_NAME}, <{OGL_URL}>. Source: {SOURCE_NAME}, <{SOURCE_URL}>.

{files}

{render_dictionary()}"""


def render_dictionary() -> str:
    """Every table and column with its meaning, as Markdown."""
    return "\n".join(_render_table(table) for table in EXPORTED_TABLES)


def _render_table(table: ExportedTable) -> str:
    rows = "\n".join(f"| `{each.name}` | {each.sort.value} | {each.meaning} |" for each in table.columns)
    head = f"## {table.name}\n\nA row: {table.row[0].lower()}{table.row[1:]}."
    return f"{head}\n\n| column | sort | meaning |\n|---|---|---|\n{rows}\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
