"""A new template of letters: a document in its words, and a test that the reader understands it."""

import re
from pathlib import Path

from tests.letters.maker import CONTENT, load_plan
from tools.making.places import MakingError, Tree, fill, slug_of

PLANS = "tests/letters/templates"
TESTS = "tests/scraper/letters/templates"


def make_letter_template(tree: Tree, name: str, like: str) -> list[Path]:
    """Writes a document like one there is, and its test; returns the files. Raises MakingError."""
    if not (CONTENT / f"{like}.toml").is_file():
        known = ", ".join(sorted(file.stem for file in CONTENT.glob("*.toml")))
        raise MakingError(f"no document is called {like}; there are: {known}")
    plan = load_plan(like)
    if plan.template.is_report:
        raise MakingError(f"{like} is a report; name a letter")
    slug = slug_of(name)
    text = (CONTENT / f"{like}.toml").read_text("utf-8")
    text = re.sub(r"\A(?:#[^\n]*\n)*", "", text)
    files = [
        tree.write(f"{PLANS}/{slug}.toml", fill("letter.toml.txt", name=name, like=like) + text),
        tree.write(
            f"{TESTS}/test_{slug_of(name, '_')}.py",
            fill("test_letter.py.txt", name=name, slug=slug, kind=_kind_of(like)),
        ),
    ]
    (tree.root / TESTS / "__init__.py").touch()
    return files


def _kind_of(like: str) -> str:
    return "MONITORING_VISIT" if like.endswith("monitoring") else "FOCUSED_VISIT"
