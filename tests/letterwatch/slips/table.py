"""What an operator may do wrong, one record each, from the TOML files beside this one."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOM = Path(__file__).parent
WHOLE = (ROOM / "letterwatch.toml").read_text("utf-8")
PLAIN = (ROOM / "plain.toml").read_text("utf-8")
CHAPTERS = {
    "configuration": "In the configuration",
    "outside": "Around the configuration",
    "commands": "In a command",
    "state": "With the state",
    "channels": "With channels",
    "sources": "With sources",
}
"""Each chapter's file, and its heading."""


@dataclass(frozen=True)
class Slip:
    """One thing done wrong: how, in which command it shows, and what must be seen.

    `edit`: text of the configuration and what stands there instead, in pairs; `before`: a preparation of
    preparations/; `env`: variables, without their prefix; `other_user`: as a user whom file modes bind.
    `seen` is the one line on standard error, or a line of the output where the command goes on.
    """

    chapter: str
    done: str
    seen: str
    edit: tuple[str, ...] = ()
    before: str = ""
    run: tuple[str, ...] = ("publications",)
    env: dict[str, str] = field(default_factory=dict)
    other_user: bool = False
    exit: int = 1

    @property
    def needs_state(self) -> bool:
        """True where it shows on a state with a first pass, and on servers that answer."""
        return self.chapter not in ("configuration", "outside")

    def configure(self) -> str:
        """The configuration as the operator left it."""
        text = PLAIN if self.needs_state else WHOLE
        for old, new in zip(self.edit[::2], self.edit[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new, 1)
        return text


def load_slips() -> Iterator[Slip]:
    """Every record, chapter by chapter."""
    for chapter in CHAPTERS:
        yield from load_chapter(chapter)


def load_chapter(chapter: str) -> Iterator[Slip]:
    """The records of one file."""
    for record in tomllib.loads((ROOM / f"{chapter}.toml").read_text("utf-8"))["slip"]:
        yield _read(chapter, record)


def _read(chapter: str, record: dict[str, Any]) -> Slip:
    lists = {name: tuple(record[name]) for name in ("edit", "run") if name in record}
    return Slip(chapter=chapter, **(record | lists))
