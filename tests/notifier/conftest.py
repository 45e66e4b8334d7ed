"""What the notifier's tests share: a post office with a clock set by hand, and a Slack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notifier.outboxes import Clock, Post
from tests.servers.slack import SlackServer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post(tmp_path: Path, clock: Clock) -> Iterator[Post]:
    opened = Post(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        yield server
