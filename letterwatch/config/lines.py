"""On which line of a TOML text each key stands; tomllib does not say.

The text must have been accepted by tomllib: it is only followed here, not checked.
"""

import re
import tomllib

KeyPath = tuple[str | int, ...]
"""Where a value stands: keys of tables and positions in arrays, from the outermost in."""

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)
      | (?P<newline>\n)
      | (?P<quoted>\"{3}(?:[^\\]|\\.)*?\"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*')
      | (?P<mark>[][{}=,.])
      | (?P<bare>[^\s][^\s\][{}=,.#"']*)""",
    re.VERBOSE | re.DOTALL,
)
_END = ""


def locate_keys(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every table, key and array item of a valid TOML text."""
    return _Follower(text).lines


def locate_first(before: str, statement: str) -> tuple[KeyPath, KeyPath, int] | None:
    """What a statement names; how much of that the valid text before it names already, and on which line.

    None where the statement is no TOML behind its name, so that what it names cannot be told.
    """
    head = _read_head(statement)
    if head is None:
        return None
    lines = locate_keys(before)
    path = _Follower(f"{before}\n{head}").last
    known = (path[:end] for end in range(len(path), 0, -1) if path[:end] in lines)
    return next(((path, first, lines[first]) for first in known), None)


class _Follower:
    """Walks a TOML text's tokens once and notes the lines of its keys."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.last: KeyPath = ()  # what the last statement names
        self._tokens = _split(text)
        self._at = 0
        self._tables_of: dict[KeyPath, int] = {}  # arrays of tables, and how many each has so far
        self._skip_newlines()
        table: KeyPath = ()
        while self._text != _END:
            if self._text == "[":
                table = self._follow_header()
            else:
                self._follow_pair(table)
            self._skip_newlines()

    @property
    def _text(self) -> str:
        return self._tokens[self._at][0]

    @property
    def _line(self) -> int:
        return self._tokens[self._at][1]

    def _note(self, path: KeyPath, line: int) -> None:
        self.lines.setdefault(path, line)

    def _skip_newlines(self) -> None:
        while self._text == "\n":
            self._at += 1

    def _follow_header(self) -> KeyPath:
        line = self._line
        self._at += 1
        is_array = self._text == "["
        self._at += is_array
        path: KeyPath = ()
        keys = self._follow_key()
        for key in keys[:-1]:
            path = self._newest((*path, key))
        path = (*path, keys[-1])
        if is_array:
            self._tables_of[path] = self._tables_of.get(path, 0) + 1
            self._note(path, line)
            self.last = path
            path = self._newest(path)
        else:
            self.last = path
        self._note(path, line)
        self._at += 1 + is_array
        return path

    def _newest(self, path: KeyPath) -> KeyPath:
        """A path into an array of tables leads to its newest table."""
        return (*path, self._tables_of[path] - 1) if path in self._tables_of else path

    def _follow_key(self) -> list[str]:
        keys = [_unquote(self._text)]
        self._at += 1
        while self._text == ".":
            keys.append(_unquote(self._tokens[self._at + 1][0]))
            self._at += 2
        return keys

    def _follow_pair(self, table: KeyPath) -> None:
        line = self._line
        keys = self._follow_key()
        for length in range(1, len(keys) + 1):
            self._note((*table, *keys[:length]), line)
        self._at += 1
        self._follow_value((*table, *keys))
        self.last = (*table, *keys)

    def _follow_value(self, path: KeyPath) -> None:
        match self._text:
            case "[":
                self._follow_array(path)
            case "{":
                self._follow_inline_table(path)
            case _:
                while self._text not in {",", "]", "}", "\n", _END}:
                    self._at += 1

    def _follow_array(self, path: KeyPath) -> None:
        self._at += 1
        position = 0
        while self._text != "]":
            if self._text in {",", "\n"}:
                position += self._text == ","
                self._at += 1
            else:
                self._note((*path, position), self._line)
                self._follow_value((*path, position))
        self._at += 1

    def _follow_inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._text != "}":
            if self._text in {",", "\n"}:
                self._at += 1
            else:
                self._follow_pair(path)
        self._at += 1


def _split(text: str) -> list[tuple[str, int]]:
    """The text's tokens with their lines, without blanks and comments; the last one is the end."""
    tokens = []
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            tokens.append((match.group(), line))
        line += match.group().count("\n")
    return [*tokens, (_END, line)]


def _read_head(statement: str) -> str | None:
    """A statement without its value and whatever else stands on its lines: a header, or `key = 0`."""
    tokens = [text for text, _ in _split(statement) if text != "\n"]
    opening = 2 if tokens[:2] == ["[", "["] else 1 if tokens[:1] == ["["] else 0
    rest, end = tokens[opening:], "]" if opening else "="
    if end not in rest:
        return None
    key = "".join(rest[: rest.index(end)])
    head = f"{'[' * opening}{key}{']' * opening}" if opening else f"{key} = 0"
    try:
        tomllib.loads(head)
    except ValueError:
        return None
    return head


def _unquote(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
