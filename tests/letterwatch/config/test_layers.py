from pathlib import Path

import pytest

from letterwatch.config import Config, ConfigError, load_config

FILE = """
[ofsted]
poll = "1m"
sweep = "2h"
flood = 3
[channels.News-Desk]
type = "slack"
"""
HOOK = "https://hooks.slack.com/services/T0/B0/hush"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "letterwatch.toml"
    path.write_text(FILE)
    return path


def folder(path: Path, **secrets: str) -> str:
    path.mkdir()
    for name, text in secrets.items():
        (path / name).write_text(text)
    return str(path)


def webhook_of(config: Config) -> str | None:
    secret = getattr(config.channels["News-Desk"], "webhook_url", None)
    return secret.get_secret_value() if secret else None


def refusal(file: Path, env: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as raised:
        load_config(file, env)
    return str(raised.value)


def test_environment_wins_over_secret_files_over_the_file_over_the_defaults(file, tmp_path):
    env = {
        "CREDENTIALS_DIRECTORY": folder(tmp_path / "systemd", ofsted__poll="10m", ofsted__sweep="20h"),
        "LETTERWATCH_SECRETS_DIR": folder(
            tmp_path / "own", ofsted__sweep="21h", channels__news_desk__webhook_url=f"{HOOK}\n"
        ),
        "LETTERWATCH_OFSTED__POLL": "100m",
    }
    config = load_config(file, env)
    minutes = [each.total_seconds() / 60 for each in (config.ofsted.poll, config.ofsted.sweep)]
    assert minutes == [100, 21 * 60]
    assert config.ofsted.flood == 3
    assert config.ofsted.reports_url == Config().ofsted.reports_url
    assert webhook_of(config) == HOOK


def test_a_variable_reaches_every_kind_of_value(file):
    env = {
        "LETTERWATCH_HTTP__REQUESTS_PER_SECOND": "2.5",
        "LETTERWATCH_OFSTED__FILES_HOSTS": '["127.0.0.1:1", "127.0.0.1:2"]',
        "LETTERWATCH_OFSTED__FLOOD": "7",
        "LETTERWATCH_CHANNELS__NEWS_DESK__WEBHOOK_URL": HOOK,
        "LETTERWATCH_CHANNELS__SCREEN__TYPE": "console",
        "LETTERWATCH_SUBSCRIPTIONS": '[{"name": "a", "channel": "screen", "authorities": ["Hull"]}]',
        "LETTERWATCH_WEB__LISTEN": "[::1]:8600",
    }
    config = load_config(file, env)
    assert config.http.requests_per_second == 2.5
    assert config.ofsted.files_hosts == ("127.0.0.1:1", "127.0.0.1:2")
    assert config.ofsted.flood == 7
    assert list(config.channels) == ["News-Desk", "screen"]
    assert config.subscriptions[0].authorities == ("Hull",)
    assert config.web.listen == "[::1]:8600"
    assert webhook_of(config) == HOOK


def test_empty_and_reserved_variables_and_those_of_others_are_no_keys(file):
    env = {
        "LETTERWATCH_CHANNELS__NEWS_DESK__WEBHOOK_URL": HOOK,
        "LETTERWATCH_OFSTED__FLOOD": "",
        "LETTERWATCH_AT": "2019-11-01T09:00Z",
        "LETTERWATCH_CONFIG": "elsewhere.toml",
        "LETTERWATCH_CORPUS": "corpus",
        "OFSTED__FLOOD": "9",
    }
    assert load_config(file, env).ofsted.flood == 3


def test_other_programs_secrets_are_left_alone_but_a_slip_among_ours_is_told(file, tmp_path):
    shared = folder(
        tmp_path / "shared", database_password="x", other__program="y", LETTERWATCH_OFSTED__FLOOD="4"
    )
    (tmp_path / "shared" / ".hidden").write_text("z")
    own = folder(tmp_path / "own", channels__news_desk__webhook_url=HOOK, ofsted__flod="5")
    with_shared = {"CREDENTIALS_DIRECTORY": shared, "LETTERWATCH_CHANNELS__NEWS_DESK__WEBHOOK_URL": HOOK}
    assert load_config(file, with_shared).ofsted.flood == 4
    assert refusal(file, {**with_shared, "LETTERWATCH_SECRETS_DIR": own}) == (
        f'secret file {own}/ofsted__flod: [ofsted] flod: unknown key; did you mean "flood"?'
    )


def test_a_missing_folder_of_secrets_is_told(file, tmp_path):
    missing = str(tmp_path / "missing")
    message = f"secret files: {missing}: No such file or directory; "
    assert refusal(file, {"LETTERWATCH_SECRETS_DIR": missing}).startswith(message)


def test_a_refused_secret_is_named_but_not_shown(file, tmp_path):
    own = folder(tmp_path / "own", channels__news_desk__webhook_url="hush://x")
    message = refusal(file, {"LETTERWATCH_SECRETS_DIR": own})
    assert message.startswith(
        f"secret file {own}/channels__news_desk__webhook_url: [channels.News-Desk] webhook_url"
    )
    assert "hush" not in message
