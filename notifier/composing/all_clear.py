"""The message of the daily all-clear, and of a morning on which not all is clear. Pure."""

from collections.abc import Iterator
from datetime import date, datetime

from notifier.composing.notices import LONDON, say_moment
from notifier.composing.parts import Fact, Message
from notifier.composing.wording import say_count, say_date
from state import AllClearFacts, SourceFacts

MOST_NAMED = 5  # feeds that fail are named, some of them


def compose_all_clear(facts: AllClearFacts, at: datetime) -> Message:
    """What was looked at, and how lately; never a clear word where anything is wrong."""
    if facts.faults:
        return _compose_not_clear(facts, at)
    today = at.astimezone(LONDON).date()
    read = _say_pages(facts)
    seen = ", ".join([read, *_say_feeds(facts), f"newest letter {_say_age(facts.newest_on, today)}"])
    seen += "".join(f", next expected {words}" for words in _say_expected(facts))
    return Message(
        headline=f"All clear, {today:%A} {say_moment(at)}: {seen}",
        subject=f"Letterwatch: all clear on {say_date(today)}, {read}",
        notice=f"All clear: {seen}.",
        facts=tuple(_facts(facts, at)),
        context=(
            "This comes every morning. If one is missing, Letterwatch is not running or cannot reach you.",
        ),
    )


def _compose_not_clear(facts: AllClearFacts, at: datetime) -> Message:
    first, *others = facts.faults
    more = f" (and {len(others)} more)" if others else ""
    return Message(
        headline=f"Not all clear: {first}",
        subject=f"Letterwatch: NOT all clear on {say_date(at.astimezone(LONDON).date())}",
        notice=f"Not all clear: {first}{more}.",
        facts=(*(Fact("Wrong", fault) for fault in facts.faults), *_facts(facts, at)),
        context=(
            "What was not read cannot be told: until this is mended, silence proves nothing.",
            "See more with: letterwatch sources",
        ),
    )


def _facts(facts: AllClearFacts, at: datetime) -> Iterator[Fact]:
    yield Fact("Checked", say_moment(at))
    if facts.looked_at:
        yield Fact("Last look", say_moment(facts.looked_at))
    if facts.swept_at:
        yield Fact("Last full look", f"{say_moment(facts.swept_at)}, {_say_pages(facts)}")
    if facts.newest_on:
        yield Fact("Newest letter", f"published {say_date(facts.newest_on)}")
    for words in _say_expected(facts):
        yield Fact("Next letter expected", words)
    if facts.feeds:
        failing = f"; not read: {', '.join(facts.feeds_failing[:MOST_NAMED])}" if facts.feeds_failing else ""
        more = len(facts.feeds_failing) - MOST_NAMED
        yield Fact(
            "News feeds",
            f"{facts.feeds_read} of {facts.feeds} read{failing}{f' and {more} more' if more > 0 else ''}",
        )
    for source in facts.sources:
        yield Fact(f"Source {source.name}", _say_state(source))


def _say_state(source: SourceFacts) -> str:
    since = f" since {say_moment(source.since_at)}" if source.since_at else ""
    return f"{source.verdict.value}{since}"


def _say_feeds(facts: AllClearFacts) -> Iterator[str]:
    """ "41 feeds", or "38 of 41 feeds"; nothing where no paper is followed."""
    if facts.feeds:
        few = f"{facts.feeds_read} of " if facts.feeds_read < facts.feeds else ""
        yield f"{few}{say_count(facts.feeds, 'feed')}"


def _say_expected(facts: AllClearFacts) -> Iterator[str]:
    if facts.expected_of and facts.expected_on:
        yield f"{facts.expected_of}, about {say_date(facts.expected_on)}"


def _say_pages(facts: AllClearFacts) -> str:
    return f"{facts.pages_read} of {say_count(facts.pages, 'page')} read"


def _say_age(newest_on: date | None, today: date) -> str:
    """ "6 days old"; its date where it is no day old, or ahead of today."""
    if newest_on is None:
        return "not known"
    days = (today - newest_on).days
    return f"{say_count(days, 'day')} old" if days > 0 else f"of {say_date(newest_on)}"
