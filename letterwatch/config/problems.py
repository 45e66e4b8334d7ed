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
    "dict_type": "should be a table",
    "model_type": "should be a table",
    "tuple_type": 'should be a list, like ["…"]',
}


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
        within = (origin for laid, origin in self.origins.items() if laid[: len(path)] == path)
        return given or next(within, self.file)

    def line(self, path: KeyPath) -> int:
        """The line of a path or of its nearest table; 0 where the file has neither."""
        inner = (path[:length] for length in range(len(path), 0, -1))
        return next((self.lines[each] for each in inner if each in self.lines), 0)


def render_problems(problems: Iterable[Problem], places: Places, tree: Mapping[str, Any]) -> list[str]:
    """Each problem in one line, in the file's order: `letterwatch.toml, line 14: [ofsted] pol: unknown`."""
    ordered = sorted(problems, key=lambda problem: places.line(problem.path))
    described = ((places.name(each.path), _describe(each.path, tree), each.text) for each in ordered)
    return [": ".join(part for part in parts if part) for parts in described]


def suggest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "poll"?` where a known word is near, else nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def explain(error: ValidationError, model: type[BaseModel], tree: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems pydantic found, in the words of this house."""
    found = [(_path_in(tree, details["loc"]), details) for details in error.errors(include_url=False)]
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
            mend = suggest(str(path[-1]), _known_keys(model, path, tree))
            return Problem(path, f"unknown {_thing(path, tree)}{mend}")
        case "union_tag_not_found":
            return Problem((*path, "type"), f"missing; it must be one of {_tags_of(model, path)}")
        case "union_tag_invalid":
            return Problem((*path, "type"), _choice(str(context["tag"]), context["expected_tags"]))
        case "value_error":
            return Problem(path, str(context["error"]))
        case plain:
            worded = details["msg"].removeprefix("Input ").replace("\n", " ")
            return Problem(path, _PLAIN.get(plain, worded))


def _choice(given: str, expected: str) -> str:
    choices = re.findall(r"'([^']+)'", expected)
    return f'"{given}" is not one of {", ".join(choices)}{suggest(given, choices)}'


def _thing(path: KeyPath, tree: Mapping[str, Any]) -> str:
    return "section" if len(path) == 1 and isinstance(tree.get(str(path[0])), (dict, list)) else "key"


def _path_in(tree: Any, location: tuple[str | int, ...]) -> KeyPath:
    """An error's location without the union tags that pydantic puts between keys."""
    path: KeyPath = ()
    node = tree
    for place, item in enumerate(location):
        is_key = isinstance(node, dict) and item in node
        if is_key or isinstance(node, list):
            node = node[item]
        elif place < len(location) - 1:
            continue
        path = (*path, item)
    return path


def _describe(path: KeyPath, tree: Mapping[str, Any]) -> str:
    """A path in the file's own notation: `[ofsted] pol`, `[[subscriptions]] "yorkshire" channel`."""
    head, *rest = path
    if len(path) == 1:
        return f"[{head}]" if isinstance(tree.get(str(head)), dict) else str(head)
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
