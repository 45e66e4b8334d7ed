"""Every key of the configuration, from its models."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from letterwatch.config import Config
from letterwatch.config.layers import RESERVED
from letterwatch.config.variables import PREFIX
from tools.reference.kinds import in_words
from tools.reference.markdown import link_documents, table
from tools.reference.meaning import UndocumentedError, get_meaning

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))
_ONE_DAY = 86_400  # written as "24h"
_OTHER_VARIABLES = {
    "CONFIG": "the file, where no `--config` names one",
    "SECRETS_DIR": "a folder of secret files, each named like its variable",
    "AT": "rehearses: the process's clock starts there, as in `2019-11-01T09:00Z`; "
    "a state that holds real runs refuses it",
    "CORPUS": "for tests and benchmarks: the folder of real documents",
}
_HEAD = """\
# Configuration: every key

What the file is, where a value comes from and where secrets belong: [configuration.md](../configuration.md).
A key's variable is `LETTERWATCH_<SECTION>__<KEY>`, as each table says; a secret file bears the same name.

Durations are a number and `s`, `m`, `h`, `d` or `w`: `"90s"`, `"10m"`, `"1h 30m"`; at most `"366d"`.
"""


def render_configuration() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_render(*section) for section in list_sections()), _render_variables()])


def list_sections() -> Iterator[tuple[str, str, type[BaseModel]]]:
    """Each table of the file: its heading, its keys' variables, its model."""
    for section, field in Config.model_fields.items():
        for model in _find_tables(field.annotation):
            name = section.upper()
            if "type" in model.model_fields:
                sort = get_args(model.model_fields["type"].annotation)[0]
                yield f'[{section}.NAME], type = "{sort}"', f"`{PREFIX}{name}__<NAME>__<KEY>`", model
            elif field.annotation is model:
                yield f"[{section}]", f"`{PREFIX}{name}__<KEY>`", model
            else:
                yield f"[[{section}]]", f"`{PREFIX}{name}`, a JSON list of all tables", model


def render_default(field: FieldInfo) -> str:
    """A key's default as the file would write it."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    return "none" if value is None else f"`{as_toml(value)}`"


def as_toml(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case timedelta():
            return f'"{_in_units(int(value.total_seconds()))}"'
        case str() | Path():
            return f'"{value}"'
        case tuple():
            return f"[{', '.join(map(as_toml, value))}]"
        case _:
            return str(value)


def _in_units(seconds: int) -> str:
    units = _UNITS[seconds == _ONE_DAY :]
    size, unit = next((size, unit) for size, unit in units if seconds % size == 0)
    return f"{seconds // size}{unit}"


def _find_tables(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _find_tables(part)]


def _render(heading: str, variable: str, model: type[BaseModel]) -> str:
    hints: Mapping[str, Any] = get_type_hints(model, include_extras=True)
    rows = [
        (
            f"`{field.alias or name}`",
            in_words(hints[name], null=False),
            render_default(field),
            get_meaning(model, name),
        )
        for name, field in model.model_fields.items()
    ]
    says = link_documents(" ".join((model.__doc__ or "").split()))
    return f"## {heading}\n\n{says}\n\nVariable: {variable}.\n\n" + table(
        ("key", "value", "default", "meaning"), rows
    )


def _render_variables() -> str:
    missing = sorted(name for name in RESERVED if name.removeprefix(PREFIX) not in _OTHER_VARIABLES)
    if missing:
        raise UndocumentedError(f"tools/reference/configuration.py: nothing is said of {', '.join(missing)}")
    rows = [(f"`{name}`", _OTHER_VARIABLES[name.removeprefix(PREFIX)]) for name in sorted(RESERVED)]
    return "## Variables that are no keys\n\n" + table(("variable", "meaning"), rows)
