"""What docs/channels.md and the how-tos of channels show is what the code does."""

import hashlib
import hmac
import json
import re
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from notifier.channels.webhook import WebhookBody, render_webhook, sign
from notifier.settings import ChannelSettings, SubscriptionSettings
from tests.notifier.parcels import NOW, parcel
from tests.notifier.samples import EVENTS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "channels.md", *sorted((DOCS / "how-to").glob("*.md"))]


def blocks(language: str) -> list[str]:
    """Every block in a language, without the indentation that a list gives it."""
    found = [
        re.findall(rf"^( *)```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        for page in PAGES
    ]
    return [textwrap.dedent(text) for page in found for _, text in page]


def test_the_examples_are_valid_configuration() -> None:
    tables: list[dict[str, Any]] = [tomllib.loads(block) for block in blocks("toml")]
    channels = [channel for table in tables for channel in table.get("channels", {}).values()]
    subscriptions = [each for table in tables for each in table.get("subscriptions", [])]
    read = TypeAdapter(list[ChannelSettings]).validate_python(channels)
    assert {settings.type for settings in read} == {"slack", "email", "webhook", "apprise", "console", "file"}
    TypeAdapter(list[SubscriptionSettings]).validate_python(subscriptions)
    assert set(max(subscriptions, key=len)) == set(SubscriptionSettings.model_fields)


def test_the_signature_is_checked_as_documented() -> None:
    body = render_webhook(parcel().deliveries[0])
    scope: dict[str, Any] = {"hashlib": hashlib, "hmac": hmac}
    exec(blocks("python")[0], scope)
    assert scope["is_ours"](sign(body, b"secret", NOW), body, b"secret")
    assert not scope["is_ours"](sign(body, b"other", NOW), body, b"secret")


def test_the_published_schema_is_the_body_s() -> None:
    """A missing or different schema is written, and fails until somebody has looked at the change."""
    path = DOCS / "webhook.schema.json"
    schema = json.dumps(WebhookBody.model_json_schema(mode="serialization"), indent=1) + "\n"
    published = path.read_text(encoding="utf-8") if path.exists() else ""
    if schema != published:
        path.write_text(schema, encoding="utf-8")
        pytest.fail("docs/webhook.schema.json has been written anew: look at the change, then run again")


def test_every_body_validates_against_its_own_model() -> None:
    for event in EVENTS.values():
        WebhookBody.model_validate_json(render_webhook(parcel(event).deliveries[0]))
