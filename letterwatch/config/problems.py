"""What is wrong with a configuration: one line each, naming place, key and mend, never a secret."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from letterwatch.config.lines import KeyPath

_PLAIN = {
    "missing": "missing",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_type": 'should be text, like "…"',
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
}
_TABLES = ("dict_type", "model_type", "model_attributes_type")
_LISTS = ("tuple_type",)
_SHORT = ("too_short", "string_too_short")
_LISTED = ("news", "subscriptions")


class ConfigError(Exception):
    """The configuration cannot be used; the message has one line for each thing to mend."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the value at a path."""

    path: KeyPath
    text: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where values came from: the file with its lines, and what was laid over it."""

    file: str | None
    lines: Mapping[KeyPath, int]
    origins: Mapping[KeyPath, str]

    def name(self, path: KeyPath) -> str | None:
        """The variable, the secret file or the line that gave the value at a path, or its nearest table."""
        inner = [path[:length] for length in range(len(path), 0, -1)]
        given = next((self.origins[each] for each in inner if each in self.origins), None)
        if given is None and self.line(path):
            return f"{self.file}, line {self.line(path)}"
        around = [
            origin
            for each in inner
            for laid, origin in self.origins.items()
            if laid[: len(each)] == each and not self.line(each)
        ]
        return given or next(iter(around), self.file)

    def line(self, path: KeyPath) -> int:
        """The line of a path or of its nearest table; 0 where the file has neither."""
        inner = (path[:length] for length in range(len(path), 0, -1))
        return next((self.lines[each] for each in inner if each in self.lines), 0)


def render_problems(problems: Iterable[Problem], places: Places, tree: Mapping[str, Any]) -> list[str]:
    """Each problem in one line, in the file's order: `letterwatch.toml, line 14: [ofsted] pol: unknown`."""
    ordered = sorted(problems, key=lambda problem: places.line(problem.path))
    described = ((places.name(each.path), _describe(each.path, tree), each.text) for each in ordered)
    return [" ".join(": ".join(part for part in parts if part).split()) for parts in described]


