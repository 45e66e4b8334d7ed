"""Which subscriptions an event matches, and when each is told. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase

from notifier.composing.notices import CHANNEL_PREFIX
from notifier.sending.schedule import QuietHours, Schedule
from notifier.settings import ChannelSettings, EmailSettings, SlackSettings, SubscriptionSettings
from state import (
    Authority,
    Event,
    Grade,
    Kind,
    Letter,
    NoticeFacts,
    PublicationFacts,
    Register,
    RegisterError,
    Routing,
)

WATCHED = "watched"
"""In `authorities`: every authority under watch, wherever it is."""
OPERATOR = "(operator)"
"""Begins the subscription, one a channel, of messages that somebody must see though nobody subscribed."""


def match(
    event: Event,
    subscriptions: Sequence[SubscriptionSettings],
    channels: Mapping[str, ChannelSettings],
    register: Register,
    now: datetime,
) -> list[Routing]:
    """One routing for each recipient of each subscription that wants the event.

    A channel's failure is told over the other channels. Where nobody subscribed to it there, or to alerts
    being held, all channels are told: silence would look like "nothing new".
    """
    failed = _failed_channel(event)
    usable = {name: settings for name, settings in channels.items() if name != failed}
    routings = [
        routing
        for subscription in subscriptions
        if subscription.channel in usable and wants(subscription, event, register)
        for routing in _routings(subscription, usable[subscription.channel], now)
        if not _is_amending(event) or _can_amend(usable[subscription.channel], routing)
    ]
    if routings or (failed is None and event.held is None):
        return routings
    return [
        Routing(f"{OPERATOR} {name}", name, now, recipient=recipient)
        for name, settings in usable.items()
        for recipient in recipients_of(settings)
    ]


def wants(subscription: SubscriptionSettings, event: Event, register: Register) -> bool:
    """Whether a subscription's filters let an event through; events of no authority match by name only."""
    return find_objection(subscription, event, register) is None


def find_objection(subscription: SubscriptionSettings, event: Event, register: Register) -> str | None:
    """The first filter that keeps an event from a subscription, with what it asks for; None: it passes."""
    if not any(fnmatchcase(event.name, pattern) for pattern in subscription.events):
        return f"events: wants {', '.join(subscription.events)}"
    if event.notice is not None and not _concerns(subscription, event.notice, register):
        return f"authorities: wants {', '.join(subscription.authorities)}"
    if event.publication is None:
        return None
    filters = _judge(subscription, event, event.publication, register)
    return next((f"{name}: wants {wanted}" for name, passes, wanted in filters if not passes), None)


def _judge(
    subscription: SubscriptionSettings, event: Event, publication: PublicationFacts, register: Register
) -> Iterator[tuple[str, bool, str]]:
    """Each filter with whether the event passes it. What could not be read passes: better one too many."""
    named = _is_named(subscription, event, publication, register)
    yield "authorities", named, ", ".join(subscription.authorities)
    watched = not subscription.under_watch_only or is_under_watch(event)
    yield "under_watch_only", watched, "authorities under watch"
    letter = event.letter
    yield "kinds", _is_of_kind(subscription, publication, letter), ", ".join(subscription.kinds)
    if letter is not None:
        yield "themes", _has_theme(subscription, letter), ", ".join(subscription.themes)
        yield "pace", _has_pace(subscription, letter), ", ".join(subscription.pace)
        yield "grades", _has_grade(subscription, letter), ", ".join(subscription.grades)


def due_at(subscription: SubscriptionSettings, now: datetime) -> datetime:
    """When something that happens now is told: at once or with the next digest, but not in quiet hours."""
    schedule = Schedule.parse(subscription.delivery)
    due = schedule.next_after(now) if schedule else now
    return QuietHours.parse(subscription.quiet).delay(due) if subscription.quiet else due


def recipients_of(channel: ChannelSettings) -> tuple[str, ...]:
    """The addresses of a mail channel; "" for a channel that is its own recipient."""
    return channel.to if isinstance(channel, EmailSettings) else ("",)


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
    digest = None if subscription.delivery == "instant" else subscription.delivery
    due = due_at(subscription, now)
    for recipient in recipients_of(channel):
        yield Routing(subscription.name, subscription.channel, due, digest, recipient)


def _is_amending(event: Event) -> bool:
    """Whether an event only adds to a message that was sent before."""
    return event.coverage is not None and event.coverage.amends is not None


def _can_amend(channel: ChannelSettings, routing: Routing) -> bool:
    """A Slack bot can change what it posted; on every other channel a story is told once."""
    return isinstance(channel, SlackSettings) and channel.bot_token is not None and routing.digest is None


def _failed_channel(event: Event) -> str | None:
    """The channel whose failure an event tells of."""
    name = event.source.name if event.source else ""
    return name.removeprefix(CHANNEL_PREFIX) if name.startswith(CHANNEL_PREFIX) else None


def _concerns(subscription: SubscriptionSettings, notice: NoticeFacts, register: Register) -> bool:
    """Notices of no authority in particular are for everybody who asked for notices."""
    if not notice.urns or any(spec.casefold() in ("all", WATCHED) for spec in subscription.authorities):
        return True
    named = {a.urn for spec in subscription.authorities for a in _select(spec, register)}
    return not named.isdisjoint(notice.urns)


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


def _is_of_kind(
    subscription: SubscriptionSettings, publication: PublicationFacts, letter: Letter | None
) -> bool:
    """By what the page says or what the letter shows: where they differ, better one alert too many."""
    kinds = {publication.kind, letter.kind if letter else publication.kind}
    return not subscription.kinds or not kinds.isdisjoint(subscription.kinds)


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
