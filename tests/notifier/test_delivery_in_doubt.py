"""What may have arrived, and what of it is sent again: nothing where the channel can be asked."""

import pytest

from notifier.sending.lane import LEASE, DeliveryFigures
from tests.notifier.letters import WAKEFIELD
from tests.notifier.outboxes import Clock, Post
from tests.notifier.test_delivery import bot, numbered, webhook
from tests.servers.slack import Fault, SlackServer
from tests.servers.web import Answer


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.TIMEOUT_AFTER, Fault.DROP_BEFORE, Fault.ERROR_500])
def test_a_bot_never_doubles_what_may_have_arrived(
    post: Post, slack: SlackServer, clock: Clock, fault: Fault
) -> None:
    slack.misbehave(fault)
    post.put(WAKEFIELD, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=bot(slack))
    assert dispatcher.deliver_due() == DeliveryFigures(retried=1)
    clock.forward(minutes=1)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=1)
    assert len(slack.posts) == 1
    assert post.rows()[0].receipt == slack.posts[0].ts


@pytest.mark.parametrize(("asks", "posts"), [(True, 1), (False, 2)])
def test_after_a_crash_between_sending_and_recording(
    post: Post, slack: SlackServer, clock: Clock, asks: bool, posts: int
) -> None:
    post.put(WAKEFIELD, post.routing("newsdesk"))
    channel = bot(slack) if asks else webhook(slack)
    real_record = post.store.outbox.record_sent

    def crash(*_: object) -> None:
        raise SystemExit("killed before the outcome was recorded")

    post.store.outbox.record_sent = crash  # type: ignore[method-assign, assignment]
    with pytest.raises(SystemExit):
        post.dispatcher(newsdesk=channel).deliver_due()
    post.store.outbox.record_sent = real_record  # type: ignore[method-assign]
    after = post.dispatcher(newsdesk=channel)
    assert after.deliver_due() == DeliveryFigures()
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert after.deliver_due() == DeliveryFigures(sent=1)
    assert len(slack.posts) == posts


def test_what_cannot_be_looked_up_is_not_sent_again(post: Post, slack: SlackServer, clock: Clock) -> None:
    slack.misbehave(Fault.DROP_AFTER)
    post.put(WAKEFIELD, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=bot(slack))
    assert dispatcher.deliver_due() == DeliveryFigures(retried=1)
    slack.web.serve("/api/conversations.history", Answer('{"ok": false, "error": "fatal_error"}', 503))
    clock.forward(hours=1)
    assert dispatcher.deliver_due() == DeliveryFigures(retried=1)
    assert len(slack.posts) == 1


def test_a_claim_lost_before_the_send_sends_nothing(post: Post, slack: SlackServer, clock: Clock) -> None:
    for number in range(2):
        post.put(numbered(number), post.routing("newsdesk"))
    other = post.dispatcher(newsdesk=webhook(slack))

    def overtaken(seconds: float) -> None:
        clock.at += LEASE
        assert other.deliver_due() == DeliveryFigures(sent=1)

    clock.sleep = overtaken  # type: ignore[method-assign]
    assert post.dispatcher(newsdesk=webhook(slack)).deliver_due() == DeliveryFigures(sent=1)
    assert len(slack.posts) == 2