def suggest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "poll"?` where a known word is near, else nothing."""
    nearest = find_nearest(word, known)
    return f'; did you mean "{nearest}"?' if nearest else ""


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one is nearest to; None where none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), None)


def explain(error: ValidationError, model: type[BaseModel], tree: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems pydantic found, in the words of this house."""
    found = [(_path_in(tree, details), details) for details in error.errors(include_url=False)]
    for path, details in found:
        is_echo = details["type"] == "too_short" and any(other[:-1] == path for other, _ in found)
        if not is_echo:
            yield _explain_one(path, details, model, tree)


def _explain_one(
    path: KeyPath, details: ErrorDetails, model: type[BaseModel], tree: Mapping[str, Any]
) -> Problem:
    context = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            mend = _join_names(model, path) or suggest(str(path[-1]), _known_keys(model, path, tree))
            mend = mend or _send_on(model, path)
            return Problem(path, f"unknown {_thing(path, tree)}{mend}")
        case "union_tag_not_found":
            near = find_nearest(str(path[-1]), [name for name in tree["channels"] if name != path[-1]])
            mend = f"; or did you mean [channels.{near}]?" if near else ""
            return Problem((*path, "type"), f"missing; it must be one of {_tags_of(model, path)}{mend}")
        case "union_tag_invalid":
            return Problem((*path, "type"), _choice(str(context["tag"]), context["expected_tags"]))
        case "value_error":
            return Problem(path, str(context["error"]))
        case _:
            return Problem(path, _explain_shape(path, details, tree))


def _explain_shape(path: KeyPath, details: ErrorDetails, tree: Mapping[str, Any]) -> str:
    """What shape a value should have had."""
    kind = details["type"]
    if kind in _SHORT and details.get("ctx", {})["min_length"] > 1:
        return f"too short; it needs at least {details['ctx']['min_length']} letters"
    if kind in _TABLES:
        return f"should be a table: write {_as_section(str(path[0]))}"
    if kind in _LISTS:
        is_table = isinstance(_find(tree, path), dict)
        return (
            f"should be a list of tables: write [[{path[0]}]]" if is_table else 'should be a list, like ["…"]'
        )
    return _PLAIN.get(kind, details["msg"].removeprefix("Input ").replace("\n", " "))


def _choice(given: str, expected: str) -> str:
    choices = re.findall(r"'([^']+)'", expected)
    return f'"{given}" is not one of {", ".join(choices)}{suggest(given, choices)}'


def _thing(path: KeyPath, tree: Mapping[str, Any]) -> str:
    return "section" if len(path) == 1 and isinstance(tree.get(str(path[0])), (dict, list)) else "key"


def _join_names(model: type[BaseModel], path: KeyPath) -> str:
    """Section and key joined by one underscore, as the name of a variable may be by mistake; else nothing."""
    for section, field in model.model_fields.items():
        key = str(path[-1]).removeprefix(f"{section}_")
        if len(path) == 1 and any(key in table.model_fields for table in _tables_in(field.annotation)):
            return f'; did you mean "{section}__{key}", with two underscores?' if key != path[-1] else ""
    return ""


def _send_on(model: type[BaseModel], path: KeyPath) -> str:
    """Where a key belongs that is unknown where it stands and known elsewhere; else nothing."""
    if path[-1] in model.model_fields:
        return f"; it is a section: write {_as_section(str(path[-1]))}"
    sections = [
        _as_section(name)
        for name, field in model.model_fields.items()
        if name != path[0]
        and any(
            path[-1] in (known, each.alias)
            for table in _tables_in(field.annotation)
            for known, each in table.model_fields.items()
        )
    ]
    places = " or ".join(filter(None, (", ".join(sections[:-1]), *sections[-1:])))
    return f"; it belongs into {places}" if sections else ""


def _as_section(name: str) -> str:
    """How the heading of a section is written."""
    return f"[{name}.NAME]" if name == "channels" else f"[[{name}]]" if name in _LISTED else f"[{name}]"


def _find(tree: Any, path: KeyPath) -> Any:
    for item in path:
        tree = tree[item]
    return tree


def _path_in(tree: Any, details: ErrorDetails) -> KeyPath:
    """An error's location without the union tags that pydantic puts between and behind keys."""
    path: KeyPath = ()
    node = tree
    location = details["loc"]
    for place, item in enumerate(location):
        is_key = isinstance(node, dict) and item in node
        if is_key or isinstance(node, list):
            node = node[item]
        elif place < len(location) - 1 or details["type"] != "missing":
            continue
        path = (*path, item)
    return path


def _describe(path: KeyPath, tree: Mapping[str, Any]) -> str:
    """A path in the file's own notation: `[ofsted] pol`, `[[subscriptions]] "yorkshire" channel`."""
    head, *rest = path
    if len(path) == 1:
        given = tree.get(str(head))
        is_listed = isinstance(given, list) and any(isinstance(each, dict) for each in given)
        return f"[[{head}]]" if is_listed else f"[{head}]" if isinstance(given, dict) else str(head)
    if isinstance(rest[0], int):
        table = tree[str(head)][rest[0]]
        name = table.get("name") if isinstance(table, dict) else None
        where = f'[[{head}]] "{name}"' if name else f"[[{head}]] number {rest[0] + 1}"
        rest = rest[1:]
    elif head == "channels":
        where, rest = f"[channels.{rest[0]}]", rest[1:]
    else:
        where = f"[{head}]"
    return " ".join([where, ".".join(key for key in rest if isinstance(key, str))]).rstrip()


def _known_keys(model: type[BaseModel], path: KeyPath, tree: Any) -> list[str]:
    """The keys that the table at a path's parent may have."""
    if len(path) == 1:
        return list(model.model_fields)
    for item in path[:-1]:
        tree = tree[item]
    return [
        field.alias or name
        for table in _tables_in(model.model_fields[str(path[0])].annotation)
        if "type" not in table.model_fields or tree.get("type") in _types_of(table)
        for name, field in table.model_fields.items()
    ]


def _tables_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [table for part in get_args(annotation) for table in _tables_in(part)]


def _types_of(table: type[BaseModel]) -> tuple[Any, ...]:
    return get_args(table.model_fields["type"].annotation)


def _tags_of(model: type[BaseModel], path: KeyPath) -> str:
    tables = _tables_in(model.model_fields[str(path[0])].annotation)
    return ", ".join(tag for table in tables for tag in _types_of(table))
