"""The container and the units: what they name exists, what they promise of locked doors is there.

No Docker daemon and no systemd run here: the files are parsed, and judged by systemd's own tools where
those are installed.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from letterwatch.cli import COMMANDS, cli
from letterwatch.config import load_config

ROOT = Path(__file__).resolve().parents[1]
UNITS = ("letterwatch.service", "letterwatch-backup.service", "letterwatch-worker.service")
PROGRAM = "/opt/letterwatch/bin/letterwatch"
EXAMPLES = {
    "state__url": "postgresql+psycopg://letterwatch:word@db/letterwatch",
    "web__token": "0123456789abcdef0123456789abcdef",
    "health__ping": "https://hc-ping.com/5c0c1d3e",
    "channels__newsdesk__webhook_url": "https://hooks.slack.com/services/T/B/X",
}


def read_instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, continued lines joined."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def arguments(instruction: str) -> list[str]:
    return [rest for word, rest in read_instructions() if word == instruction]


def final_stage() -> list[tuple[str, str]]:
    found = read_instructions()
    return found[max(place for place, (word, _) in enumerate(found) if word == "FROM") :]


def read_compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return loaded


def read_unit(name: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(ROOT / "deploy" / name, "utf-8")
    return parser


def load_with(tmp_path: Path, names: set[str], variable: str) -> Any:
    """The configuration with an example in each of the secret files, which must all be keys."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name in names:
        (folder / name).write_text(EXAMPLES[name] + "\n", "utf-8")
    file = tmp_path / "letterwatch.toml"
    file.write_text('[channels.newsdesk]\ntype = "slack"\n', "utf-8")
    return load_config(file, {variable: str(folder)})


def test_what_the_image_copies_is_there_and_reaches_the_builder() -> None:
    allowed = [
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    ]
    copied = [name for rest in arguments("COPY") if "--from" not in rest for name in rest.split()[:-1]]
    assert sorted(copied) == sorted(allowed)
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_image_leaves_out_whatever_may_be_secret() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[1] == "*"
    for name in ("secrets", "letterwatch.toml", ".git", "data"):
        assert not any(fnmatch(name, line[1:]) for line in ignored if line.startswith("!"))


def test_the_image_installs_what_is_locked_and_nothing_else() -> None:
    (steps,) = (rest.split(" && ") for rest in arguments("RUN") if "pip install" in rest)
    _, locked, ours, removed = (step.strip().removeprefix("/opt/letterwatch/bin/") for step in steps)
    assert locked == "pip install --require-hashes -r requirements.lock"
    assert ours == "pip install --no-deps --no-build-isolation ."
    assert removed == "pip uninstall --yes setuptools pip"
    bases = {rest.split(" ")[0] for rest in arguments("FROM")}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.(11|12|13)-slim-\w+", bases.pop())


