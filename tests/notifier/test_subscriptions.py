"""Who is told what, and when."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from notifier.composing.message import compose_message
from notifier.sending.delivery import problem_event
from notifier.settings import ChannelSettings, SubscriptionSettings
from notifier.subscriptions import OPERATOR, find_faults, find_unused, match, wants
from state import Event, EventName, Kind, Register, Routing, Standing
from tests.notifier.letters import WAKEFIELD
from tests.notifier.samples import EVENTS

REGISTER = Register.load()
NOW = datetime(2019, 11, 1, 9, 6, tzinfo=UTC)
CHANNELS: dict[str, ChannelSettings] = TypeAdapter(dict[str, ChannelSettings]).validate_python(
    {
        "newsdesk": {"type": "slack", "webhook_url": "https://hooks.slack.com/services/x"},
        "office": {
            "type": "email",
            "smtp": "smtp://127.0.0.1",
            "from": "letterwatch@example.org",
            "to": ["a@example.org", "b@example.org"],
        },
    }
)


def subscription(**values: Any) -> SubscriptionSettings:
    return SubscriptionSettings.model_validate({"name": "yorkshire", "channel": "newsdesk", **values})


def is_wanted(event: Event, **values: Any) -> bool:
    return wants(subscription(**values), event, REGISTER)


@pytest.mark.parametrize(
    ("authorities", "wanted"),
    [
        (["all"], True),
        (["Wakefield"], True),
        (["wakefield council"], True),
        (["80451"], True),
        (["region:Yorkshire and The Humber"], True),
        (["region:yorkshire and the humber"], True),
        (["region:London", "Wakefield"], True),
        (["watched"], True),
        (["neighbours:Wakefield"], False),
        (["region:London"], False),
        (["Leeds"], False),
    ],
)
def test_authorities(authorities: list[str], wanted: bool) -> None:
    assert is_wanted(WAKEFIELD, authorities=authorities) is wanted


def test_neighbours_are_those_of_the_register() -> None:
    (wakefield,) = REGISTER.select("Wakefield")
    assert WAKEFIELD.publication
    neighbour = WAKEFIELD.publication.model_copy(update={"urn": wakefield.neighbours[0]})
    assert is_wanted(
        WAKEFIELD.model_copy(update={"publication": neighbour}), authorities=["neighbours:Wakefield"]
    )


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"kinds": ["monitoring_visit", "inspection"]}, True),
        ({"kinds": ["inspection"]}, False),
        ({"events": ["publication.*"]}, True),
        ({"events": ["publication.new"]}, True),
        ({"events": ["*"]}, True),
        ({"events": ["grade.changed", "source.*"]}, False),
        ({"themes": ["Neglect"]}, True),
        ({"themes": ["adoption"]}, False),
        ({"pace": ["steady", "strong"]}, True),
        ({"pace": ["poor"]}, False),
        ({"grades": ["inadequate"]}, False),
        ({"under_watch_only": True}, True),
    ],
)
def test_filters(filters: dict[str, Any], wanted: bool) -> None:
    assert is_wanted(WAKEFIELD, **filters) is wanted


def test_grades_and_watch_of_an_inspection() -> None:
    report = EVENTS["new-inspection"]
    assert is_wanted(report, grades=["outstanding"])
    assert not is_wanted(report, grades=["inadequate"])
    assert not is_wanted(report, under_watch_only=True)
    assert not is_wanted(report, authorities=["watched"])
    fallen = report.model_copy(update={"standing": Standing(inadequate=True, judged_on=date(2022, 1, 5))})
    assert is_wanted(fallen, authorities=["watched"], under_watch_only=True)


def test_a_letter_under_an_unknown_title_is_what_it_shows() -> None:
    assert WAKEFIELD.publication
    untitled = WAKEFIELD.publication.model_copy(update={"kind": Kind.OTHER, "title": "Letter"})
    event = WAKEFIELD.model_copy(update={"publication": untitled})
    assert is_wanted(event, kinds=["monitoring_visit"])
    assert is_wanted(event, kinds=["other"])
    assert compose_message(event).headline == "Wakefield: third monitoring visit letter"


@pytest.mark.parametrize("name", ["new-letter-half-read", "new-letter-unreadable"])
def test_what_could_not_be_read_is_never_filtered_out(name: str) -> None:
    assert is_wanted(EVENTS[name], pace=["poor"])


def test_events_of_sources_match_by_name_only() -> None:
    narrow = {"authorities": ["Leeds"], "kinds": ["send"], "events": ["source.*", "flood.held"]}
    assert is_wanted(EVENTS["source-broken"], **narrow)
    assert is_wanted(EVENTS["flood-held"], **narrow)
    assert not is_wanted(EVENTS["source-broken"])


def test_one_routing_for_each_recipient() -> None:
    subscriptions = [subscription(), subscription(name="team", channel="office")]
    assert match(WAKEFIELD, subscriptions, CHANNELS, REGISTER, NOW) == [
        Routing("yorkshire", "newsdesk", NOW),
        Routing("team", "office", NOW, recipient="a@example.org"),
        Routing("team", "office", NOW, recipient="b@example.org"),
    ]


def test_digests_and_quiet_hours_only_delay() -> None:
    late = datetime(2019, 11, 1, 23, 0, tzinfo=UTC)
    subscriptions = [
        subscription(quiet="22:00-07:00"),
        subscription(name="week", delivery="weekly Mon 07:30"),
        subscription(name="night", delivery="daily 02:00", quiet="22:00-07:00"),
    ]
    assert match(WAKEFIELD, subscriptions, CHANNELS, REGISTER, late) == [
        Routing("yorkshire", "newsdesk", datetime(2019, 11, 2, 7, 0, tzinfo=UTC)),
        Routing("week", "newsdesk", datetime(2019, 11, 4, 7, 30, tzinfo=UTC), "weekly Mon 07:30"),
        Routing("night", "newsdesk", datetime(2019, 11, 2, 7, 0, tzinfo=UTC), "daily 02:00"),
    ]


def test_a_failing_channel_is_reported_over_the_others() -> None:
    team = subscription(name="team", channel="office", events=["source.*"])
    own = subscription(name="own", events=["source.*"])
    told = match(problem_event("newsdesk", "d1", "Slack: gone", NOW), [own, team], CHANNELS, REGISTER, NOW)
    assert {(routing.subscription, routing.recipient) for routing in told} == {
        ("team", "a@example.org"),
        ("team", "b@example.org"),
    }
    problem = problem_event("office", "d1", "mail server: 550", NOW)
    assert match(problem, [team], CHANNELS, REGISTER, NOW) == [
        Routing(f"{OPERATOR} newsdesk", "newsdesk", NOW)
    ]
    assert compose_message(problem).headline == "Channel office does not deliver"


def test_held_alerts_are_told_on_every_channel_if_nobody_subscribed_to_hear_of_them() -> None:
    held = EVENTS["flood-held"]
    heard = match(held, [subscription()], CHANNELS, REGISTER, NOW)
    assert {(routing.subscription, routing.channel) for routing in heard} == {
        (f"{OPERATOR} {name}", name) for name in CHANNELS
    }
    operator = subscription(name="us", events=["flood.held"])
    assert match(held, [subscription(), operator], CHANNELS, REGISTER, NOW) == [
        Routing("us", "newsdesk", NOW)
    ]
    assert match(EVENTS["source-broken"], [subscription()], CHANNELS, REGISTER, NOW) == []


def test_faults_are_named_with_their_mend() -> None:
    subscriptions = [
        subscription(channel="newsroom"),
        subscription(authorities=["Wakefeld", "region:Yorkshire", "watched"]),
    ]
    faults = find_faults(subscriptions, CHANNELS, REGISTER)
    assert faults[0] == '2 subscriptions are called "yorkshire"'
    assert (
        faults[1] == 'subscription "yorkshire": no channel is called "newsroom"; there are: newsdesk, office'
    )
    assert 'unknown authority "Wakefeld"' in faults[2]
    assert "Wakefield" in faults[2]
    assert 'unknown region "Yorkshire"' in faults[3]
    assert len(faults) == 4
    assert find_faults([subscription()], CHANNELS, REGISTER) == []
    assert find_unused([subscription()], CHANNELS) == ["office"]


def test_a_notice_reaches_those_whose_authorities_it_names() -> None:
    direction = EVENTS["notice-direction"]
    assert is_wanted(direction, events=["notice.new"], authorities=["region:Yorkshire and The Humber"])
    assert not is_wanted(direction, events=["notice.new"], authorities=["Leeds"])
    assert is_wanted(EVENTS["notice"], events=["notice.new"], authorities=["Leeds"])


def test_of_a_council_that_is_not_under_watch_the_watched_hear_nothing() -> None:
    assert not is_wanted(EVENTS["new-inspection"], authorities=["watched"])


def test_every_event_can_be_subscribed_to() -> None:
    for event in EVENTS.values():
        assert is_wanted(event, events=[event.name])
    assert {event.name for event in EVENTS.values()} == set(EventName)
