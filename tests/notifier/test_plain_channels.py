"""Console, file and Apprise."""

import io
import os
from pathlib import Path

import pytest
from pydantic import SecretStr, TypeAdapter

from notifier.channels import RetryLater, Sent, open_channel, open_channels
from notifier.channels.plain import Console, File
from notifier.rendering.templating import open_templates
from notifier.sending.trying import send_test
from notifier.settings import AppriseSettings, ChannelSettings, FileSettings
from tests.notifier.letters import LETTER, WAKEFIELD
from tests.notifier.parcels import NOW, digest, parcel
from tests.notifier.samples import EVENTS
from tests.servers.web import Answer, WebServer

TEMPLATES = open_templates()


def test_the_console_shows_plain_text_without_terminal_escapes() -> None:
    stream = io.StringIO()
    hostile = WAKEFIELD.model_copy(
        update={"publication": LETTER.model_copy(update={"authority": "\x1b[2JWake\x07field\x9b31m"})}
    )
    assert Console(TEMPLATES, lambda: stream).send(parcel(hostile), NOW) == Sent("console")
    assert "[2JWakefield31m: third monitoring visit letter" in stream.getvalue()
    assert not set(stream.getvalue()) & {"\x1b", "\x07", "\x9b"}


def test_a_closed_console_is_tried_again() -> None:
    stream = io.StringIO()
    stream.close()
    assert Console(TEMPLATES, lambda: stream).send(parcel(), NOW) == RetryLater(
        "console: failed (ValueError)", in_doubt=True
    )


def test_a_file_can_be_asked_what_it_holds(tmp_path: Path) -> None:
    channel = File(tmp_path / "new" / "alerts.txt", TEMPLATES)
    whole = digest(WAKEFIELD, EVENTS["new-inspection"])
    assert channel.find_sent(whole) == {}
    assert channel.send(parcel(id="d1"), NOW) == Sent("alerts.txt")
    assert channel.find_sent(whole) == {"d1": "alerts.txt"}
    assert channel.send(whole, NOW) == Sent("alerts.txt")
    assert channel.find_sent(whole) == {"d0": "alerts.txt", "d1": "alerts.txt"}


def test_a_file_that_is_made_is_not_for_all_to_read(tmp_path: Path) -> None:
    made, there = tmp_path / "made.txt", tmp_path / "there.txt"
    there.touch(0o604)
    usual = os.umask(0o002)
    try:
        assert File(made, TEMPLATES).send(parcel(), NOW) == Sent("made.txt")
        assert File(there, TEMPLATES).send(parcel(), NOW) == Sent("there.txt")
    finally:
        os.umask(usual)
    assert oct(made.stat().st_mode & 0o777) == oct(0o640)
    assert oct(there.stat().st_mode & 0o777) == oct(0o604)  # whose owner chose so


def test_a_file_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("in the way")
    channel = open_channel(FileSettings(type="file", path=tmp_path / "folder" / "alerts.txt"))
    assert isinstance(channel.send(parcel(), NOW), RetryLater)


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_apprise_reaches_what_it_knows() -> None:
    with WebServer() as web:
        web.serve("/inbox", Answer("{}"), Answer(status=500))
        channel = open_channel(AppriseSettings(type="apprise", url=f"json://{web.host}/inbox"))  # type: ignore[arg-type]
        assert channel.send(parcel(), NOW) == Sent("apprise")
        assert channel.send(parcel(), NOW) == RetryLater(
            "Apprise: the service did not take it", in_doubt=True
        )
        assert b"Work with children is now routinely recorded" in web.asked("/inbox")[0].body


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_an_address_apprise_does_not_know_is_refused_without_showing_it() -> None:
    with pytest.raises(ValueError, match="Apprise does not know") as caught:
        open_channels({"x": AppriseSettings(type="apprise", url="nothing://secret")})  # type: ignore[arg-type]
    assert "secret" not in str(caught.value)


def test_a_test_message_says_that_it_is_one(tmp_path: Path) -> None:
    path = tmp_path / "alerts.txt"
    assert send_test("archive", FileSettings(type="file", path=path), NOW) == {"": Sent("alerts.txt")}
    assert "This is a test." in path.read_text()


@pytest.mark.parametrize(
    "table",
    [
        {"type": "slack", "webhook_url": "https://hooks.slack.com/services/T/B/x"},
        {"type": "slack", "bot_token": "xoxb-1", "channel": "C0123ABCD"},
        {"type": "email", "smtp": "smtp://127.0.0.1:1", "from": "a@example.org", "to": ["b@example.org"]},
        {"type": "webhook", "url": "http://127.0.0.1:1/hook", "secret": "s" * 16},
        {"type": "apprise", "url": "json://127.0.0.1"},
        {"type": "console"},
        {"type": "file", "path": "alerts.txt"},
    ],
    ids=lambda table: "-".join(list(table.values())[0:1] + list(table)[1:2]),
)
def test_every_kind_of_channel_opens_without_connecting(table: dict[str, object]) -> None:
    settings = TypeAdapter[ChannelSettings](ChannelSettings).validate_python(table)
    channel = open_channel(settings)
    assert channel.bundle >= 1
    assert channel.interval >= 0


def test_what_cannot_be_asked_knows_of_nothing_sent(tmp_path: Path) -> None:
    apprise = open_channel(AppriseSettings(type="apprise", url=SecretStr("json://127.0.0.1")))
    assert apprise.find_sent(parcel()) == Console(TEMPLATES).find_sent(parcel()) == {}
    folder = File(tmp_path, TEMPLATES)  # where a file should be
    assert folder.find_sent(parcel()) == RetryLater("file: Is a directory")


def test_a_channel_that_cannot_open_is_named_with_the_reason(tmp_path: Path) -> None:
    settings = TypeAdapter(dict[str, ChannelSettings]).validate_python(
        {"desk": {"type": "console", "templates": tmp_path / "nowhere"}}
    )
    with pytest.raises(ValueError, match=r"^\[channels\.desk\] templates: there is no folder"):
        open_channels(settings)
