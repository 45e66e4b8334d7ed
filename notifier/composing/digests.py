"""Digests: many events in one message, grouped by authority, the poorest pace first. Pure."""

from collections.abc import Iterator, Sequence

from notifier.composing.message import compose_message
from notifier.composing.parts import Message, Passage, Quote, tidied
from notifier.composing.wording import PACE_ORDER, say_count, say_date
from state import Delivery, Event

_QUOTE_LIMIT = 300  # characters, beyond which a sentence is not quoted: cut, it may say something else

_NO_PACE = len(PACE_ORDER)


def compose_digest(events: Sequence[Event], subscription: str) -> Message:
    """One message for the events of a digest, in reading order; a single event is told in full."""
    if len(events) == 1:
        return compose_message(events[0])
    entries = [_entry(event) for event in order_events(events)]
    whom = list(dict.fromkeys(_authority(event) for event in order_events(events) if _authority(event)))
    count = say_count(len(events), "publication") if whom else say_count(len(events), "message")
    told = f"{count} in {subscription}"
    names = f": {', '.join(whom)}" if whom else ""
    return tidied(
        Message(
            headline=told,
            subject=f"Letterwatch: {told}",
            notice=f"{told}{names}",
            passages=tuple(entries),
            context=("Grouped by authority; the slowest pace of progress comes first.",),
        )
    )


def order_events(events: Sequence[Event]) -> list[Event]:
    """By the authority's slowest pace, then its name; within it by pace, then time."""
    slowest: dict[str, int] = {}
    for event in events:
        name = _authority(event)
        slowest[name] = min(slowest.get(name, _NO_PACE), _pace_rank(event))
    return sorted(events, key=lambda e: (slowest[_authority(e)], _authority(e), _pace_rank(e), e.at, e.key))


def split_digest(deliveries: Sequence[Delivery], size: int) -> Iterator[tuple[Delivery, ...]]:
    """A digest's rows in reading order, in messages of at most `size`."""
    by_event = {delivery.event.key: delivery for delivery in deliveries}
    ordered = [by_event[event.key] for event in order_events([delivery.event for delivery in deliveries])]
    return (tuple(ordered[start : start + size]) for start in range(0, len(ordered), size))


def _entry(event: Event) -> Passage:
    """An event as a line of its own: what, when, and the pace sentence."""
    message = compose_message(event)
    publication, letter = event.publication, event.letter
    published = publication.published_on if publication else None
    note = f"Published {say_date(published)}." if published else message.notice
    pace = letter.pace if letter else None
    quotes: tuple[Quote, ...] = ()
    if pace and len(pace.quote) <= _QUOTE_LIMIT:
        page_url = f"{publication.url}#page={pace.page}" if publication else None
        quotes = (Quote(pace.quote, pace.page, page_url),)
    elif pace:
        note = f"{note} What it says of the pace, on page {pace.page}, is too long for a digest."
    return Passage(message.subject, quotes, note, message.links[0].url if message.links else None)


def _authority(event: Event) -> str:
    return event.publication.authority if event.publication else ""


def _pace_rank(event: Event) -> int:
    pace = event.letter.pace if event.letter else None
    return PACE_ORDER.index(pace.label) if pace else _NO_PACE
