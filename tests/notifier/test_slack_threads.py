"""A letter's thread in Slack that begins late, or whose first message somebody deleted."""

from notifier import Dispatcher
from notifier.channels.slack_bot import SlackBot
from notifier.sending.lane import DeliveryFigures
from state import EventName
from tests.notifier.letters import WAKEFIELD
from tests.notifier.outboxes import Clock, Post
from tests.notifier.samples import EVENTS
from tests.servers.slack import CHANNEL, TOKEN, Fault, SlackServer

REVISED = EVENTS["revised"].model_copy(update={"publication": WAKEFIELD.publication})


def open_bot(slack: SlackServer) -> SlackBot:
    return SlackBot(TOKEN, CHANNEL, slack.api_url, timeout=1)


def follow_a_deleted_message(post: Post, slack: SlackServer) -> Dispatcher:
    """A letter was told, its message deleted, and a revision of it is due."""
    post.put(WAKEFIELD, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=open_bot(slack))
    dispatcher.deliver_due()
    slack.closed_threads.add(slack.posts[0].ts)
    post.put(REVISED, post.routing("newsdesk"))
    return dispatcher


def test_two_lost_answers_about_one_letter_double_neither(
    post: Post, slack: SlackServer, clock: Clock
) -> None:
    """The second message was posted before anybody knew of the thread that it is looked for in."""
    slack.misbehave(Fault.DROP_AFTER, Fault.DROP_AFTER)
    post.put(WAKEFIELD, post.routing("newsdesk"))
    post.put(REVISED, post.routing("newsdesk"))
    dispatcher = post.dispatcher(newsdesk=open_bot(slack))

    assert dispatcher.deliver_due() == DeliveryFigures(retried=2)
    assert len(slack.posts) == 2
    clock.forward(minutes=1)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=2)
    assert len(slack.posts) == 2
    assert {row.receipt for row in post.rows()} == {each.ts for each in slack.posts}


def test_what_hung_on_a_deleted_message_is_told_by_itself(
    post: Post, slack: SlackServer, clock: Clock
) -> None:
    dispatcher = follow_a_deleted_message(post, slack)

    slack.misbehave(Fault.DROP_BEFORE)
    assert dispatcher.deliver_due() == DeliveryFigures(retried=1)
    clock.forward(minutes=1)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=1)
    assert REVISED.name is EventName.PUBLICATION_REVISED
    assert [each.thread for each in slack.posts] == [None, None]
    assert {row.receipt for row in post.rows()} == {each.ts for each in slack.posts}


def test_of_a_deleted_message_s_follow_up_a_lost_answer_doubles_nothing(
    post: Post, slack: SlackServer, clock: Clock
) -> None:
    dispatcher = follow_a_deleted_message(post, slack)

    slack.misbehave(None, Fault.DROP_AFTER)  # Slack refuses the reply, and takes what stands by itself
    dispatcher.deliver_due()
    clock.forward(minutes=1)
    assert dispatcher.deliver_due() == DeliveryFigures(sent=1)
    assert len(slack.posts) == 2
