"""The daemon's log: standard error, and a file besides; no secrets in it, no control characters."""

import json
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import BufferedWriter, FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler, WatchedFileHandler
from pathlib import Path
from typing import TextIO
from urllib.parse import unquote, unquote_plus, urlsplit

from pydantic import BaseModel, SecretStr

from letterwatch.config import Config, ConfigError
from letterwatch.config.model import LogConfig

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_HIDDEN = "•••"
_SHORTEST = 4  # letters: less would blot out ordinary words
_SHORTEST_PATH = 12
_PASSWORDS = ("password", "sslpassword")  # of a database's address, behind its ?
_DATABASE = re.compile(r"postgres\w*(?:\+\w+)?://[^:/]*:([^@]*)@")  # whose password may hold / ? and #
_CHATTY = ("alembic", "apscheduler", "scrapy")


def set_up_logging(config: Config) -> None:
    """Sends the log where the configuration says; raises ConfigError where its file cannot be written."""
    formatter = (JsonFormatter if config.log.format == "json" else LineFormatter)(find_secrets(config))
    handlers: list[logging.Handler] = [_Stream(sys.stderr)]
    if config.log.file:
        handlers.append(_open_file(config.log, Path(config.log.file)))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _open_file(config: LogConfig, file: Path) -> logging.Handler:
    try:
        os.close(os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o640))
        if config.max_mb == 0:
            return _Watched(file, encoding="utf-8")
        size = config.max_mb * 1024 * 1024
        return _Rotating(file, maxBytes=size, backupCount=config.keep, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"[log] file: {file} cannot be written ({error.strerror}); name another") from error


class _SayingOnce(logging.Handler):
    """Says once that a log cannot be written; logging's own way would print every record with its secrets."""

    _is_failing = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Called where a record could not be written."""
        if self._is_failing:
            return
        self._is_failing = True
        reason = getattr(sys.exc_info()[1], "strerror", None) or "no reason given"
        with suppress(OSError, ValueError):
            sys.stderr.write(
                f"{_moment(record)} ERROR the log cannot be written ({reason}); the watch goes on\n"
            )
            sys.stderr.flush()


class _Stream(_SayingOnce, logging.StreamHandler[TextIO]):
    pass


class _Private(_SayingOnce, logging.FileHandler):
    """A file that others cannot read, also where it is opened anew."""

    def _open(self) -> TextIOWrapper:
        file = FileIO(self.baseFilename, "a", opener=lambda path, how: os.open(path, how, 0o640))
        return TextIOWrapper(BufferedWriter(file), encoding=self.encoding)


class _Watched(_Private, WatchedFileHandler):
    pass


class _Rotating(_Private, RotatingFileHandler):
    pass


def find_secrets(settings: BaseModel) -> tuple[str, ...]:
    """Every secret of a configuration, longest first: marked ones, and passwords in addresses."""
    found = {secret for secret in _walk(settings) if len(secret) >= _SHORTEST}
    return tuple(sorted(found, key=len, reverse=True))


def _walk(value: object) -> Iterator[str]:
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        yield secret
        yield from _find_parts(secret)
    elif isinstance(value, str):
        yield from _find_parts(value, whole=False)
    elif isinstance(value, BaseModel):
        yield from (each for name in type(value).model_fields for each in _walk(getattr(value, name)))
    elif isinstance(value, dict):
        yield from (each for inner in value.values() for each in _walk(inner))
    elif isinstance(value, (tuple, list)):
        yield from (each for inner in value for each in _walk(inner))


def _find_parts(text: str, *, whole: bool = True) -> Iterator[str]:
    """The passwords of an address, as written and as meant; of a secret one, what libraries name alone."""
    try:
        parts = urlsplit(text) if "://" in text else None
    except ValueError:
        parts = None
    written = _DATABASE.findall(text)
    if parts:
        named = [pair.partition("=") for pair in parts.query.split("&")]
        written += [parts.password or "", *(value for name, _, value in named if name in _PASSWORDS)]
    yield from (form for each in written for form in (each, unquote(each), unquote_plus(each)))
    if parts and whole:
        yield parts.query
        if len(parts.path) >= _SHORTEST_PATH:
            yield parts.path


class LineFormatter(logging.Formatter):
    """`2026-11-25T07:00:00Z INFO message`, a traceback on further lines."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """A record as text."""
        lines = [f"{_moment(record)} {record.levelname} {self._clean(record.getMessage())}"]
        lines += [f"  {self._clean(line)}" for line in self._trace(record)]
        return "\n".join(lines)

    def _trace(self, record: logging.LogRecord) -> list[str]:
        return self.formatException(record.exc_info).splitlines() if record.exc_info else []

    def _clean(self, text: str) -> str:
        """Secrets hidden; whatever could move a terminal's cursor or begin another line made visible."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return _CONTROL.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


class JsonFormatter(LineFormatter):
    """An object a line: at, level, logger, message, and the trace of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as JSON."""
        told: dict[str, object] = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._clean(record.getMessage()),
        }
        trace = self._trace(record)
        if trace:
            told["trace"] = [self._clean(line) for line in trace]
        return json.dumps(told, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"
