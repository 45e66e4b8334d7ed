"""The channels without a network: standard output, and a file."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TextIO

from jinja2 import Environment

from notifier.channels.channel import Outcome, Parcel, RetryLater, Sent
from notifier.rendering.text import render_text


class Console:
    """Writes messages to standard output."""

    interval = 0.0
    bundle = 100

    def __init__(self, templates: Environment, stream: Callable[[], TextIO] = lambda: sys.stdout) -> None:
        self._templates = templates
        self._stream = stream

    def send(self, parcel: Parcel, now: datetime) -> Outcome:  # noqa: ARG002
        """Sent once it is written and flushed."""
        stream = self._stream()
        try:
            stream.write(f"{render_text(parcel.message, self._templates)}\n")
            stream.flush()
        except (OSError, ValueError) as error:
            return RetryLater(f"console: failed ({type(error).__name__})", in_doubt=True)
        return Sent("console")

    def find_sent(self, parcel: Parcel) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: what scrolled past cannot be asked."""
        return {}


class File:
    """Appends messages to a file, each followed by its delivery ids."""

    interval = 0.0
    bundle = 100

    def __init__(self, path: Path, templates: Environment) -> None:
        self._path = path
        self._templates = templates

    def send(self, parcel: Parcel, now: datetime) -> Outcome:  # noqa: ARG002
        """Sent once the message and its mark are in the file."""
        marks = "".join(f"{_mark(delivery.id)}\n" for delivery in parcel.deliveries)
        text = f"{render_text(parcel.message, self._templates)}\n{marks}\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with open(self._path, "a", encoding="utf-8", opener=_open_private) as file:
                file.write(text)
        except OSError as error:
            return RetryLater(f"file: {error.strerror or type(error).__name__}", in_doubt=True)
        return Sent(self._path.name)

    def find_sent(self, parcel: Parcel) -> Mapping[str, str] | RetryLater:
        """The deliveries whose marks the file holds."""
        try:
            lines = set(self._path.read_text(encoding="utf-8").splitlines()) if self._path.exists() else set()
        except OSError as error:
            return RetryLater(f"file: {error.strerror or type(error).__name__}")
        return {d.id: self._path.name for d in parcel.deliveries if _mark(d.id) in lines}


def _open_private(path: str, how: int) -> int:
    """A file that is made is for its owner and, as the log is, for its group to read."""
    return os.open(path, how, 0o640)


def _mark(delivery: str) -> str:
    return f"[delivery {delivery}]"
