"""From a real outbox over real servers: once, in spite of everything."""

import threading
from concurrent.futures import wait
from pathlib import Path

import pytest

from notifier.channels import open_channel
from notifier.channels.slack_bot import SlackBot
from notifier.channels.slack_webhook import SlackWebhook
from notifier.channels.webhook import Webhook
from notifier.sending.lane import DeliveryFigures
from notifier.settings import FileSettings
from state import DeliveryState, Event, EventName, Routing, StateError
from tests.notifier.letters import WAKEFIELD
from tests.notifier.outboxes import START, Clock, Post
from tests.notifier.samples import EVENTS
from tests.servers.slack import CHANNEL, RETRY_AFTER, TOKEN, Fault, SlackServer
from tests.servers.web import Answer, WebServer


def bot(slack: SlackServer) -> SlackBot:
    return SlackBot(TOKEN, CHANNEL, slack.api_url, timeout=1)


def webhook(slack: SlackServer) -> SlackWebhook:
    return SlackWebhook(slack.webhook_url, timeout=1)


def file(path: Path) -> object:
    return open_channel(FileSettings(type="file", path=path))


def numbered(number: int, event: Event = WAKEFIELD) -> Event:
    return event.model_copy(update={"key": f"{event.key}/{number}"})


def test_what_is_due_is_sent_once(post: Post, slack: SlackServer) -> None:
    post.put(WAKEFIELD, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=webhook(slack))
    assert dispatcher.deliver_due() == DeliveryFigures(sent=1)
    assert dispatcher.deliver_due() == DeliveryFigures()
    assert len(slack.posts) == 1
    (row,) = post.rows()
    assert (row.state, row.receipt, row.attempts) == (DeliveryState.SENT, "ok", 1)


def test_what_is_not_due_waits(post: Post, slack: SlackServer, clock: Clock) -> None:
    clock.forward(hours=1)
    later = post.routing("newsdesk")
    clock.forward(hours=-1)
    post.put(WAKEFIELD, later)
    dispatcher = post.dispatcher(newsdesk=webhook(slack))
    assert dispatcher.deliver_due() == DeliveryFigures()
    clock.forward(hours=1)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=1)


def test_failures_put_a_row_off_longer_each_time(post: Post, slack: SlackServer, clock: Clock) -> None:
    slack.misbehave(*[Fault.ERROR_500] * 4)
    post.put(WAKEFIELD, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=webhook(slack))
    waits = []
    for _ in range(4):
        assert dispatcher.deliver_due() == DeliveryFigures(retried=1)
        (row,) = post.rows()
        assert row.last_error == "Slack: 500 Internal Server Error"
        waits.append((row.due_at - clock.now()).total_seconds())
        clock.at = row.due_at
    assert waits == [30, 60, 120, 240]
    assert dispatcher.deliver_due() == DeliveryFigures(sent=1)


def test_retry_after_rests_the_whole_channel(post: Post, slack: SlackServer, clock: Clock) -> None:
    slack.misbehave(Fault.RATE_LIMITED)
    for number in range(3):
        post.put(numbered(number), post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=webhook(slack))
    assert dispatcher.deliver_due() == DeliveryFigures(retried=1, waiting=2)
    assert all((row.due_at - START).total_seconds() >= RETRY_AFTER for row in post.rows())
    clock.forward(seconds=RETRY_AFTER - 1)
    post.put(numbered(3), post.routing("newsdesk"))
    assert dispatcher.deliver_due() == DeliveryFigures()
    clock.forward(seconds=5)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=4)


def test_a_message_a_second_and_not_more(post: Post, slack: SlackServer, clock: Clock) -> None:
    for number in range(3):
        post.put(numbered(number), post.routing("newsdesk"))
    post.dispatcher(newsdesk=webhook(slack)).deliver_due()
    assert clock.slept == [1.0, 1.0]


def test_a_channel_that_keeps_failing_rests_and_nothing_is_lost(post: Post, slack: SlackServer) -> None:
    slack.misbehave(*[Fault.ERROR_500] * 3)
    for number in range(8):
        post.put(numbered(number), post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=webhook(slack))
    assert dispatcher.deliver_due() == DeliveryFigures(retried=3, waiting=5)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=5)


