"""Which subscriptions an event matches, and when each is told. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase

from notifier.schedule import QuietHours, Schedule
from notifier.settings import ChannelSettings, EmailSettings, SubscriptionSettings
from state import Authority, Event, Grade, Kind, Letter, PublicationFacts, Register, RegisterError, Routing

WATCHED = "watched"
"""In `authorities`: every authority under watch, wherever it is."""
OPERATOR = "(operator)"
"""The subscription of messages that somebody must see, though nobody subscribed to them."""


def match(
    event: Event,
    subscriptions: Sequence[SubscriptionSettings],
    channels: Mapping[str, ChannelSettings],
    register: Register,
    now: datetime,
) -> list[Routing]:
    """One routing for each recipient of each subscription that wants the event."""
    return [
        routing
        for subscription in subscriptions
        if wants(subscription, event, register)
        for routing in _routings(subscription, channels[subscription.channel], now)
    ]


def match_problem(
    event: Event,
    subscriptions: Sequence[SubscriptionSettings],
    channels: Mapping[str, ChannelSettings],
    register: Register,
    now: datetime,
    *,
    channel: str,
) -> list[Routing]:
    """Who is told that a channel failed: those who want events of sources, over any other channel.

    Where nobody asked for such events, every other channel is told: silence would look like "nothing new".
    """
    others = {name: settings for name, settings in channels.items() if name != channel}
    usable = [subscription for subscription in subscriptions if subscription.channel in others]
    routings = match(event, usable, others, register, now)
    if routings:
        return routings
    return [
        Routing(OPERATOR, name, now, recipient=recipient)
        for name, settings in others.items()
        for recipient in _recipients(settings)
    ]


def wants(subscription: SubscriptionSettings, event: Event, register: Register) -> bool:
    """Whether a subscription's filters let an event through; events of no authority match by name only."""
    if not any(fnmatchcase(event.name, pattern) for pattern in subscription.events):
        return False
    if event.publication is None:
        return True
    return (
        _is_named(subscription, event, event.publication, register)
        and (not subscription.under_watch_only or is_under_watch(event))
        and (not subscription.kinds or event.publication.kind in subscription.kinds)
        and _is_about(subscription, event.letter)
    )


def is_under_watch(event: Event) -> bool:
    """Whether the authority stands inadequate; a monitoring visit says so by itself."""
    if event.standing is not None:
        return event.standing.inadequate
    return event.publication is not None and event.publication.kind is Kind.MONITORING_VISIT


def find_faults(
    subscriptions: Sequence[SubscriptionSettings], channels: Mapping[str, ChannelSettings], register: Register
) -> list[str]:
    """What makes subscriptions unusable: doubled names, unknown channels and authorities. One line each."""
    names = Counter(subscription.name for subscription in subscriptions)
    faults = [f'{count} subscriptions are called "{name}"' for name, count in names.items() if count > 1]
    for subscription in subscriptions:
        whose = f'subscription "{subscription.name}"'
        if subscription.channel not in channels:
            known = ", ".join(channels) or "none"
            faults.append(f'{whose}: no channel is called "{subscription.channel}"; there are: {known}')
        for spec in subscription.authorities:
            try:
                _select(spec, register)
            except RegisterError as error:
                faults.append(f"{whose}: {error}")
    return faults


def find_unused(
    subscriptions: Sequence[SubscriptionSettings], channels: Mapping[str, ChannelSettings]
) -> list[str]:
    """Channels nobody subscribes to."""
    used = {subscription.channel for subscription in subscriptions}
    return [name for name in channels if name not in used]


def _routings(
    subscription: SubscriptionSettings, channel: ChannelSettings, now: datetime
) -> Iterator[Routing]:
    schedule = Schedule.parse(subscription.delivery)
    due_at = schedule.next_after(now) if schedule else now
    if subscription.quiet:
        due_at = QuietHours.parse(subscription.quiet).delay(due_at)
    digest = subscription.delivery if schedule else None
    for recipient in _recipients(channel):
        yield Routing(subscription.name, subscription.channel, due_at, digest, recipient)


def _recipients(channel: ChannelSettings) -> tuple[str, ...]:
    return channel.to if isinstance(channel, EmailSettings) else ("",)


def _is_named(
    subscription: SubscriptionSettings, event: Event, publication: PublicationFacts, register: Register
) -> bool:
    for spec in subscription.authorities:
        if spec.casefold() == WATCHED:
            if is_under_watch(event):
                return True
        elif spec.casefold() == "all" or publication.urn in {a.urn for a in _select(spec, register)}:
            return True
    return False


def _select(spec: str, register: Register) -> Sequence[Authority]:
    return () if spec.casefold() == WATCHED else register.select(spec)


def _is_about(subscription: SubscriptionSettings, letter: Letter | None) -> bool:
    """Themes, pace and grades; what could not be read passes: better one alert too many."""
    if letter is None:
        return True
    return (
        _has_theme(subscription, letter)
        and _has_pace(subscription, letter)
        and _has_grade(subscription, letter)
    )


def _has_theme(subscription: SubscriptionSettings, letter: Letter) -> bool:
    wanted = {theme.casefold() for theme in subscription.themes}
    return not wanted or any(theme.casefold() in wanted for quote in letter.summary for theme in quote.themes)


def _has_pace(subscription: SubscriptionSettings, letter: Letter) -> bool:
    if letter.pace is None:
        return not subscription.pace or letter.kind is Kind.MONITORING_VISIT or "pace" in letter.not_read
    return not subscription.pace or letter.pace.label in subscription.pace


def _has_grade(subscription: SubscriptionSettings, letter: Letter) -> bool:
    wanted = {*subscription.grades, Grade.NOT_READ}
    return not subscription.grades or any(grade in wanted for grade in letter.grades.given().values())
