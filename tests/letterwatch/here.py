"""The real command line, run in this process: as a person would, without the second that a start takes."""

import os
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from letterwatch.cli import main


def run_here(
    words: tuple[str, ...], folder: Path, env: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """`letterwatch WORDS` in a folder; an exception that it lets through is a traceback, and fails the test.

    Variables of Letterwatch's own are those of `env` alone.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LETTERWATCH_")}
    out, err = StringIO(), StringIO()
    with (
        chdir(folder),
        patch.dict(
            os.environ, {**kept, "XDG_CONFIG_HOME": str(folder / "no-config"), **(env or {})}, clear=True
        ),
        patch.object(sys, "argv", ["letterwatch", *words]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    return CompletedProcess(words, code, out.getvalue(), err.getvalue())
