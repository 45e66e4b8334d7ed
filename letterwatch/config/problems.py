"""What is wrong with a configuration: one line each, naming place, key and mend, never a secret."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from letterwatch.config.keys import (
    LISTED,
    as_section,
    find_other_words,
    find_sections,
    keys_of,
    known_keys,
    tables_in,
    types_of,
)
from letterwatch.config.lines import KeyPath
from letterwatch.config.variables import guess_variables, name_variable
from state import find_nearest, suggest

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
_WITH_TWO = "with two underscores between names"
_SHORT = ("too_short", "string_too_short")


class ConfigError(Exception):
    """The configuration cannot be used; the message has one line for each thing to mend."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the value at a path; in other words where a variable or a secret file gave it."""

    path: KeyPath
    text: str
    of_variable: str = ""


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

    def is_laid_over(self, path: KeyPath) -> bool:
        """True where the value at a path came from a variable or a secret file."""
        return any(path[:length] in self.origins for length in range(len(path), 0, -1))

    def line(self, path: KeyPath) -> int:
        """The line of a path or of its nearest table; 0 where the file has neither."""
        inner = (path[:length] for length in range(len(path), 0, -1))
        return next((self.lines[each] for each in inner if each in self.lines), 0)


def render_problems(problems: Iterable[Problem], places: Places, tree: Mapping[str, Any]) -> list[str]:
    """Each problem in one line, in the file's order: `letterwatch.toml, line 14: [ofsted] pol: unknown`."""
    ordered = sorted(problems, key=lambda problem: places.line(problem.path))
    described = (
        (
            places.name(each.path),
            _describe(each.path, tree),
            each.of_variable if each.of_variable and places.is_laid_over(each.path) else each.text,
        )
        for each in ordered
    )
    return [" ".join(": ".join(part for part in parts if part).split()) for parts in described]


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
            return _explain_unknown(path, model, tree)
        case "union_tag_not_found":
            near = find_nearest(str(path[-1]), [name for name in tree["channels"] if name != path[-1]])
            mend = f"; or did you mean [channels.{near}]?" if near else ""
            return Problem((*path, "type"), f"missing; it must be one of {_tags_of(model, path)}{mend}")
        case "union_tag_invalid":
            return Problem((*path, "type"), _choice(str(context["tag"]), context["expected_tags"]))
        case "value_error":
            return Problem(path, str(context["error"]))
        case _:
            return Problem(
                path, _explain_shape(path, details, tree), _explain_variable(path, details, model, tree)
            )


def _explain_unknown(path: KeyPath, model: type[BaseModel], tree: Mapping[str, Any]) -> Problem:
    """A key or section that there is not, and what was meant."""
    others = [f'"{word}"' for word in find_other_words(model, path, tree)]
    near = f"; did you mean {_say_or(others)}?" if others else ""
    near = near or _part(model, path) or suggest(str(path[-1]), known_keys(model, path, tree))
    variables = _say_or(guess_variables(model, path, tree))
    return Problem(
        path,
        f"unknown {_thing(path, tree)}{near or _send_on(model, path) or _list_known(model, path, tree)}",
        f"unknown; did you mean {variables}, {_WITH_TWO}?" if variables else "",
    )


def _explain_variable(
    path: KeyPath, details: ErrorDetails, model: type[BaseModel], tree: Mapping[str, Any]
) -> str:
    """What shape a variable should have had, where that is written otherwise than in the file."""
    if path[1:] == () and path[0] in LISTED:
        auto = '"auto", or ' if path[0] == "news" else ""
        return f'should be {auto}a list of objects in JSON: [{{"name": "…", …}}]'
    if details["type"] in _TABLES:
        variables = _say_or(guess_variables(model, path, tree))
        if variables:
            return f"should be a table; did you mean {variables}, {_WITH_TWO}?"
        return f"this is a section; name its key, too: {name_variable(*map(str, path), 'key')}"
    return ""


def _explain_shape(path: KeyPath, details: ErrorDetails, tree: Mapping[str, Any]) -> str:
    """What shape a value should have had."""
    kind = details["type"]
    if kind in _SHORT and details.get("ctx", {})["min_length"] > 1:
        return f"too short; it needs at least {details['ctx']['min_length']} letters"
    if kind in _TABLES:
        return f"should be a table: write {as_section(str(path[0]))}"
    if kind in _LISTS and path[1:] == ():
        auto = (
            ', or news = "auto" above all sections'
            if path[0] == "news" and not isinstance(tree["news"], dict)
            else ""
        )
        return f"should be a list of tables: write [[{path[0]}]]{auto}"
    if kind in _LISTS:
        return 'should be a list, like ["…"]'
    return _PLAIN.get(kind, details["msg"].removeprefix("Input ").replace("\n", " "))


def _choice(given: str, expected: str) -> str:
    choices = re.findall(r"'([^']+)'", expected)
    others = '; "apprise" reaches others' if "apprise" in choices else ""
    return f'"{given}" is not one of {", ".join(choices)}{suggest(given, choices) or others}'


def _thing(path: KeyPath, tree: Mapping[str, Any]) -> str:
    return "section" if len(path) == 1 and isinstance(tree.get(str(path[0])), (dict, list)) else "key"


def _send_on(model: type[BaseModel], path: KeyPath) -> str:
    """Where a key belongs that is unknown where it stands and known elsewhere; else nothing."""
    name = str(path[-1])
    if name == "news":
        return '; write [[news]], or news = "auto" above all sections'
    if name in model.model_fields:
        return f"; it is a section: write {as_section(name)}"
    if len(path) == 1 and name in _types_of(model, "channels"):
        return f'; write [channels.{name}] with type = "{name}"'
    sections = [as_section(section) for section in find_sections(model, name) if section != path[0]]
    return f"; it belongs into {_say_or(sections)}" if sections else ""


def _part(model: type[BaseModel], path: KeyPath) -> str:
    """Where a key belongs that stands above all sections, joined with the name of its own; else nothing."""
    joined = (
        f"; write {key} below {as_section(section)}"
        for section in model.model_fields
        for key in keys_of(model, section)
        if path == (f"{section}_{key}",)
    )
    return next(joined, "")


def _list_known(model: type[BaseModel], path: KeyPath, tree: Mapping[str, Any]) -> str:
    """What there is where an unknown key stands."""
    return f"; known here: {', '.join(known_keys(model, path, tree))}"


def _say_or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


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


def _tags_of(model: type[BaseModel], path: KeyPath) -> str:
    return ", ".join(_types_of(model, str(path[0])))


def _types_of(model: type[BaseModel], section: str) -> list[str]:
    tables = tables_in(model.model_fields[section].annotation)
    return [tag for table in tables for tag in types_of(table)]
