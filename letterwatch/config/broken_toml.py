"""What is wrong with a text that is not TOML: the statement it is about, where that begins, and the mend."""

import re
import tomllib
from collections.abc import Iterator

from letterwatch.config.keys import LISTED
from letterwatch.config.lines import KeyPath, locate_first
from letterwatch.config.toml_hints import find_hint

_TWICE = ("Cannot overwrite a value", "Cannot declare", "Cannot redefine", "Cannot mutate")
_STATEMENT = re.compile(r"""\s*(?:\[|[\w."'-]+\s*=)""")
_OPENING = re.compile(r"""[^=\[#]*=\s*(\[|\"{3}|'{3})""")
_BOTH_SORTS = (
    "keep one; for registered papers and your own, write a [[news]] with a name and authorities = "
    '["watched", "subscribed"] in the place of news = "auto"'
)
_SOMEWHERE = "this key or section stands in the file twice; keep one"
_LONGEST = 50_000  # characters; a longer text is not read again and again to find where a statement begins
_MOST_TRIES = 100


def explain_toml(text: str, message: str, line: int) -> tuple[int, str]:
    """Where a text that the TOML reader refused with a message is wrong, and the mend, else its own words."""
    lines = text.splitlines()
    refused = "".join(lines[line - 1 : line])
    hint = find_hint(refused)
    start = next((each for each in _find_starts(lines, line) if _is_toml(_join(lines, 1, each))), None)
    if message.startswith(_TWICE):
        if start is None:
            return line, _SOMEWHERE
        return line, _explain_twice(_join(lines, 1, start), _join(lines, start, line + 1))
    if start is not None and start < line and (hint is None or _STATEMENT.match(refused)):
        unclosed = _explain_unclosed(lines[start - 1], start)
        if unclosed is None and find_hint(lines[start - 1]):
            return start, find_hint(lines[start - 1]) or message
        return line, unclosed or hint or message
    return line, hint or message


def _join(lines: list[str], first: int, end: int) -> str:
    """The lines from one to before another, counted from 1."""
    return "\n".join(lines[first - 1 : end - 1])


def _find_starts(lines: list[str], line: int) -> Iterator[int]:
    """The lines on which the statement that was refused on a line may begin, the nearest first."""
    if sum(map(len, lines)) > _LONGEST:
        return
    nearest = range(min(line, len(lines)), max(0, line - _MOST_TRIES), -1)
    yield from (number for number in nearest if _STATEMENT.match(lines[number - 1]))


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


def _explain_unclosed(opening: str, start: int) -> str | None:
    """What began on a line and goes on where it should have ended; None where nothing did."""
    opened = _OPENING.match(opening)
    if not opened:
        return None
    if opened[1] == "[":
        lack = "a comma, a quotation mark or the closing ]"
        return f"see whether {lack} is missing in the list that begins on line {start}"
    return f"the text that begins on line {start} is not closed: {opened[1]} is missing at its end"


def _explain_twice(before: str, statement: str) -> str:
    """What stands here although it stands further up, where that is, and what to do with the two."""
    found = locate_first(before, statement)
    if found is None:
        return _SOMEWHERE
    path, first, line = found
    there = before.splitlines()[line - 1].strip()
    names = _show(path, statement.strip()), _show(first, there)
    told = "{0} stands on line {2} already" if len(set(names)) == 1 else "{0}: {1} stands on line {2} already"
    return f"{told.format(*names, line)}; {_mend_twice(path, there)}"


def _show(path: KeyPath, statement: str) -> str:
    """A path as a statement writes it: a header, or a key in its table."""
    marks = len(statement) - len(statement.lstrip("["))
    names = [part for part in path if isinstance(part, str)]
    if marks:
        return f"{'[' * marks}{'.'.join(names)}{']' * marks}"
    marks = 2 if len(names) < len(path) else 1
    table = f"{'[' * marks}{'.'.join(names[:-1])}{']' * marks} " if names[1:] else ""
    return f"{table}{names[-1]} = …"


def _mend_twice(path: KeyPath, first: str) -> str:
    match path:
        case ("news",) if not first.startswith("["):
            return _BOTH_SORTS
        case (str(name),) if name in LISTED and first.startswith("["):
            return f"write [[{name}]] in both places"
        case ("channels", _):
            return "keep one, or give each a name of its own"
        case _:
            return "keep one"
