"""Commands in a folder where no configuration is: they say where it was looked for, and what that means."""

import json
from pathlib import Path

import pytest

from letterwatch.config import find_lack
from tests.letterwatch.conftest import Workplace
from tests.letterwatch.here import run_here

MEND = "`letterwatch init` writes one, --config names another"


def surroundings(workplace: Workplace) -> dict[str, str]:
    """What would otherwise be found of the machine's own, and where the site is."""
    return {
        "HOME": str(workplace.folder / "home"),
        "XDG_CONFIG_HOME": "",
        "LETTERWATCH_OFSTED__REPORTS_URL": workplace.site.url,
        "LETTERWATCH_OFSTED__FILES_HOSTS": json.dumps([workplace.site.url.removeprefix("http://")]),
        "LETTERWATCH_HTTP__REQUESTS_PER_SECOND": "1000",
    }


def lack_in(folder: Path) -> str:
    return f"there is no letterwatch.toml in {folder} or {folder}/home/.config/letterwatch: {MEND}"


def test_check_says_that_there_is_none_and_goes_on(workplace: Workplace) -> None:
    workplace.config.unlink()
    done = run_here(("check", "ofsted"), workplace.folder, surroundings(workplace))
    assert done.returncode == 0
    assert done.stderr == (
        f"{lack_in(workplace.folder)}; going on with defaults, and nobody will be told of anything new\n"
    )
    assert json.loads(done.stdout.splitlines()[-1])["sources"]["ofsted"]["verdict"] == "ok"


def test_a_configuration_of_variables_alone_is_one(workplace: Workplace) -> None:
    workplace.config.unlink()
    configured = {
        "LETTERWATCH_CHANNELS__JOURNAL__TYPE": "console",
        "LETTERWATCH_SUBSCRIPTIONS": '[{"name": "all", "channel": "journal"}]',
    }
    done = run_here(("check", "ofsted"), workplace.folder, surroundings(workplace) | configured)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("publications",),
            "there is no state at data/letterwatch.db; run `letterwatch check` or correct [state] url",
        ),
        (("send-test", "newsdesk"), 'no channel is called "newsdesk"; configured: none'),
        (("preview", "newsdesk"), 'no subscription is called "newsdesk"; configured: none'),
    ],
)
def test_other_commands_name_it_beside_what_they_miss(
    workplace: Workplace, words: tuple[str, ...], told: str
) -> None:
    workplace.config.unlink()
    done = run_here(words, workplace.folder, surroundings(workplace))
    assert done.returncode == 1
    assert done.stderr == f"letterwatch: {told}; {lack_in(workplace.folder)}\n"


def test_a_file_that_is_named_is_no_lack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env = {"HOME": str(tmp_path)}
    assert find_lack(None, env)
    assert find_lack(tmp_path / "other.toml", env) is None
    assert find_lack(None, env | {"LETTERWATCH_CONFIG": "other.toml"}) is None
    Path("letterwatch.toml").touch()
    assert find_lack(None, env) is None
