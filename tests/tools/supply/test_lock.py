"""The lock files hold what pyproject.toml asks for, all of it, by hash; `make lock` makes them anew."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.supply import DEVELOPMENT, ROOT, RUNTIME
from tools.supply.locking import list_runtime

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"([\w.-]+)==([^\s;]+)(?: ; (.+))?")


def read_blocks(lock: object) -> list[str]:
    """The lock's entries, each with its hashes, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", str(lock.read_text("utf-8")))  # type: ignore[attr-defined]
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read_pins(*locks: object) -> dict[str, Version]:
    """The versions that are locked for this Python and platform."""
    pins = {}
    for block in (block for lock in locks for block in read_blocks(lock)):
        found = PIN.match(block.partition(" --hash")[0])
        assert found, block
        if not found[3] or Marker(found[3]).evaluate():
            pins[canonicalize_name(found[1])] = Version(found[2])
    return pins


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT])
def test_every_package_is_pinned_and_hashed(lock: object) -> None:
    for block in read_blocks(lock):
        assert re.fullmatch(r"[\w.-]+==\S+( ; .+?)?( ?--hash=sha256:[0-9a-f]{64})+", block), block[:80]


def find_unmet(wanted: list[str], pins: dict[str, Version]) -> list[str]:
    """What no pin meets, of what is wanted on this Python and platform."""
    due = [
        each for each in map(Requirement, wanted) if not each.marker or each.marker.evaluate({"extra": ""})
    ]
    return [str(each) for each in due if not is_met(each, pins.get(canonicalize_name(each.name)))]


def is_met(wanted: Requirement, pin: Version | None) -> bool:
    return pin is not None and wanted.specifier.contains(pin, prereleases=True)


def test_the_lock_satisfies_what_the_project_asks_for() -> None:
    """Where this fails: make lock."""
    assert find_unmet(list_runtime(PROJECT), read_pins(RUNTIME)) == []
    development = PROJECT["project"]["optional-dependencies"]["dev"]
    assert find_unmet(development, read_pins(RUNTIME, DEVELOPMENT)) == []


def test_a_demand_that_the_lock_does_not_meet_is_noticed() -> None:
    pins = read_pins(RUNTIME)
    assert find_unmet(["scrapy>=99", "no-such-package", "requests>=2"], pins) == [
        "scrapy>=99",
        "no-such-package",
    ]


def test_the_lock_is_whole() -> None:
    """Each package that stands in it finds there what it needs itself, in a version that suits it."""
    unmet = {}
    for locks in ((RUNTIME,), (RUNTIME, DEVELOPMENT)):
        pins = read_pins(*locks)
        for name in pins:
            try:
                needs = distribution(name).requires or []
            except PackageNotFoundError:  # not made for this platform, or this environment is older
                continue
            if found := find_unmet(needs, pins):
                unmet[name] = found
    assert unmet == {}


def test_each_version_stands_in_one_place() -> None:
    assert set(read_pins(RUNTIME)) & set(read_pins(DEVELOPMENT)) == set()


def test_no_development_tool_runs_in_production() -> None:
    assert {"pytest", "hypothesis", "mypy", "ruff", "playwright", "uv"} & set(read_pins(RUNTIME)) == set()
