"""A table of the export as a Parquet file, its licence and columns' meaning in the file's metadata."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from state import ATTRIBUTION, OGL_URL, ExportedTable, ExportRow, Sort

_BATCH = 5_000  # rows in memory, and in a row group


class MissingPartError(Exception):
    """An optional part is not installed; the message says how to get it."""


def write_parquet(table: ExportedTable, rows: Iterable[ExportRow], file: Path) -> int:
    """Writes the rows in groups; returns how many. Raises MissingPartError without pyarrow."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise MissingPartError("Parquet needs pyarrow: pip install letterwatch[parquet]") from None
    types = {
        Sort.TEXT: pa.string(),
        Sort.WHOLE: pa.int64(),
        Sort.NUMBER: pa.float64(),
        Sort.DATE: pa.date32(),
        Sort.TIME: pa.timestamp("us", tz="UTC"),
        Sort.FLAG: pa.bool_(),
    }
    fields = [
        pa.field(each.name, types[each.sort], metadata={"description": each.meaning})
        for each in table.columns
    ]
    about = {"title": table.name, "description": table.row, "license": OGL_URL, "attribution": ATTRIBUTION}
    schema = pa.schema(fields, metadata=about)
    count = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        remaining = iter(rows)
        while batch := list(islice(remaining, _BATCH)):
            columns = [
                pa.array(values, type=field.type)
                for values, field in zip(zip(*batch, strict=True), fields, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            count += len(batch)
    return count
