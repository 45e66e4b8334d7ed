"""What a bot writes again into a message that is there, and what it reads of a channel's history."""

from dataclasses import replace

import pytest

from notifier.channels import Parcel, Parked, RetryLater, Sent
from notifier.channels.mends import SLACK, with_mend
from notifier.channels.slack_bot import SlackBot
from tests.notifier.parcels import NOW, parcel
from tests.notifier.samples import EVENTS
from tests.servers.slack import CHANNEL, TOKEN, SlackServer
from tests.servers.web import Answer

UNAVAILABLE = Answer('{"ok": false, "error": "service_unavailable"}', 503)


@pytest.fixture
def bot(slack: SlackServer) -> SlackBot:
    return SlackBot(TOKEN, CHANNEL, slack.api_url, timeout=1)


def amending(receipt: str) -> Parcel:
    return replace(parcel(EVENTS["withdrawn"], id="d2"), amends_receipt=receipt)


def test_a_message_is_replaced_and_repeating_that_does_no_harm(slack: SlackServer, bot: SlackBot) -> None:
    bot.send(parcel(), NOW)
    receipt = slack.posts[0].ts

    assert [bot.send(amending(receipt), NOW) for _ in range(2)] == [Sent(receipt)] * 2
    assert bot.find_sent(amending(receipt)) == {}
    (post,) = slack.posts
    assert "withdrawn" in str(post.payload["blocks"]).casefold()


def test_a_message_that_is_gone_is_left_and_trouble_is_named(slack: SlackServer, bot: SlackBot) -> None:
    gone = amending("1572598000.000100")
    assert bot.send(gone, NOW) == Sent("1572598000.000100")
    assert slack.posts == []

    slack.web.serve("/api/chat.update", UNAVAILABLE)
    assert bot.send(gone, NOW) == RetryLater("Slack: service_unavailable", in_doubt=True)
    slack.web.serve("/api/chat.update", Answer('{"ok": false, "error": "token_revoked"}'))
    assert bot.send(gone, NOW) == Parked(f"Slack: {with_mend('token_revoked', SLACK)}")


def test_a_withdrawal_waits_while_its_first_message_cannot_be_marked(
    slack: SlackServer, bot: SlackBot
) -> None:
    bot.send(parcel(), NOW)
    slack.web.serve("/api/chat.update", UNAVAILABLE)
    outcome = bot.send(parcel(EVENTS["withdrawn"], id="d2", thread=slack.posts[0].ts), NOW)
    assert outcome == RetryLater("Slack: service_unavailable", in_doubt=True)
    assert len(slack.posts) == 1


def test_a_history_that_cannot_be_read_leaves_the_doubt(slack: SlackServer, bot: SlackBot) -> None:
    slack.web.serve("/api/conversations.history", UNAVAILABLE)
    assert bot.find_sent(parcel()) == RetryLater("Slack: service_unavailable", in_doubt=True)


def test_in_a_thread_that_is_gone_nothing_was_sent(slack: SlackServer, bot: SlackBot) -> None:
    slack.web.serve("/api/conversations.replies", Answer('{"ok": false, "error": "thread_not_found"}'))
    assert bot.find_sent(parcel(EVENTS["revised"], id="d2", thread="1572598000.000100")) == {}


def test_a_history_without_an_end_is_read_no_further_than_far(slack: SlackServer, bot: SlackBot) -> None:
    page = '{"ok": true, "messages": [], "response_metadata": {"next_cursor": "1"}}'
    slack.web.serve("/api/conversations.history", Answer(page))
    assert bot.find_sent(parcel()) == {}
    assert len(slack.web.asked("/api/conversations.history")) == 50
