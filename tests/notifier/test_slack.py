"""Slack's two ways in, against a server that answers as Slack documents."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from notifier.channels import Parked, RetryLater, Sent
from notifier.channels.failures import judge_failure
from notifier.channels.mends import SLACK, with_mend
from notifier.channels.slack_bot import SlackBot
from notifier.channels.slack_webhook import SlackWebhook
from notifier.composing.message import compose_message
from notifier.composing.parts import Fact, Message, Passage, Quote, tidied
from notifier.rendering.slack import escape, render_slack
from state import EventName
from tests.notifier.letters import LETTER, WAKEFIELD
from tests.notifier.parcels import NOW, digest, parcel
from tests.notifier.samples import EVENTS
from tests.servers.slack import CHANNEL, RETRY_AFTER, TOKEN, Fault, SlackServer, find_fault
from tests.servers.web import Answer

FAILURES = {
    Fault.ERROR_500: RetryLater("Slack: 500 Internal Server Error", in_doubt=True),
    Fault.RATE_LIMITED: RetryLater("Slack: 429 rate_limited", float(RETRY_AFTER)),
    Fault.DROP_BEFORE: RetryLater("Slack: connection lost before the answer", in_doubt=True),
    Fault.DROP_AFTER: RetryLater("Slack: connection lost before the answer", in_doubt=True),
    Fault.TIMEOUT_BEFORE: RetryLater("Slack: no answer in time", in_doubt=True),
    Fault.TIMEOUT_AFTER: RetryLater("Slack: no answer in time", in_doubt=True),
    Fault.WRONG_BODY: RetryLater("Slack: 200 <html>a proxy says hello</html>", in_doubt=True),
}
TAKEN = (Fault.DROP_AFTER, Fault.TIMEOUT_AFTER)


@pytest.fixture
def webhook(slack: SlackServer) -> SlackWebhook:
    return SlackWebhook(slack.webhook_url, timeout=1)


@pytest.fixture
def bot(slack: SlackServer) -> SlackBot:
    return SlackBot(TOKEN, CHANNEL, slack.api_url, timeout=1)


def test_a_webhook_post_is_sent_once_slack_says_ok(slack: SlackServer, webhook: SlackWebhook) -> None:
    assert webhook.send(parcel(), NOW) == Sent("ok")
    (post,) = slack.posts
    assert post.text.startswith("Wakefield: third monitoring visit letter")
    assert post.payload["unfurl_links"] is False


@pytest.mark.parametrize("fault", Fault)
def test_a_webhook_s_trouble_is_tried_again_and_named(
    slack: SlackServer, webhook: SlackWebhook, fault: Fault
) -> None:
    slack.misbehave(fault)
    assert webhook.send(parcel(), NOW) == FAILURES[fault]
    assert len(slack.posts) == (fault in TAKEN)
    assert webhook.find_sent(parcel()) == {}


@pytest.mark.parametrize(
    ("refusal", "status", "gone"),
    [("no_service", 404, True), ("channel_is_archived", 410, True), ("invalid_payload", 400, False)],
)
def test_a_webhook_s_refusal_is_parked(
    slack: SlackServer, webhook: SlackWebhook, refusal: str, status: int, gone: bool
) -> None:
    slack.refusal = refusal
    assert webhook.send(parcel(), NOW) == Parked(
        f"Slack: {status} {with_mend(refusal, SLACK)}", channel_gone=gone
    )


RUDE = f"no\r\n\x1b[2J\u202e{'service ' * 400}"
"""What an answer may say that must not end like that in a log, on the page or in a message."""


def test_what_slack_says_is_told_on_one_line_cut_and_harmless(
    slack: SlackServer, webhook: SlackWebhook, bot: SlackBot
) -> None:
    slack.web.serve("/services/T0000/B0000/webhook-secret", Answer(RUDE, 500))
    slack.web.serve("/api/chat.postMessage", Answer(json.dumps({"ok": False, "error": RUDE})))
    for outcome in (webhook.send(parcel(), NOW), bot.send(parcel(), NOW)):
        assert isinstance(outcome, RetryLater)
        assert "[2Jservice service" in outcome.reason
        assert len(outcome.reason) < 120
        assert outcome.reason.isprintable()


def test_a_dead_address_is_tried_again_without_naming_it(slack: SlackServer) -> None:
    url = slack.webhook_url
    slack.web.__exit__(None, None, None)
    assert SlackWebhook(url).send(parcel(), NOW) == RetryLater(
        "Slack: connection refused; check host and port"
    )
    slack.web = type(slack.web)()
    slack.web.__enter__()


def test_no_secret_is_ever_logged(
    slack: SlackServer, webhook: SlackWebhook, bot: SlackBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack.misbehave(Fault.DROP_BEFORE, Fault.DROP_BEFORE)
    outcomes = [webhook.send(parcel(), NOW), bot.send(parcel(), NOW), webhook.send(parcel(), NOW)]
    assert "secret" not in caplog.text + repr(outcomes)


def test_a_bot_s_post_bears_its_delivery_and_its_time_stamp_is_the_receipt(
    slack: SlackServer, bot: SlackBot
) -> None:
    outcome = bot.send(parcel(), NOW)
    (post,) = slack.posts
    assert outcome == Sent(post.ts)
    assert post.payload["metadata"] == {
        "event_type": "letterwatch_delivery",
        "event_payload": {"deliveries": ["d1"]},
    }
    assert post.thread is None


@pytest.mark.parametrize("fault", Fault)
def test_what_a_bot_sent_is_found_again_and_only_that(
    slack: SlackServer, bot: SlackBot, fault: Fault
) -> None:
    slack.misbehave(fault)
    outcome = bot.send(parcel(), NOW)
    assert isinstance(outcome, RetryLater)
    assert outcome.in_doubt == (fault is not Fault.RATE_LIMITED)
    assert bot.find_sent(parcel()) == ({"d1": slack.posts[0].ts} if fault in TAKEN else {})


def test_a_message_is_found_behind_many_pages_of_others(slack: SlackServer, bot: SlackBot) -> None:
    bot.send(digest(WAKEFIELD, EVENTS["new-inspection"]), NOW)
    wanted = slack.posts[0].ts
    for _ in range(450):
        slack._add(CHANNEL, {"text": "chatter"})
    assert bot.find_sent(digest(WAKEFIELD, EVENTS["new-inspection"], EVENTS["new-other"])) == {
        "d0": wanted,
        "d1": wanted,
    }


def test_news_of_a_letter_lands_in_its_thread_and_is_found_there(slack: SlackServer, bot: SlackBot) -> None:
    bot.send(parcel(), NOW)
    root = slack.posts[0].ts
    revised = parcel(EVENTS["revised"], id="d2", thread=root)
    slack.misbehave(Fault.DROP_AFTER)
    assert isinstance(bot.send(revised, NOW), RetryLater)
    assert slack.posts[1].thread == root
    assert bot.find_sent(revised) == {"d2": f"{slack.posts[1].ts}@{root}"}


def test_a_withdrawn_letter_s_first_message_says_so(slack: SlackServer, bot: SlackBot) -> None:
    bot.send(parcel(), NOW)
    root = slack.posts[0].ts
    assert isinstance(bot.send(parcel(EVENTS["withdrawn"], id="d2", thread=root), NOW), Sent)
    assert (
        slack.posts[0].payload["blocks"][0]["text"]["text"]
        == "Withdrawn: Wakefield: third monitoring visit letter"
    )
    assert slack.posts[0].payload["metadata"]["event_payload"] == {"deliveries": ["d1"]}
    assert slack.posts[1].thread == root


def test_a_withdrawal_is_told_even_where_the_first_message_is_gone(slack: SlackServer, bot: SlackBot) -> None:
    outcome = bot.send(parcel(EVENTS["withdrawn"], thread="1572598000.000100"), NOW)
    assert isinstance(outcome, Sent)
    assert "withdrawn" in slack.posts[0].payload["blocks"][0]["text"]["text"]


@pytest.mark.parametrize("error", ["is_archived", "missing_scope", "token_revoked", "invalid_blocks"])
def test_a_bot_s_refusal_is_parked(slack: SlackServer, bot: SlackBot, error: str) -> None:
    slack.refusal = error
    assert bot.send(parcel(), NOW) == Parked(f"Slack: {with_mend(error, SLACK)}")


def test_an_unknown_error_is_tried_again(slack: SlackServer, bot: SlackBot) -> None:
    slack.refusal = "something_new"
    assert bot.send(parcel(), NOW) == RetryLater("Slack: something_new", in_doubt=True)


def test_a_wrong_token_is_parked_and_not_shown(slack: SlackServer) -> None:
    outcome = SlackBot("xoxb-wrong-secret", CHANNEL, slack.api_url).send(parcel(), NOW)
    assert outcome == Parked("Slack: invalid_auth (the token is wrong; copy bot_token anew from the app)")


HOSTILE = "<!channel> <https://evil.example|click> *bold* _it_ ~no~ `code` & \x1b[31mred \u202eright"


def test_nothing_in_a_document_can_format_mention_or_link(slack: SlackServer, webhook: SlackWebhook) -> None:
    publication = LETTER.model_copy(update={"authority": HOSTILE, "title": HOSTILE, "region": HOSTILE})
    letter = WAKEFIELD.letter
    assert letter
    hostile = WAKEFIELD.model_copy(
        update={"publication": publication, "letter": letter.model_copy(update={"inspectors": (HOSTILE,)})}
    )
    assert webhook.send(parcel(hostile), NOW) == Sent("ok")
    shown = [slack.posts[0].text, *_mrkdwn_texts(slack.posts[0].payload["blocks"])]
    assert len(shown) > 3
    for text in shown:
        assert "<!channel>" not in text
        assert "<https://evil" not in text
        assert "*bold*" not in text
        assert "\x1b" not in text


def _mrkdwn_texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        for part in [block.get("text", {}), *block.get("fields", []), *block.get("elements", [])]:
            if part.get("type") == "mrkdwn":
                yield part["text"]


def test_escaping_leaves_names_and_codes_readable() -> None:
    assert escape("channel_not_found: AT&T <b>") == "channel_not_found: AT&amp;T &lt;b&gt;"
    assert escape("*a* _b_") == "∗a∗ ˍbˍ"


def test_long_messages_stay_within_slack_s_limits_and_count_what_is_left_out() -> None:
    sentence = "This sentence is one of very many & <all> of them are alike. "
    long = tidied(
        Message(
            headline="A headline " * 40,
            subject="s",
            notice=sentence * 100,
            facts=tuple(Fact(f"Label {number}", sentence * (number * 3)) for number in range(12)),
            passages=tuple(
                Passage(f"Passage {n}", (Quote(sentence * 40, 3, "https://example.org"),)) for n in range(60)
            ),
            context=(sentence * 100,) * 20,
        )
    )
    payload = render_slack(long)
    assert find_fault({"text": payload.text, "blocks": payload.blocks}) is None
    assert "more passages: see the document." in payload.blocks[-1]["elements"][-1]["text"]


def test_a_digest_of_a_full_message_s_entries_fits(slack: SlackServer, webhook: SlackWebhook) -> None:
    letter = WAKEFIELD.letter
    assert letter
    assert letter.pace
    long = letter.pace.model_copy(update={"quote": "Progress is steady, and it goes on for very long. " * 40})
    events = [
        WAKEFIELD.model_copy(update={"key": f"k{n}", "letter": letter.model_copy(update={"pace": long})})
        for n in range(webhook.bundle)
    ]
    assert webhook.send(digest(*events), NOW) == Sent("ok")
    assert sum(block["type"] == "rich_text" for block in slack.posts[0].payload["blocks"]) == webhook.bundle


def test_source_events_have_messages_too() -> None:
    events = [event for event in EVENTS.values() if event.name is EventName.SOURCE_BLOCKED]
    assert [compose_message(event).headline for event in events] == ["Source ofsted turns us away"]


def test_what_no_client_should_fail_with_is_tried_again_without_its_words() -> None:
    outcome = judge_failure("Slack", ValueError("https://hooks.example.org/secret"))
    assert outcome == RetryLater("Slack: failed (ValueError)", in_doubt=True)
