"""Pins and hashes every package, for all supported Pythons at once: `make lock`.

`python -m tools.supply.locking` keeps pins that still satisfy pyproject.toml; `--upgrade` takes the newest.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.supply import DEVELOPMENT, EXTRAS, ROOT, RUNTIME

INDEX = "https://pypi.org/simple"
_HEAD = "# Made by `make lock` from pyproject.toml: {what}. For Python 3.11-3.13, any platform.\n"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--upgrade", action="store_true", help="the newest of all, not only of what must change"
    )
    options = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = list_runtime(project)
    _compile(runtime, RUNTIME, "what runs, extras included", upgrade=options.upgrade)
    there = _PIN.findall(RUNTIME.read_text("utf-8"))
    extra = ["-c", str(RUNTIME), *(word for name in there for word in ("--no-emit-package", name))]
    _compile(
        [*runtime, *project["project"]["optional-dependencies"]["dev"]],
        DEVELOPMENT,
        "what tests and tools need on top of requirements.lock",
        *extra,
        upgrade=options.upgrade,
    )


def list_runtime(project: dict[str, Any]) -> list[str]:
    """What pyproject.toml asks for to build and run with every extra."""
    extras = project["project"]["optional-dependencies"]
    return [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(requirement for name in EXTRAS for requirement in extras[name]),
    ]


def _compile(wanted: Iterable[str], lock: Path, what: str, *options: str, upgrade: bool) -> None:
    """Writes one lock file; uv takes what stands in it as its wish."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "wanted.in"
        asked.write_text("\n".join(wanted), "utf-8")
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", str(asked), "--output-file", str(lock)),
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"),
            *(
                "--no-config",
                "--default-index",
                INDEX,
                "--quiet",
                *options,
                *(("--upgrade",) if upgrade else ()),
            ),
        ]
        subprocess.run(command, cwd=ROOT, check=True)
    lock.write_text(_HEAD.format(what=what) + lock.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
