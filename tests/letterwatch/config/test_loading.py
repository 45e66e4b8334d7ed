# ruff: noqa: E501  the messages stand as they are printed
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
secret = "hush"
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


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ('poll = "10m"|pol = "10m"', '11: [ofsted] pol: unknown key; did you mean "poll"?'),
        ("[ofsted]|[ofsetd]", '8: [ofsetd]: unknown section; did you mean "ofsted"?'),
        (
            'poll = "10m"|poll = "soon"',
            '11: [ofsted] poll: "soon" is not a duration; write one like "10m", "24h" or "7d"',
        ),
        ("flood = 20|flood = 0", "13: [ofsted] flood: should be greater than or equal to 1"),
        (
            'flood = 20|flood = "many"',
            "13: [ofsted] flood: should be a valid integer, unable to parse string as an integer",
        ),
        (
            "requests_per_second = 1.0|requests_per_second = 0",
            "7: [http] requests_per_second: should be greater than 0",
        ),
        (
            "requests_per_second = 1.0|requests_per_second = nan",
            "7: [http] requests_per_second: should be a finite number",
        ),
        (
            'contact = "https://example.org/letterwatch"|contact = "me"',
            '6: [http] contact: not a web or e-mail address; write one like "https://example.org/us"',
        ),
        (
            'reports_url = "https://|reports_url = "',
            '9: [ofsted] reports_url: not an address; write one like "https://reports.ofsted.gov.uk"',
        ),
        (
            '["files.ofsted.gov.uk"|["https://x.example"',
            '10: [ofsted] files_hosts: "https://x.example" is not a host; write its name alone, like "files.ofsted.gov.uk"',
        ),
        (
            "sqlite:///data/letterwatch.db|mysql://x",
            '3: [state] url: not a database; write one like "sqlite:///data/letterwatch.db"',
        ),
        (
            'authorities = ["Wakefield"]|authorities = "Wakefield"',
            '17: [[news]] "Wakefield Express" authorities: should be a list, like ["…"]',
        ),
        (
            'authorities = ["Wakefield"]|authorities = ["Wakefeild"]',
            '17: [[news]] "Wakefield Express" authorities: unknown authority "Wakefeild"; did you mean "Wakefield"?',
        ),
        (
            'feed = "https|page = "https://x.example"\nfeed = "https',
            '14: [[news]] "Wakefield Express": give either feed or page',
        ),
        (
            'type = "slack"|type = "slak"',
            '19: [channels.newsdesk] type: "slak" is not one of slack, email, webhook, apprise, console, file; did you mean "slack"?',
        ),
        (
            'type = "webhook"\n|',
            "26: [channels.archive] type: missing; it must be one of slack, email, webhook, apprise, console, file",
        ),
        (
            "webhook_url =|webhook_ulr =",
            '20: [channels.newsdesk] webhook_ulr: unknown key; did you mean "webhook_url"?',
        ),
        ('from = "letterwatch@example.org"\n|', "21: [channels.office] from: missing"),
        ('to = ["improvement@example.org"]|to = []', "25: [channels.office] to: must not be empty"),
        (
            "[channels.archive]|[channels.'the archive']",
            '26: [channels.the archive]: a channel\'s name has letters, digits, "-" and "_" only',
        ),
        (
            'channel = "newsdesk"|channel = "newsdsk"',
            '32: [[subscriptions]] "yorkshire" channel: there is no [channels.newsdsk]; did you mean "newsdesk"?',
        ),
        (
            "region:Yorkshire and The Humber|region:North Wset",
            '33: [[subscriptions]] "yorkshire" authorities: unknown region "North Wset"; did you mean "North West"?',
        ),
        (
            "neighbours:Wakefield|county:Kent",
            '33: [[subscriptions]] "yorkshire" authorities: "county:Kent" is not understood; use a name, "all", "region:…" or "neighbours:…"',
        ),
        ('name = "yorkshire"\n|', "30: [[subscriptions]] number 1 name: missing"),
        (
            'listen = "127.0.0.1:8600"|listen = "8600"',
            '40: [web] listen: "8600" has no port; write host and port, like "127.0.0.1:8600"',
        ),
        ("[web]|[web", "39: not valid TOML: Expected ']' at the end of a table declaration"),
        ('quiet = "22:00-07:00"|quiet = "22:00-07:00', "38: not valid TOML: Illegal character '\\n'"),
    ],
)
def test_a_slip_is_one_line_with_place_key_and_mend(file, change, line):
    before, after = change.split("|")
    assert refusal(file, DESIGN.replace(before, after, 1)) == [f"letterwatch.toml, line {line}"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ('"monitoring_visit"|"monitoring"', '34: [[subscriptions]] "yorkshire" kinds: '),
        ('"grade.changed"|"grade.chnged"', '35: [[subscriptions]] "yorkshire" events: '),
        ('delivery = "instant"|delivery = "hourly"', '37: [[subscriptions]] "yorkshire" delivery: '),
        ('quiet = "22:00-07:00"|quiet = "nights"', '38: [[subscriptions]] "yorkshire" quiet: '),
        ("smtp://user|http://user", "23: [channels.office] smtp: "),
        ("https://hooks.slack.com|hooks.slack.com", "20: [channels.newsdesk] webhook_url: "),
        ('"improvement@example.org"|"improvement"', "25: [channels.office] to: "),
    ],
)
def test_what_the_notifier_refuses_names_its_place(file, change, place):
    before, after = change.split("|")
    (line,) = refusal(file, DESIGN.replace(before, after, 1))
    assert line.startswith(f"letterwatch.toml, line {place}")


def test_several_slips_are_told_at_once_in_the_order_of_the_file(file):
    lines = refusal(
        file, DESIGN.replace("contact", "contcat").replace("flood", "floods").replace("listen", "lisen")
    )
    assert [line.split(":")[0] for line in lines] == [
        f"letterwatch.toml, line {line}" for line in (6, 13, 40)
    ]


def test_two_of_one_name_are_refused(file):
    again = '[[subscriptions]]\nname = "yorkshire"\nchannel = "office"\n'
    assert refusal(file, DESIGN + again) == [
        'letterwatch.toml, line 42: [[subscriptions]] "yorkshire" name: this name is taken; every one needs its own'
    ]


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
