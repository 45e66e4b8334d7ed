import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from letterwatch.commands.init import command
from letterwatch.config import Config, ConfigError, load_config
from notifier.settings import ConsoleSettings, EmailSettings, SlackSettings

HOOK = "https://hooks.slack.com/services/T0/B0/hush"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, answers: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(command, arguments, input="\n".join((*answers, "")))


def written(file: str = "letterwatch.toml", **env: str) -> Config:
    assert stat.S_IMODE(Path(file).stat().st_mode) == 0o600
    return load_config(Path(file), env)


def test_yes_asks_nothing_and_watches_everything_in_the_terminal():
    result = run("--yes")
    assert result.exit_code == 0
    config = written()
    assert isinstance(config.channels["terminal"], ConsoleSettings)
    assert config.subscriptions[0].authorities == ("all",)
    assert "all.clear" in config.subscriptions[0].events
    assert config.http.contact is None
    assert config.news == ()
    assert config.ofsted == Config().ofsted.model_copy(update={"fewest_authorities": 140})
    assert config.state == Config().state
    assert config.web == Config().web
    assert "set contact in [http]" in result.output
    assert "letterwatch check  " in result.output


def test_options_take_the_place_of_questions():
    options = (
        "--contact",
        "desk@example.org",
        "--authorities",
        "Hull; region:North West",
        "--slack-webhook",
        HOOK,
    )
    result = run("--yes", *options, "--config", "etc/lw.toml")
    config = written("etc/lw.toml")
    assert config.require_contact() == "desk@example.org"
    assert config.subscriptions[0].authorities == ("Hull", "region:North West")
    assert isinstance(config.channels["newsdesk"], SlackSettings)
    assert "letterwatch send-test newsdesk --config etc/lw.toml" in result.output
    assert "hush" not in result.output


def test_answers_for_slack_are_asked_again_until_they_are_right():
    answers = (
        "",
        "me",
        "https://example.org",
        "Wakefeild",
        "Wakefield, Leeds",
        "slack",
        "hooks.slack.com",
        HOOK,
        "",
    )
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    assert 'did you mean "Wakefield"?' in result.output
    assert result.output.count("Error: ") == 3
    config = written()
    assert config.http.contact == "https://example.org"
    assert config.subscriptions[0].authorities == ("Wakefield", "Leeds")
    webhook = config.channels["newsdesk"]
    assert isinstance(webhook, SlackSettings)
    assert webhook.webhook_url
    assert webhook.webhook_url.get_secret_value() == HOOK
    assert config.news == Config.model_validate({"news": "auto"}).news


def test_answers_for_email():
    smtp = "smtp://mail.example.org:587?starttls=required"
    answers = ("mine.toml", "a@example.org", "Bournemouth, Christchurch and Poole", "email", smtp)
    result = run(answers=(*answers, "Letterwatch <lw@example.org>", "me@example.org", "no"))
    assert result.exit_code == 0, result.output
    config = written("mine.toml")
    office = config.channels["office"]
    assert isinstance(office, EmailSettings)
    assert office.smtp.get_secret_value() == smtp
    assert office.to == ("me@example.org",)
    assert config.subscriptions[0].authorities == ("Bournemouth, Christchurch and Poole",)
    assert config.news == ()


@pytest.mark.parametrize("option", ["--news", "--no-news"])
def test_an_option_says_whether_papers_are_read(option: str) -> None:
    assert run("--yes", option).exit_code == 0
    assert [entry.name for entry in written().news] == (["auto"] if option == "--news" else [])
    assert '# [[news]]\n# name = "Wakefield Express"' in Path("letterwatch.toml").read_text("utf-8")


def test_secrets_may_stand_in_files_of_their_own():
    result = run("--yes", "--slack-webhook", HOOK, "--secrets-dir", "secrets")
    secret = Path("secrets/channels__newsdesk__webhook_url")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert "hush" not in Path("letterwatch.toml").read_text(encoding="utf-8")
    assert "export LETTERWATCH_SECRETS_DIR=secrets" in result.output
    with pytest.raises(ConfigError, match="give either webhook_url"):
        written()
    webhook = written(LETTERWATCH_SECRETS_DIR="secrets").channels["newsdesk"]
    assert isinstance(webhook, SlackSettings)
    assert webhook.webhook_url
    assert webhook.webhook_url.get_secret_value() == HOOK


def test_a_secret_may_come_by_standard_input_out_of_sight_of_other_users():
    result = CliRunner().invoke(command, ["--yes", "--slack-webhook", "-"], input=f"{HOOK}\n")
    assert result.exit_code == 0
    webhook = written().channels["newsdesk"]
    assert isinstance(webhook, SlackSettings)
    assert webhook.webhook_url
    assert webhook.webhook_url.get_secret_value() == HOOK


def test_a_file_that_is_there_is_left_alone_unless_forced():
    file = Path("letterwatch.toml")
    file.write_text("mine")
    file.chmod(0o644)
    refused = run("--yes")
    assert (
        str(refused.exception)
        == 'letterwatch.toml: is there already; "letterwatch init --force" writes over it'
    )
    assert file.read_text() == "mine"
    assert run("--yes", "--force").exit_code == 0
    assert written().channels


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--contact", "me", "not a web or e-mail address"),
        ("--authorities", "Wakefeild", 'did you mean "Wakefield"?'),
        ("--authorities", " ; ", "name at least one authority"),
        ("--slack-webhook", "ftp://x", "https://"),
    ],
)
def test_a_wrong_option_is_refused_and_nothing_is_written(option, value, reason):
    result = run("--yes", option, value)
    assert result.exit_code == 2
    assert reason in " ".join(result.output.split())
    assert not Path("letterwatch.toml").exists()


def test_a_place_that_cannot_be_written_is_told():
    Path("file").touch()
    result = run("--yes", "--config", "file/letterwatch.toml")
    assert isinstance(result.exception, ConfigError)
    assert str(result.exception).startswith("file/letterwatch.toml: cannot be written: ")