def test_a_hanging_channel_holds_up_no_other(post: Post, tmp_path: Path) -> None:
    release = threading.Event()
    post.put(WAKEFIELD, post.routing("slow"), post.routing("quick", subscription="other"))
    with WebServer() as web:
        web.serve("/hook", Answer(hold=release))
        dispatcher = post.dispatcher(slow=Webhook(web.url("/hook"), "s"), quick=file(tmp_path / "quick.txt"))
        assert dispatcher.deliver_due(patience=0.5) == DeliveryFigures(sent=1)
        assert "third monitoring visit" in (tmp_path / "quick.txt").read_text()
        post.put(numbered(1), post.routing("quick"))
        assert dispatcher.deliver_due(patience=0.5) == DeliveryFigures(sent=1)
        release.set()
        assert dispatcher.deliver_due() == DeliveryFigures(sent=1)


def test_a_channel_that_just_came_free_sends_at_once(post: Post) -> None:
    release = threading.Event()
    post.put(WAKEFIELD, post.routing("slow"))
    with WebServer() as web:
        web.serve("/hook", Answer(hold=release))
        dispatcher = post.dispatcher(slow=Webhook(web.url("/hook"), "s"))
        assert dispatcher.deliver_due(patience=0) == DeliveryFigures()
        release.set()
        wait(dispatcher._running.values())
        post.put(numbered(1), post.routing("slow"))
        assert dispatcher.deliver_due() == DeliveryFigures(sent=2)


def test_a_refusal_that_could_not_be_reported_is_reported_the_next_time(
    post: Post, slack: SlackServer
) -> None:
    slack.refusal = "no_service"
    post.put(WAKEFIELD, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=webhook(slack))
    report, dispatcher._report = dispatcher._report, fail
    with pytest.raises(StateError, match="the disk is full"):
        dispatcher.deliver_due()
    assert post.reports == []

    dispatcher._report = report
    assert dispatcher.deliver_due() == DeliveryFigures(parked=1)
    assert [event.name for event in post.reports] == [EventName.SOURCE_BROKEN]


def fail(_event: Event) -> None:
    raise StateError("the disk is full")


def test_a_refusal_is_parked_reported_and_can_be_retried(
    post: Post, slack: SlackServer, clock: Clock
) -> None:
    slack.refusal = "token_revoked"
    post.put(WAKEFIELD, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=bot(slack))
    assert dispatcher.deliver_due() == DeliveryFigures(parked=1)
    assert dispatcher.deliver_due() == DeliveryFigures()
    (report,) = post.reports
    assert report.name is EventName.SOURCE_BROKEN
    assert report.source
    cause = "Slack: token_revoked (the token was revoked; install the app again and set bot_token)"
    assert (report.source.name, report.source.cause) == ("channel newsdesk", cause)
    slack.refusal = None
    (row,) = post.rows(DeliveryState.PARKED)
    post.store.outbox.retry(row.id, clock.now())
    assert dispatcher.deliver_due() == DeliveryFigures(sent=1)


def test_a_channel_that_is_gone_is_asked_once_a_pass(post: Post) -> None:
    for number in range(3):
        post.put(numbered(number), post.routing("hook"))
    with WebServer() as web:
        web.serve("/hook", Answer(status=410))
        assert post.dispatcher(hook=Webhook(web.url("/hook"), "s")).deliver_due() == DeliveryFigures(parked=3)
        assert len(web.asked()) == 1
    assert len(post.reports) == 1


def test_rows_of_a_channel_that_was_taken_out_are_parked_and_told_once(post: Post) -> None:
    for number in range(12):
        post.put(numbered(number), post.routing("former"))
    assert post.dispatcher().deliver_due() == DeliveryFigures(parked=12)
    cause = 'no channel is called "former" any more'
    assert {row.last_error for row in post.rows()} == {cause}
    (report,) = post.reports
    assert report.source is not None
    assert (report.source.name, report.source.cause) == ("channel former", cause)


