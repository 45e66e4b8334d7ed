import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from letterwatch.config import Config, ConfigError, find_config_file, load_config
from notifier.settings import EmailSettings, SlackSettings, WebhookSettings

DESIGN = """
[state]
url = "sqlite:///data/letterwatch.db"        # or postgresql+psycopg://…
archive = "data/archive"
[http]
contact = "https://example.org/letterwatch"
requests_per_second = 1.0
[ofsted]
reports_url = "https://reports.ofsted.gov.uk"
files_hosts = ["files.ofsted.gov.uk", "files.api.ofsted.gov.uk", "reports.ofsted.gov.uk"]
poll = "10m"
sweep = "24h"
flood = 20
[[news]]
name = "Wakefield Express"
feed = "https://www.wakefieldexpress.co.uk/rss"
authorities = ["Wakefield"]
[channels.newsdesk]
type = "slack"
webhook_url = "https://hooks.slack.com/services/T0/B0/hush"
[channels.office]
type = "email"
smtp = "smtp://user:hush@127.0.0.1:1025"
from = "letterwatch@example.org"
to = ["improvement@example.org"]
[channels.archive]
type = "webhook"
url = "http://127.0.0.1:9000/hook"
secret = "hush-hush-hush-hush"
[[subscriptions]]
name = "yorkshire"
channel = "newsdesk"
authorities = ["Wakefield", "region:Yorkshire and The Humber", "neighbours:Wakefield", "all"]
kinds = ["monitoring_visit", "focused_visit", "inspection"]
events = ["publication.*", "grade.changed", "coverage.new"]
themes = []
delivery = "instant"
quiet = "22:00-07:00"
[web]
listen = "127.0.0.1:8600"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "letterwatch.toml"


def load(file: Path, text: str, **env: str) -> Config:
    file.write_text(text, encoding="utf-8")
    return load_config(file, {f"LETTERWATCH_{name}": value for name, value in env.items()})


def refusal(file: Path, text: str, **env: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(file, text, **env)
    return str(raised.value).replace(f"{file.parent}/", "").splitlines()


def test_the_whole_documented_file_is_read(file):
    config = load(file, DESIGN)
    assert config.state.url == "sqlite:///data/letterwatch.db"
    assert config.http.requests_per_second == 1.0
    assert (config.ofsted.poll, config.ofsted.sweep) == (timedelta(minutes=10), timedelta(hours=24))
    assert config.news[0].authorities == ("Wakefield",)
    assert [type(channel) for channel in config.channels.values()] == [
        SlackSettings,
        EmailSettings,
        WebhookSettings,
    ]
    assert config.subscriptions[0].quiet == "22:00-07:00"
    assert config.web.listen == "127.0.0.1:8600"


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_config(None, {"HOME": str(tmp_path)}) == Config()


def test_no_secret_is_ever_shown(file):
    text = DESIGN.replace("sqlite:///data/letterwatch.db", "postgresql+psycopg://user:hush@db/letterwatch")
    config = load(file, text)
    assert "hush" not in repr(config)
    assert "hush" not in str(config)
    for mark in ("type = ", "url = ", "webhook_url = ", "smtp = ", "secret = "):
        assert "hush" not in "\n".join(refusal(file, text.replace(f"\n{mark}", f"\n{mark}[")))
    renamed = text.replace("secret =", "secert =").replace("smtp =", "stmp =").replace("+psycopg", "")
    assert "hush" not in "\n".join(refusal(file, renamed))


def test_several_slips_are_told_at_once_in_the_order_of_the_file(file):
    lines = refusal(
        file, DESIGN.replace("contact", "contcat").replace("flood", "floods").replace("listen", "lisen")
    )
    assert [line.split(":")[0] for line in lines] == [
        f"letterwatch.toml, line {line}" for line in (6, 13, 40)
    ]


def test_two_of_one_name_are_refused(file):
    again = '[[subscriptions]]\nname = "yorkshire"\nchannel = "office"\n'
    (line,) = refusal(file, DESIGN + again)
    assert line.startswith(
        'letterwatch.toml, line 42: [[subscriptions]] "yorkshire" name: this name is taken'
    )


def test_files_that_cannot_be_read_say_why(tmp_path):
    missing, latin, huge = (tmp_path / name for name in ("missing.toml", "latin.toml", "huge.toml"))
    latin.write_bytes(b"# one\n# caf\xe9\n")
    huge.write_bytes(b"#" * 1_000_001)
    for path, cause in [
        (missing, ': there is no such file; "letterwatch init" writes one'),
        (tmp_path, ": cannot be read: Is a directory"),
        (latin, ", line 2: not UTF-8 text; save the file as UTF-8"),
        (huge, ": larger than 1 MB; this cannot be a configuration"),
    ]:
        with pytest.raises(ConfigError) as raised:
            load_config(path, {})
        assert str(raised.value) == f"{path}{cause}"


def test_a_file_is_found_here_then_in_the_users_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    env = {"HOME": str(tmp_path / "home")}
    users = tmp_path / "home" / ".config" / "letterwatch" / "letterwatch.toml"
    assert find_config_file(env) is None
    users.parent.mkdir(parents=True)
    users.touch()
    assert find_config_file(env) == users
    assert find_config_file({"XDG_CONFIG_HOME": str(tmp_path / "home" / ".config")}) == users
    Path("letterwatch.toml").touch()
    assert find_config_file(env) == Path("letterwatch.toml")
    assert find_config_file({**env, "LETTERWATCH_CONFIG": "other.toml"}) == Path("other.toml")


def test_only_a_command_that_needs_a_contact_asks_for_it():
    with pytest.raises(ConfigError, match=r"\[http\] contact: missing"):
        Config().require_contact()
    config = Config.model_validate({"http": {"contact": "desk@example.org"}})
    assert config.require_contact() == "desk@example.org"


def test_the_hosts_of_ofsted_are_the_sites_and_the_files(file):
    config = load(
        file, '[ofsted]\nreports_url = "http://127.0.0.1:81/"\nfiles_hosts = ["127.0.0.1:82", "127.0.0.1:81"]'
    )
    assert config.ofsted.reports_url == "http://127.0.0.1:81"
    assert config.ofsted.allowed_hosts == ("127.0.0.1:81", "127.0.0.1:82")


def test_reading_a_configuration_does_not_load_scrapy():
    code = "import sys, letterwatch.config; print([m for m in ('scrapy', 'twisted') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
