"""Where things go in the tree, and how their names are made."""

import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"
LONGEST_NAME = 50


class MakingError(Exception):
    """What keeps something from being made, in one line."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The checkout that is written to."""

    root: Path

    def write(self, place: str, text: str) -> Path:
        """Writes a new file; raises MakingError where there is one."""
        file = self.root / place
        if file.exists():
            raise MakingError(f"{place} is there already")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file


def fill(template: str, **values: str) -> str:
    """A template of ours with its values."""
    return Template((TEMPLATES / template).read_text("utf-8")).substitute(values)


def slug_of(name: str, joiner: str = "-") -> str:
    """A name for files: "Barchester Chronicle" is "barchester-chronicle"."""
    slug = joiner.join(re.findall(r"[a-z0-9]+", name.lower().replace("'", "").replace("’", "")))
    if len(name) > LONGEST_NAME:
        raise MakingError(f'"{name}" is too long; take at most {LONGEST_NAME} characters')
    if not slug:
        raise MakingError(f'"{name}" has no letter to make a name of')
    return slug
