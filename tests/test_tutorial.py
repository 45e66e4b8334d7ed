"""The tutorial, run as it stands: every command of it, and every line of output that it shows."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TUTORIAL = (Path(__file__).resolve().parents[1] / "docs" / "tutorial.md").read_text("utf-8")
PORTS = (8610, 8611, 8612, 8613, 8600)  # as the tutorial names them
STAGE = "letterwatch demo --stage\n"
BIN = str(Path(sys.executable).parent)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TUTORIAL, re.DOTALL | re.MULTILINE)


def find_ports() -> list[int]:
    """Four free ports in a row, and one for the page."""
    for first in range(18_610, 60_000, 10):
        wanted = [first, first + 1, first + 2, first + 3, first + 4]
        try:
            for port in wanted:
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return wanted
    raise AssertionError("no free ports")


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LETTERWATCH_")}
    return kept | {"PATH": f"{BIN}:{os.environ['PATH']}", "COLUMNS": "120", "PYTHONUNBUFFERED": "1"}


@contextmanager
def stage(first_port: int) -> Iterator[None]:
    """`letterwatch demo --stage` in a terminal of its own."""
    words = [*STAGE.split(), "--port", str(first_port)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stdout
        for line in process.stdout:
            if "until Ctrl-C" in line:
                break
        try:
            yield
        finally:
            process.kill()


def pattern_of(line: str) -> str:
    """A line of the tutorial as a pattern; `…` is anything, white space is white space."""
    words = (re.escape(" ".join(part.split())) for part in line.split("…"))
    return ".*".join(each.strip() for each in words)


@pytest.mark.timeout(600)
def test_the_tutorial(tmp_path: Path) -> None:
    ports = dict(zip(map(str, PORTS), map(str, find_ports()), strict=True))

    def moved(text: str) -> str:
        return re.sub("|".join(ports), lambda found: ports[found[0]], text)

    scripts = [moved(block) for block in blocks("sh") if block != STAGE]
    assert len(scripts) == len(blocks("sh")) - 1
    home = {"LETTERWATCH_WEB__LISTEN": f"127.0.0.1:{ports['8600']}"}
    with stage(int(ports["8610"])):
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail"],
            input="\n".join(scripts),
            cwd=tmp_path,
            env=environment() | home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=550,
            check=False,
        )
    assert done.returncode == 0, done.stdout
    told = [" ".join(line.split()) for line in done.stdout.splitlines()]
    shown = [moved(line) for block in blocks("text") for line in block.splitlines()]
    assert shown
    assert [line for line in shown if not any(re.search(pattern_of(line), each) for each in told)] == []


def test_only_setting_up_is_not_run_here() -> None:
    (setup,) = blocks("bash")
    assert "make setup" in setup
    fenced = len(re.findall(r"^```", TUTORIAL, re.MULTILINE)) // 2
    assert fenced == len(blocks("sh")) + len(blocks("text")) + 1


def test_a_stage_whose_port_is_taken_names_the_mend() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            ["letterwatch", "demo", "--stage", "--port", str(port)],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    assert done.returncode == 1
    assert f"a port from {port} to {port + 3} is taken; name four that are free: --port" in done.stderr