def test_a_message_that_cannot_be_made_stops_no_other(
    post: Post, slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    post.put(EVENTS["source-broken"].model_copy(update={"source": None}), post.routing("newsdesk"))
    post.put(WAKEFIELD, post.routing("newsdesk"))
    assert post.dispatcher(newsdesk=bot(slack)).deliver_due() == DeliveryFigures(sent=1, retried=1)
    assert "could not be made or sent" in caplog.text


def test_news_of_a_letter_joins_its_thread(post: Post, slack: SlackServer, clock: Clock) -> None:
    dispatcher = post.dispatcher(newsdesk=bot(slack))
    for name in ("new-monitoring-letter", "revised", "coverage", "reissued", "withdrawn"):
        post.put(EVENTS[name], post.routing("newsdesk"))
        assert dispatcher.deliver_due() == DeliveryFigures(sent=1)
        clock.forward(minutes=1)
    root = slack.posts[0].ts
    assert [item.thread for item in slack.posts] == [None, root, root, root, root]
    assert slack.posts[0].payload["blocks"][0]["text"]["text"].startswith("Withdrawn: ")


def test_a_digest_is_one_message_of_all_its_rows(post: Post, slack: SlackServer) -> None:
    digest = post.routing("newsdesk", digest="daily 07:30")
    for name in ("new-inspection", "new-monitoring-letter", "new-other"):
        post.put(EVENTS[name], digest)
    assert post.dispatcher(newsdesk=webhook(slack)).deliver_due() == DeliveryFigures(sent=3)
    (item,) = slack.posts
    assert item.text.startswith("3 publications in yorkshire: Wakefield")


def test_a_long_digest_becomes_as_many_messages_as_it_needs(post: Post, slack: SlackServer) -> None:
    digest = post.routing("newsdesk", digest="weekly Mon 07:30")
    for number in range(30):
        post.put(numbered(number), digest)
    assert post.dispatcher(newsdesk=webhook(slack)).deliver_due() == DeliveryFigures(sent=30)
    shown = [sum(block["type"] == "rich_text" for block in item.payload["blocks"]) for item in slack.posts]
    assert shown == [12, 12, 6]


def test_a_digest_in_doubt_is_completed_not_repeated(post: Post, slack: SlackServer, clock: Clock) -> None:
    digest = post.routing("newsdesk", digest="daily 07:30")
    for number in range(3):
        post.put(numbered(number), digest)
    slack.misbehave(Fault.DROP_AFTER)
    dispatcher = post.dispatcher(newsdesk=bot(slack))
    assert dispatcher.deliver_due() == DeliveryFigures(retried=3)
    post.put(numbered(3), digest)
    clock.forward(minutes=1)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=4)
    carried = [item.payload["metadata"]["event_payload"]["deliveries"] for item in slack.posts]
    assert [len(ids) for ids in carried] == [3, 1]


def test_a_webhook_gets_a_digest_s_rows_one_by_one(post: Post) -> None:
    digest = post.routing("hook", digest="daily 07:30")
    for number in range(3):
        post.put(numbered(number), digest)
    with WebServer() as web:
        web.serve("/hook", Answer())
        assert post.dispatcher(hook=Webhook(web.url("/hook"), "s")).deliver_due() == DeliveryFigures(sent=3)
        assert len({ask.headers["idempotency-key"] for ask in web.asked()}) == 3


def test_every_recipient_has_a_row_of_their_own(post: Post, tmp_path: Path) -> None:
    rows = [Routing("all", "office", START, recipient=name) for name in ("a@example.org", "b@example.org")]
    post.put(WAKEFIELD, *rows)
    assert {row.recipient for row in post.rows()} == {"a@example.org", "b@example.org"}


def test_closing_ends_after_the_message_under_way(post: Post, slack: SlackServer) -> None:
    for number in range(3):
        post.put(numbered(number), post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=webhook(slack))
    dispatcher.close()
    assert len(slack.posts) == 0
    assert len(post.rows(DeliveryState.PENDING)) == 3
