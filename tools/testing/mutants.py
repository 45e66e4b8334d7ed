"""Mutation testing of what may least be wrong: the verdicts, the diff and the outbox. `make mutants`.

mutmut changes one thing of a module at a time and runs the tests that reach it: a mutant that no test notices
has survived. Each part is worked on in a copy of its own under build/mutants, beside what was found there
before: a run that was ended goes on where it was, and only what changed since is tried anew.
"""

import argparse
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutants"
_NEEDED = ("letterwatch", "notifier", "scraper", "state", "tests")
"""What the tests import; all of it is copied."""
_PYTEST = ("-p", "no:cacheprovider", "-p", "no:xdist", "-k", "not postgres")
"""SQLite alone: mutmut forks, which no server outlives."""


@dataclass(frozen=True, slots=True)
class Part:
    """Modules to change, and the tests that speak of them: few and quick, for each mutant runs them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


PARTS: Mapping[str, Part] = {
    "verdicts": Part(
        ("state/judging/*",),
        (
            *("state/test_judging.py", "state/test_verdicts.py", "state/test_verdict_rules.py"),
            *("state/test_recognising.py", "state/test_feed_verdicts.py"),
        ),
    ),
    "diff": Part(("state/settling/diff.py",), ("state/test_diff.py", "state/test_diff_replacing.py")),
    "outbox": Part(
        ("state/delivering/*",),
        (
            *("state/test_outbox.py", "state/test_ledger.py", "state/test_receipts.py"),
            "state/test_heartbeat.py",
        ),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all where none is named")
    parser.add_argument("--only", default="", help="a mutant, or all that begin like this with a * behind")
    parser.add_argument("--results", action="store_true", help="only say what was found so far")
    options = parser.parse_args()
    unknown = [name for name in options.parts if name not in PARTS]
    if unknown:
        parser.error(f"no part is called {unknown[0]}; there are {', '.join(PARTS)}")
    for name in options.parts or PARTS:
        folder = WORK / name
        if not options.results:
            prepare(PARTS[name], folder)
            mutmut(folder, "run", "--max-children", "1", *filter(None, [options.only]))
        tell(name, find_results(folder))


def prepare(part: Part, folder: Path) -> None:
    """Copies the house as it is now, and tells mutmut what to change and which tests to run."""
    for name in _NEEDED:
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True, ignore=_ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    configuration = ConfigParser()
    configuration["mutmut"] = {
        "source_paths": "state",
        "only_mutate": _lines(part.modules),
        "also_copy": _lines(name for name in _NEEDED if name != "state"),
        "pytest_add_cli_args": _lines(_PYTEST),
        "pytest_add_cli_args_test_selection": _lines(f"tests/{test}" for test in part.tests),
        "use_git_change_detection": "false",
    }
    with (folder / "setup.cfg").open("w", encoding="utf-8") as file:
        configuration.write(file)


def mutmut(folder: Path, *words: str) -> str:
    """Runs mutmut in a part's copy; its output, where it is asked for results."""
    shown = words[0] == "run"
    command = [sys.executable, "-m", "mutmut", *words]
    done = subprocess.run(
        command, cwd=folder, check=shown, text=True, stdout=None if shown else subprocess.PIPE
    )
    return done.stdout or ""


def find_results(folder: Path) -> dict[str, str]:
    """What became of each mutant that was tried, by its name."""
    if not (folder / "mutants").is_dir():
        return {}
    lines = (line.strip().partition(": ") for line in mutmut(folder, "results", "--all", "true").splitlines())
    return {name: outcome for name, _, outcome in lines if outcome}


def tell(part: str, results: Mapping[str, str]) -> None:
    """The count of each outcome, and every mutant that no test noticed."""
    counted = Counter(results.values())
    print(
        f"{part}: {len(results)} mutants",
        *(f"{n} {outcome}" for outcome, n in counted.most_common()),
        sep=", ",
    )
    print("\n".join(f"  {name}: {outcome}" for name, outcome in results.items() if outcome in _UNNOTICED))


_UNNOTICED = ("survived", "no tests", "suspicious")


def _ignore(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__"]


def _lines(words: Iterable[str]) -> str:
    return "\n" + "\n".join(words)


if __name__ == "__main__":
    main()
