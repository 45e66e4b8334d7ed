"""Does what an operator did wrong, and brings back what was seen."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from subprocess import CompletedProcess

from tests.letterwatch.here import run_here
from tests.letterwatch.slips.bench import Bench
from tests.letterwatch.slips.preparations import PREPARATIONS
from tests.letterwatch.slips.street import Street
from tests.letterwatch.slips.table import Slip
from tests.letterwatch.test_bad_machines import WITHOUT_PRIVILEGES

_PID = re.compile(r"\bpid \d+")
_TIME = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d UTC")
_STAMP = re.compile(r"20\d{6}T\d{6}Z")


def try_slip(slip: Slip, folder: Path, street: Street) -> CompletedProcess[str]:
    """The command as it went, in words that are the same each time."""
    with ExitStack() as stack:
        bench = Bench(folder, street, stack)
        street.calm()
        if slip.needs_state:
            street.furnish(folder)
        bench.config.write_text(street.write(slip.configure()), "utf-8")
        if slip.before:
            PREPARATIONS[slip.before](bench)
        words = tuple(bench.words.get(word, word) for word in slip.run)
        env = {f"LETTERWATCH_{name}": text for name, text in slip.env.items()}
        run = run_as_other if slip.other_user else run_here
        done = run(words, folder, env)
        names = {value: name for name, value in bench.words.items()}
    seen = (_plainly(text, street, names) for text in (done.stdout, done.stderr))
    return CompletedProcess(words, done.returncode, *seen)


def run_as_other(words: tuple[str, ...], folder: Path, env: Mapping[str, str]) -> CompletedProcess[str]:
    """The command in a process that is held to the modes of files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LETTERWATCH_")}
    command = [*WITHOUT_PRIVILEGES, sys.executable, "-m", "letterwatch", *words]
    return subprocess.run(
        command, cwd=folder, env=kept | dict(env), capture_output=True, text=True, timeout=100, check=False
    )


def _plainly(text: str, street: Street, names: dict[str, str]) -> str:
    for value, name in names.items():
        text = text.replace(value, name)
    text = _TIME.sub("2026-11-26 07:00 UTC", _STAMP.sub("20261126T070000Z", street.plainly(text)))
    return _PID.sub("pid 4711", text)
