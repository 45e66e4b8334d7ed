"""What a class's source says of its members: the `#:` comments above a member, or behind it."""

import ast
import inspect
import io
import tokenize
from functools import cache
from pathlib import Path

_MARK = "#:"


class UndocumentedError(Exception):
    """Something a user can see of which nothing is said; the message names it and the file."""


def find_meanings(owner: type) -> dict[str, str]:
    """What is said of each member of a class, those it inherits included; nothing where nothing is."""
    found: dict[str, str] = {}
    for each in reversed(owner.__mro__):
        file = _file_of(each)
        if file:
            found |= _read_class(file, each.__name__)
    return found


def get_meaning(owner: type, member: str) -> str:
    """What is said of one member; raises UndocumentedError."""
    meaning = find_meanings(owner).get(member)
    if not meaning:
        raise UndocumentedError(
            f"{_file_of(owner)}: nothing is said of {owner.__name__}.{member}; write `#: what it is` above it"
        )
    return meaning


@cache
def _file_of(owner: type) -> Path | None:
    """The file of a class of ours; None for those of libraries."""
    root = Path(__file__).resolve().parents[2]
    try:
        file = Path(inspect.getfile(owner))
    except (OSError, TypeError):
        return None
    inside = file.is_relative_to(root) and ".venv" not in file.parts
    return file.relative_to(root) if inside else None


@cache
def _read_class(file: Path, name: str) -> dict[str, str]:
    text = (Path(__file__).resolve().parents[2] / file).read_text("utf-8")
    above, behind = _read_comments(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and node.name == name:
            return {
                member: words
                for statement in node.body
                if (member := _name_of(statement))
                and (words := behind.get(statement.end_lineno or 0) or _climb(above, statement.lineno))
            }
    return {}


def _name_of(statement: ast.stmt) -> str | None:
    """The member that a statement makes."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if isinstance(statement, ast.AnnAssign):
        target = statement.target
    return target.id if isinstance(target, ast.Name) else None


def _read_comments(text: str) -> tuple[dict[int, str], dict[int, str]]:
    """The marked comments that have a line of their own, and those behind code, by line."""
    above: dict[int, str] = {}
    behind: dict[int, str] = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and token.string.startswith(_MARK):
            alone = not token.line[: token.start[1]].strip()
            (above if alone else behind)[token.start[0]] = token.string.removeprefix(_MARK).strip()
    return above, behind


def _climb(above: dict[int, str], line: int) -> str:
    """The marked lines directly above a line, as one text."""
    lines = []
    while line - 1 in above:
        line -= 1
        lines.append(above[line])
    return " ".join(reversed(lines))
