"""What `--json` prints, command by command and field by field, and what `check` prints last."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, get_type_hints

from pydantic import BaseModel

from letterwatch.commands.check import CheckFigures
from letterwatch.commands.preview import PreviewRow
from letterwatch.commands.reread import Reread
from letterwatch.doctor import Finding as DoctorFinding
from letterwatch.reading.linking import LinkReport
from letterwatch.sources.taking import Preview
from letterwatch.vitals.health import Health
from letterwatch.web.api.operations import OPERATIONS
from notifier.channels.webhook import WebhookBody
from state import (
    EXPORTED_TABLES,
    RUN_FIGURES,
    Authority,
    Comparison,
    DeliveryRow,
    ExpectedRow,
    Finding,
    IncidentRow,
    Letter,
    LookRow,
    PublicationRow,
    RunRow,
    SourceRow,
    TrailStep,
)
from tools.reference.kinds import find_parts, in_words, page_of, title_of
from tools.reference.markdown import slug, table
from tools.reference.meaning import UndocumentedError, find_meanings, get_meaning
from tools.reference.vocabulary import TOLD

_COLUMNS = {
    PublicationRow: {column.name: column.meaning for column in EXPORTED_TABLES[0].columns},
    RunRow: {column.name: column.meaning for column in EXPORTED_TABLES[5].columns},
}
"""Records whose fields the data dictionary tells of already."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command prints: in which form, and the records that are in it."""

    command: str
    form: str
    records: tuple[type, ...]


PRINTED = (
    Printed("check", "its last line: {0}", (CheckFigures,)),
    Printed("read --json", "{0}, a line for each document; with `--explain` also `findings`: list of {1}",
            (Letter, Finding)),
    Printed("compare --json", "{0}", (Comparison,)),
    Printed("link --json", "{0}", (LinkReport,)),
    Printed("publications --json", "list of {0}", (PublicationRow,)),
    Printed("authorities --json", "list of {0}", (Authority,)),
    Printed("expected --json", "list of {0}", (ExpectedRow,)),
    Printed("sources --json", "list of {0}", (SourceRow,)),
    Printed("sources SOURCE --json", "`source`: {0}, `runs`: list of {1}, `incidents`: list of {2}",
            (SourceRow, RunRow, IncidentRow)),
    Printed("sources check NAME --json", "{0}", (Preview,)),
    Printed("runs --json", "list of {0}", (RunRow,)),
    Printed("runs RUN --json", "`run`: {0}, `looks`: list of {1}, those that failed", (RunRow, LookRow)),
    Printed("deliveries --json", "list of {0}", (DeliveryRow,)),
    Printed("explain PUBLICATION --json", "list of {0}", (TrailStep,)),
    Printed("preview SUBSCRIPTION --json", "list of {0}", (PreviewRow,)),
    Printed("reread --json", "{0}, a line for each document", (Reread,)),
    Printed("health --json", "{0}", (Health,)),
    Printed("doctor --json", "`exit`: the exit code, `findings`: list of {0}", (DoctorFinding,)),
)  # fmt: skip
_HEAD = """\
# JSON

What commands print for programs: one JSON document in UTF-8, or one a line where it says so. Fields are
added in later versions, never renamed or taken away; skip what you do not know. A *date* is `2019-11-01`, a
*time* `2019-11-01T09:00:00Z`.
"""


def render_json() -> str:
    """The whole page."""
    rows = [(f"`letterwatch {each.command}`", _fill(each)) for each in PRINTED]
    roots = [record for each in PRINTED for record in each.records]
    roots += [WebhookBody, *(operation.answer for operation in OPERATIONS)]
    told = [record for record in list_records(roots) if page_of(record) == "json.md"]
    return "\n".join(
        [
            _HEAD,
            table(("command", "prints"), rows),
            *(render_record(each) for each in told),
            _render_figures(),
        ]
    )


def list_records(roots: Iterable[type]) -> list[type]:
    """The records given and all that they hold, each once; raises UndocumentedError for an enum not told."""
    found: dict[type, None] = {}
    waiting = list(roots)
    while waiting:
        record = waiting.pop(0)
        if issubclass(record, Enum):
            if record not in TOLD:
                raise UndocumentedError(f"tools/reference/vocabulary.py does not tell of {record.__name__}")
        elif record not in found:
            found[record] = None
            waiting += [part for hint in get_fields(record).values() for part in find_parts(hint)]
    titles = [f"{page_of(record)}#{slug(title_of(record))}" for record in found]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        raise UndocumentedError(f"two records are called {', '.join(twice)}; give one a title in kinds.py")
    return list(found)


def get_fields(record: type) -> dict[str, Any]:
    """The fields of a dataclass or a model with their types, in order."""
    hints = get_type_hints(record, include_extras=True)
    if is_dataclass(record):
        return {field.name: hints[field.name] for field in fields(record)}
    if not issubclass(record, BaseModel):
        raise UndocumentedError(f"{record.__name__} is no record; tell tools/reference/records.py its fields")
    return {field.alias or name: hints[name] for name, field in record.model_fields.items()}


def render_record(record: type) -> str:
    """A record's section: what it is, and its fields."""
    says = " ".join((record.__doc__ or "").split()).replace("<", "\\<")
    rows = [(f"`{name}`", in_words(hint), _tell(record, name)) for name, hint in get_fields(record).items()]
    return f"## {title_of(record)}\n\n{says}\n\n{table(('field', 'value', 'meaning'), rows)}"


def _tell(record: type, name: str) -> str:
    told = find_meanings(record).get(name) or _COLUMNS.get(record, {}).get(name)
    if not told and issubclass(record, BaseModel):
        told = record.model_fields[name].description
    return told or get_meaning(record, name)


def _fill(printed: Printed) -> str:
    return printed.form.format(*(in_words(record) for record in printed.records))


def _render_figures() -> str:
    rows = [(f"`{name}`", meaning) for name, meaning in RUN_FIGURES.items()]
    where = "In `runs --json` under `figures`, in the last line of `check` beside the verdict."
    return f"## Figures of a run\n\n{where}\n\n{table(('figure', 'meaning'), rows)}"
