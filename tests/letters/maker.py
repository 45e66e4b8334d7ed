"""`python -m tests.letters.maker` prints `content/*.toml` as the demo's letters, the same bytes each time."""

import sys
import tomllib
from pathlib import Path

from tests.letters.letters import print_letter
from tests.letters.oddities import print_scan
from tests.letters.plans import DocumentPlan
from tests.letters.reports import print_report

CONTENT = Path(__file__).parent / "content"
LETTERS = Path(__file__).parents[2] / "letterwatch" / "demo" / "letters"
SCAN = "doncaster-2019-01-04-focused"


def load_plan(name: str) -> DocumentPlan:
    """The description of a document by its name, e.g. `wakefield-2019-11-01-monitoring`."""
    return DocumentPlan.model_validate(tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8")))


def load_template(name: str) -> DocumentPlan:
    """The description of a document in a template of its own, as `make new-letter-template` begins one."""
    file = Path(__file__).parent / "templates" / f"{name}.toml"
    return DocumentPlan.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def print_document(plan: DocumentPlan) -> bytes:
    """The PDF a description asks for."""
    return print_report(plan) if plan.template.is_report else print_letter(plan)


def main() -> None:
    """Prints every document of the demo."""
    LETTERS.mkdir(exist_ok=True)
    bodies = {path.stem: print_document(load_plan(path.stem)) for path in sorted(CONTENT.glob("*.toml"))}
    bodies[SCAN] = print_scan(["Focused visit to Doncaster children's services", "(a scan without text)"])
    for name, body in bodies.items():
        (LETTERS / f"{name}.pdf").write_bytes(body)
        sys.stdout.write(f"{name}.pdf {len(body):,} bytes\n")


if __name__ == "__main__":
    main()
