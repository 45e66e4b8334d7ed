"""Who reports a letter, on every channel: in its thread, amended where possible, never an article's text."""

import json
import logging
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path

import pytest

from notifier import DeliveryFigures, match
from notifier.channels.slack_bot import SlackBot
from notifier.channels.webhook import render_webhook
from notifier.composing.message import compose_message
from notifier.rendering.email import Envelope, render_email
from notifier.rendering.slack import render_slack
from notifier.rendering.text import render_text
from notifier.settings import EmailSettings, SlackSettings, SubscriptionSettings
from scraper.coverage import judge_article
from state import Event, EventName, Register, Store
from tests.notifier.outboxes import Clock, Post
from tests.notifier.parcels import parcel
from tests.notifier.samples import EVENTS
from tests.scraper.coverage.stories import SEED, story
from tests.servers.slack import CHANNEL, TOKEN, SlackServer
from tests.state.takes import HOUR, START
from tests.state.test_news import BEFORE, LETTER, OLD, article, coverage_of, settle_letters, settle_news
from tests.states import place_state

MARKER = "A marker sentence of the reporter's own stands here, zanzibar quixotic."
SAID = "“We are delighted, zanzibar quixotic,” said the council's director."
STORY = EVENTS["coverage-syndicated"]
AMENDING = STORY.model_copy(
    update={
        "key": f"{STORY.key}/3",
        "coverage": STORY.coverage and STORY.coverage.model_copy(update={"amends": STORY.key}),
    }
)


def test_a_slack_bot_s_message_is_amended_in_its_thread(post: Post, clock: Clock) -> None:
    with SlackServer() as slack:
        dispatcher = post.dispatcher(newsdesk=SlackBot(TOKEN, CHANNEL, slack.api_url))
        for event in (EVENTS["new-monitoring-letter"], STORY, AMENDING):
            post.put(event, post.routing("newsdesk"))
            assert dispatcher.deliver_due() == DeliveryFigures(sent=1)
            clock.forward(minutes=1)
        root, reply = slack.posts
        assert reply.thread == root.ts
        assert "Yorkshire Post" in json.dumps(reply.payload)


def test_what_is_not_sent_yet_needs_no_amending(post: Post) -> None:
    with SlackServer() as slack:
        post.put(AMENDING, post.routing("newsdesk"))
        dispatcher = post.dispatcher(newsdesk=SlackBot(TOKEN, CHANNEL, slack.api_url))
        assert dispatcher.deliver_due() == DeliveryFigures(sent=1)
        assert slack.posts == []


def test_only_a_bot_hears_of_further_titles() -> None:
    channels = {
        "bot": SlackSettings(type="slack", bot_token="xoxb-1", channel="C0123ABCD"),
        "hook": SlackSettings(type="slack", webhook_url="https://hooks.slack.com/services/T/B/x"),
        "mail": EmailSettings(
            type="email", smtp="smtp://127.0.0.1", **{"from": "a@example.org"}, to=["b@example.org"]
        ),
    }
    subscriptions = [
        SubscriptionSettings(name=name, channel=name, authorities=["all"], events=["coverage.new"])
        for name in channels
    ]
    told = {r.channel for r in match(STORY, subscriptions, channels, Register.load(), START)}
    amended = {r.channel for r in match(AMENDING, subscriptions, channels, Register.load(), START)}
    assert (told, amended) == ({"bot", "hook", "mail"}, {"bot"})


def test_a_mail_answers_the_letter_s_first_mail() -> None:
    sender, recipient = Address("", "letterwatch", "example.org"), Address("", "b", "example.org")
    envelope = Envelope("1", "all", sender, recipient, START, answers="<first@example.org>")
    mail = render_email(compose_message(STORY), envelope)
    assert mail["In-Reply-To"] == "<first@example.org>"
    assert mail["References"].endswith("<first@example.org>")


def test_the_webhook_s_article_is_the_first_title() -> None:
    body = json.loads(render_webhook(parcel(STORY).deliveries[0]))
    assert set(body["article"]) == {"url", "title", "publisher", "published_at"}
    assert body["article"]["publisher"] == "Wakefield Express"
    assert body["publication"]["file_id"]


def test_nothing_of_an_article_s_text_leaves_the_system(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = Store.open(place_state(tmp_path), rehearsal=False)
    settle_letters(store, OLD, at=BEFORE)
    settle_news(store, at=BEFORE)
    settle_letters(store, OLD, LETTER)
    marked = article(paragraphs=(*SEED.paragraphs, MARKER, SAID), standfirst=MARKER)
    [event] = coverage_of(settle_news(store, marked, at=START + HOUR))
    shown = [
        judge_article(story(paragraphs=(*SEED.paragraphs, MARKER, SAID)), "x").model_dump_json(),
        *_show(event),
    ]
    shown += [repr(row) for row in (*store.coverage(), *store.trail("80451/1"), *store.publications())]
    store.close()

    for text in (*shown, caplog.text):
        assert "zanzibar" not in text
        assert "special measures" not in text
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"zanzibar" not in file.read_bytes()
    assert any("routinely recorded" in text for text in shown)


def _show(event: Event) -> list[str]:
    assert event.name is EventName.COVERAGE_NEW
    message = compose_message(event)
    address = Address("", "a", "example.org")
    mail = render_email(message, Envelope("1", "all", address, address, datetime(2019, 11, 1, tzinfo=UTC)))
    payload = render_slack(message)
    return [
        event.model_dump_json(),
        render_text(message),
        mail.as_string(),
        payload.text + json.dumps(payload.blocks, ensure_ascii=False),
        render_webhook(parcel(event).deliveries[0]).decode(),
    ]
