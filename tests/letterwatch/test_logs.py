"""The log: one line a message, harmless in a terminal, without secrets; put aside or opened anew."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from letterwatch.config import Config, ConfigError
from letterwatch.logs import JsonFormatter, LineFormatter, find_secrets, set_up_logging

WEBHOOK = "https://hooks.slack.com/services/T000/B000/abcdefgh"


def record(message: str, *values: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("letterwatch.daemon", logging.WARNING, "x.py", 1, message, values, info)
    made.created = 1_572_598_800.5
    return made


def make_config(database: str = "letterwatch:opensesame@127.0.0.1/x", **log: object) -> Config:
    channels = {
        "newsdesk": {"type": "slack", "webhook_url": WEBHOOK},
        "office": {
            "type": "email",
            "smtp": "smtp://user:hunter22@127.0.0.1:1025",
            "from": "a@example.org",
            "to": ["b@example.org"],
        },
        "hook": {
            "type": "webhook",
            "url": "http://127.0.0.1:9/hook?key=tell-nobody",
            "secret": "swordfish-swordfish",
        },
    }
    state = {"url": f"postgresql+psycopg://{database}"}
    return Config.model_validate({"channels": channels, "state": state, "log": log})


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    """What a test hangs on the root logger is taken off again."""
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)
    for handler in [each for each in root.handlers if isinstance(each.formatter, LineFormatter)]:
        root.removeHandler(handler)
        handler.close()


def test_a_message_is_one_line_with_its_moment_in_utc() -> None:
    line = LineFormatter().format(record("ofsted: %s", "ok\r\n2019 ERROR forged \x1b[2J\u202e"))
    assert line == "2019-11-01T09:00:00Z WARNING ofsted: ok\\r\\n2019 ERROR forged \\x1b[2J\\u202e"


def test_a_trace_is_indented_and_as_harmless() -> None:
    try:
        raise ValueError("bad \x1b[31m\nline")
    except ValueError as error:
        lines = LineFormatter().format(record("failed", error=error)).splitlines()
    assert lines[1] == "  Traceback (most recent call last):"
    assert all(line.startswith("  ") for line in lines[1:])
    assert lines[-2:] == ["  ValueError: bad \\x1b[31m", "  line"]


def test_json_is_an_object_a_line() -> None:
    told = json.loads(JsonFormatter().format(record("two\nlines")))
    assert told == {
        "at": "2019-11-01T09:00:00Z",
        "level": "warning",
        "logger": "letterwatch.daemon",
        "message": "two\\nlines",
    }


@pytest.mark.parametrize(
    "secret",
    [
        WEBHOOK,
        "/services/T000/B000/abcdefgh",
        "key=tell-nobody",
        "hunter22",
        "swordfish-swordfish",
        "opensesame",
    ],
)
@pytest.mark.parametrize("formatter", [LineFormatter, JsonFormatter])
def test_no_configured_secret_is_logged(formatter: type[LineFormatter], secret: str) -> None:
    secrets = find_secrets(make_config())
    line = formatter(secrets).format(record("cannot post to %s now", secret))
    assert secret not in line
    assert "cannot post to •••" in line


@pytest.mark.parametrize(
    ("database", "meant"),
    [
        ("u:p%40ssword9@127.0.0.1/x", "p@ssword9"),
        ("u:pass/word+9?#@127.0.0.1/x", "pass/word+9?#"),
        ("u@127.0.0.1/x?sslmode=require&password=p%2fssword9", "p/ssword9"),
        ("u@127.0.0.1/x?sslpassword=key+phrase&connect_timeout=3", "key phrase"),
    ],
)
def test_a_password_of_the_database_is_hidden_however_it_is_written(database: str, meant: str) -> None:
    formatter = LineFormatter(find_secrets(make_config(database)))
    assert formatter.format(record("refused: %s.", meant)).endswith("refused: •••.")
    line = formatter.format(record("postgresql+psycopg://%s", database))
    assert "ssword9" not in line
    assert "phrase" not in line


def test_a_file_is_put_aside_at_its_size_and_only_so_many_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "letterwatch.log"
    set_up_logging(make_config(file=str(file), max_mb=1, keep=2))
    for _ in range(45):
        logging.getLogger("letterwatch").info("x" * 100_000)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["letterwatch.log", "letterwatch.log.1", "letterwatch.log.2"]
    assert all(path.stat().st_size <= 1024 * 1024 for path in tmp_path.iterdir())


def test_a_file_that_logrotate_moved_away_is_opened_anew(tmp_path: Path) -> None:
    file = tmp_path / "letterwatch.log"
    set_up_logging(make_config(file=str(file), max_mb=0))
    logging.getLogger("letterwatch").info("before")
    file.rename(tmp_path / "letterwatch.log.1")
    logging.getLogger("letterwatch").info("after")
    assert file.read_text("utf-8").endswith("INFO after\n")
    assert (tmp_path / "letterwatch.log.1").stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("max_mb", [0, 1])
def test_a_log_is_not_for_all_to_read(tmp_path: Path, max_mb: int) -> None:
    usual = os.umask(0o002)
    try:
        set_up_logging(make_config(file=str(tmp_path / "letterwatch.log"), max_mb=max_mb))
        for _ in range(12):
            logging.getLogger("letterwatch").info("x" * 100_000)
    finally:
        os.umask(usual)
    modes = {oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes == {oct(0o640)}


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[log\] file: .* cannot be written \(No such file"):
        set_up_logging(make_config(file=str(tmp_path / "absent" / "x.log")))


@pytest.mark.parametrize("max_mb", [0, 10])
def test_a_log_that_cannot_be_written_is_said_once_and_shows_no_secret(
    max_mb: int, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(make_config(file="/dev/full", max_mb=max_mb))
    for number in range(3):
        logging.getLogger("letterwatch.daemon").warning("message %d to %s", number, WEBHOOK)
    told = capfd.readouterr().err
    for handler in [each for each in logging.getLogger().handlers if isinstance(each, logging.FileHandler)]:
        logging.getLogger().removeHandler(handler)
        with suppress(OSError):
            handler.close()
    assert told.count("ERROR the log cannot be written (No space left on device); the watch goes on") == 1
    assert "abcdefgh" not in told
    assert "Traceback" not in told