def test_what_is_no_module_is_installed_as_well() -> None:
    """Templates, registers, the demo's letters: an image without them would fail at its first page."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    data = project["tool"]["setuptools"]["package-data"]
    left_out = [
        str(file.relative_to(ROOT))
        for package in ("letterwatch", "notifier", "scraper", "state")
        for file in (ROOT / package).rglob("*")
        if file.is_file()
        and file.suffix not in (".py", ".pyc")
        and not any(file in (ROOT / package).glob(pattern) for pattern in data.get(package, ()))
    ]
    assert left_out == []


def test_the_image_runs_the_watch_as_nobody_in_particular() -> None:
    stage = dict(final_stage())
    assert stage["USER"] == "10001:10001"
    assert json.loads(stage["ENTRYPOINT"]) == ["letterwatch"]
    assert json.loads(stage["CMD"])[0] in COMMANDS
    check = json.loads(stage["HEALTHCHECK"].partition("CMD ")[2])
    assert check == ["letterwatch", "health"]
    assert stage["WORKDIR"] == stage["VOLUME"] == "/var/lib/letterwatch"
    assert stage["STOPSIGNAL"] == "SIGTERM"


@pytest.mark.parametrize("service", ["letterwatch", "worker", "db"])
def test_every_service_is_locked_down_and_checked(service: str) -> None:
    found = read_compose()["services"][service]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert found["healthcheck"]["test"][0] == "CMD"
    assert "privileged" not in found
    assert all(port.startswith("127.0.0.1:") for port in found.get("ports", []))


def test_the_services_secrets_are_files_and_keys(tmp_path: Path) -> None:
    compose = read_compose()
    declared = compose["secrets"]
    assert all(each["file"] == f"./secrets/{name}" for name, each in declared.items())
    ours = set(compose["services"]["letterwatch"]["secrets"])
    assert ours | set(compose["services"]["db"]["secrets"]) == set(declared)
    config = load_with(tmp_path, ours, "LETTERWATCH_SECRETS_DIR")
    assert config.state.url == EXAMPLES["state__url"]
    assert config.web.token.get_secret_value() == EXAMPLES["web__token"]
    for name in compose["services"]["letterwatch"]["environment"]:
        load_config(
            tmp_path / "letterwatch.toml",
            {name: "127.0.0.1:1", "LETTERWATCH_SECRETS_DIR": str(tmp_path / "secrets")},
        )


def test_the_services_are_a_clock_and_workers_with_the_same_keys() -> None:
    services = read_compose()["services"]
    clock, worker = services["letterwatch"], services["worker"]
    assert worker["deploy"]["replicas"] == 2
    assert "ports" not in worker
    for service in (clock, worker):
        name, *options = service["command"]
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        command.make_context(name, options)  # the options exist, and their values are taken
        check = cli.get_command(click.Context(cli), service["healthcheck"]["test"][2])
        assert check is not None
        check.make_context("health", service["healthcheck"]["test"][3:])
        for key in ("image", "volumes", "secrets", "environment", "depends_on"):
            assert service[key] == clock[key]
    assert clock["command"] == ["run", "--engine", "procrastinate"]
    assert worker["command"][0] == "worker"


def test_what_is_mounted_and_waited_for_is_declared() -> None:
    compose = read_compose()
    for service in compose["services"].values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert source.startswith("./") or source in compose["volumes"]
        assert set(service.get("depends_on", ())) <= set(compose["services"])
    state = [each for each in compose["services"]["letterwatch"]["volumes"] if each.startswith("archive:")]
    assert state == [f"archive:{dict(final_stage())['VOLUME']}"]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_calls_commands_that_exist_and_is_hardened(name: str) -> None:
    service = read_unit(name)["Service"]
    program, command, *_ = shlex.split(service["ExecStart"])
    assert program == PROGRAM
    assert command in COMMANDS
    for key, value in {
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "User": "letterwatch",
        "UMask": "0077",
    }.items():
        assert service[key] == value


def test_the_watchs_unit_is_notified_and_watched() -> None:
    service = read_unit(UNITS[0])["Service"]
    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) >= 60
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"


@pytest.mark.parametrize("name", UNITS)
def test_a_units_credentials_are_keys(name: str, tmp_path: Path) -> None:
    text = (ROOT / "deploy" / name).read_text("utf-8")
    pairs = re.findall(r"^#?LoadCredential=(\w+):(/\S+)$", text, re.MULTILINE)
    assert pairs
    assert all(path == f"/etc/letterwatch/secrets/{key}" for key, path in pairs)
    needed = {key for key, _ in pairs} | {"channels__newsdesk__webhook_url"}
    config = load_with(tmp_path, needed, "CREDENTIALS_DIRECTORY")
    assert config.channels["newsdesk"].webhook_url.get_secret_value().startswith("https://hooks")


if shutil.which("systemd-analyze"):  # Debian: apt-get install systemd, which .ci/run sees to

    @pytest.mark.parametrize("name", UNITS)
    def test_systemd_takes_the_unit_and_finds_it_closed(name: str, tmp_path: Path) -> None:
        unit = tmp_path / name
        text = (ROOT / "deploy" / name).read_text("utf-8")
        unit.write_text(text.replace(PROGRAM, str(Path(sys.executable).with_name("letterwatch"))), "utf-8")
        verified = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
        )
        assert (verified.returncode, verified.stderr) == (0, "")
        judged = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=25", "--no-pager", str(unit)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert judged.returncode == 0, judged.stdout[-300:]
