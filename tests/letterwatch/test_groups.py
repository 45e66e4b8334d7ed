"""Options of a group and of the command behind it: each is heeded wherever it stands."""

import json
from pathlib import Path

import pytest

from tests.letterwatch.conftest import Workplace
from tests.letterwatch.here import run_here


@pytest.fixture
def elsewhere(workplace: Workplace) -> Path:
    """A folder without a configuration, beside a state that was looked at."""
    workplace.check()
    folder = workplace.folder / "elsewhere"
    folder.mkdir()
    return folder


def test_a_source_is_shown_from_the_configuration_named_before_or_behind_it(
    workplace: Workplace, elsewhere: Path
) -> None:
    config = ("--config", str(workplace.config))
    for words in ((*config, "ofsted"), ("ofsted", *config)):
        for given in (("sources", "--json", *words), ("sources", *words, "--json")):
            done = run_here(given, elsewhere)
            assert (done.returncode, done.stderr) == (0, "")
            assert json.loads(done.stdout)["source"]["name"] == "ofsted"
    other = run_here(("sources", *config, "ofsted", "--config", "other.toml"), elsewhere)
    assert other.stderr.startswith("letterwatch: other.toml: there is no such file")


def test_a_delivery_is_retried_in_the_configuration_named_before_or_behind_it(
    workplace: Workplace, elsewhere: Path
) -> None:
    config = ("--config", str(workplace.config))
    for words in ((*config, "retry", "nope"), ("retry", "nope", *config)):
        done = run_here(("deliveries", *words), elsewhere)
        assert (done.returncode, done.stderr) == (
            1,
            "letterwatch: there is no delivery nope; `letterwatch deliveries` lists them\n",
        )
