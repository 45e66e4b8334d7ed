"""Messages about everything that is not a publication: coverage, sources, floods, channels, tests. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from notifier.composing.parts import Fact, Link, Message
from notifier.composing.wording import (
    EXPLANATIONS,
    KIND_NAMES,
    capitalised,
    say_count,
    say_date,
    say_dates,
)
from state import Event, EventName, ExpectedFacts, HeldFacts, Kind, Register, SourceFacts

LONDON = ZoneInfo("Europe/London")
CHANNEL_PREFIX = "channel "
"""Begins the name of a source that is one of our own channels."""
_SOURCE_WORDS = {
    EventName.SOURCE_BROKEN: (
        "cannot be read",
        "It failed or changed: until it is read again, its silence does not mean that nothing is new.",
    ),
    EventName.SOURCE_BLOCKED: (
        "turns us away",
        "The site refuses our requests; it is asked again once a day.",
    ),
    EventName.SOURCE_STALE: (
        "has nothing new for too long",
        "Its pages can be read, but the newest entry is older than is likely: look whether that is true.",
    ),
    EventName.SOURCE_DEGRADED: (
        "is read in part only",
        "Some pages or documents were not obtained for a day; they are asked for again at every look.",
    ),
    EventName.SOURCE_RECOVERED: ("works again", "Nothing was lost: what appeared meanwhile is told now."),
}


def compose_visit_expected(event: Event) -> Message:
    """A visit became known before its letter."""
    publication = event.publication
    about = publication.authority if publication else "An authority"
    kind = publication.kind if publication else Kind.MONITORING_VISIT
    visited = say_dates(publication.visited_from_on, publication.visited_to_on) if publication else None
    links = [Link(f"{about} on Ofsted’s site", publication.page_url)] if publication else []
    if event.article:
        links.append(Link(f"Where it was said: {event.article.publisher}", event.article.url))
    facts = [
        Fact(
            "Authority", f"{about}{f', {publication.region}' if publication and publication.region else ''}"
        ),
        Fact("Visit", f"{KIND_NAMES[kind]}, {visited or 'dates not known'}"),
    ]
    if event.expected and event.expected.expected_on:
        facts.append(Fact("Letter expected", f"about {say_date(event.expected.expected_on)}"))
    if event.article:
        facts.append(
            Fact("Said by", f"“{event.article.title}” ({event.article.publisher})", event.article.url)
        )
    return Message(
        headline=f"{about}: letter to be expected",
        subject=f"{about}: visited, letter not yet published",
        notice=f"{about}: visited{f' on {visited}' if visited else ''}, the letter is not published yet.",
        facts=tuple(facts),
        context=(_say_delay(event.expected), EXPLANATIONS[kind]),
        links=tuple(links),
    )


def _say_delay(expected: ExpectedFacts | None) -> str:
    """How long letters take, and of how many letters that was measured."""
    if expected is None:
        return "Letters usually follow four to six weeks after the visit."
    if not expected.delay_letters:
        return f"In past years letters followed {expected.delay_days} days after the visit in the median."
    letters = say_count(expected.delay_letters, "letter")
    return f"The last {letters} followed {expected.delay_days} days after their visits in the median."


def compose_notice(event: Event) -> Message:
    """Something Ofsted or the government announced: its sort, the authorities it names, its address."""
    article = event.article
    title = article.title if article else "A notice"
    publisher = article.publisher if article else "GOV.UK"
    facts = [Fact("Published", say_moment(article.published_at))] if article and article.published_at else []
    notice = event.notice
    if notice:
        names = [Register.load().get(urn).name for urn in notice.urns]
        facts.append(Fact("Sort", capitalised(notice.kind.value.replace("_", " "))))
        facts += [Fact("Authority", ", ".join(names))] if names else []
    return Message(
        headline=title,
        subject=f"{publisher}: {title}",
        notice=f"{publisher}: {title}",
        facts=(Fact("Publisher", publisher), *facts),
        links=(Link(f"Read it at {publisher}", article.url),) if article else (),
    )


def compose_source(event: Event, source: SourceFacts) -> Message:
    """A source broke, blocked us, or recovered; or a channel refused a message for good."""
    if source.name.startswith(CHANNEL_PREFIX):
        return _compose_channel_problem(event, source)
    told, meaning = _SOURCE_WORDS[event.name]
    lasted = _say_day(event.name, source.day)
    cause = f": {source.cause}" if source.cause else ""
    facts = [Fact("Source", source.name), Fact("State", f"{source.verdict.value}{cause}")]
    if source.since_at:
        facts.append(Fact("Since", say_moment(source.since_at)))
    if source.page_url:
        facts.append(Fact("Page", source.page_url))
    if source.page_sha256:
        facts.append(Fact("What came is kept as", source.page_sha256))
    return Message(
        headline=f"Source {source.name} {told}{lasted}",
        subject=f"Letterwatch: source {source.name} {told}{lasted}",
        notice=f"Source {source.name} {told}{lasted}{cause}.",
        facts=tuple(facts),
        context=(meaning,),
        thread=f"source/{source.name}",
    )


def _say_day(name: EventName, day: int) -> str:
    """How long it lasts or lasted, from its second day on."""
    if day < 2:
        return ""
    return f", after {day} days" if name is EventName.SOURCE_RECOVERED else f", still on day {day}"


def compose_flood(held: HeldFacts) -> Message:
    """More new publications at once than is likely: held for the operator."""
    if held.limit == 0:
        return _compose_restored(held)
    count = say_count(held.count, held.what)
    return Message(
        headline=f"{capitalised(count)} held back",
        subject=f"Letterwatch: {count} held back",
        notice=f"{count} appeared at once, more than {held.limit}; the alerts wait for you.",
        facts=(Fact("Held", count), Fact("Limit in one run", str(held.limit)), Fact("Hold", held.hold)),
        context=(
            "So many at once usually means that the site changed, not that so much was published.",
            f"Look at the list, then send the alerts with: letterwatch release {held.hold}",
        ),
    )


def _compose_restored(held: HeldFacts) -> Message:
    """What the first look after a restore found: perhaps told before the state was lost."""
    count = say_count(held.count, "alert")
    return Message(
        headline=f"{capitalised(count)} held back after a restore",
        subject=f"Letterwatch: {count} held back after a restore",
        notice=f"{count} may have been sent before the backup was restored; the alerts wait for you.",
        facts=(Fact("Held", count), Fact("Hold", held.hold)),
        context=(
            "They are about what the backup did not know yet, and the state that told of it is lost.",
            f"Look at `letterwatch deliveries --state held`; to send them: letterwatch release {held.hold}",
        ),
    )


def _compose_channel_problem(event: Event, source: SourceFacts) -> Message:
    """A channel refused a message for good; told over another one."""
    name = source.name.removeprefix(CHANNEL_PREFIX)
    reason = source.cause or "no reason given"
    return Message(
        headline=f"Channel {name} does not deliver",
        subject=f"Letterwatch: channel {name} does not deliver",
        notice=f"Channel {name} refused a message: {reason}.",
        facts=(Fact("Channel", name), Fact("Reason", reason), Fact("Noticed", say_moment(event.at))),
        context=(
            "Nothing is lost: what was refused waits. See it with: letterwatch deliveries",
            "Mend the channel, then send again what waits: letterwatch deliveries retry ID",
        ),
        thread=f"channel/{name}",
    )


def compose_test_message(channel: str, at: datetime) -> Message:
    """What `letterwatch send-test` sends: proof that a channel works, and nothing else."""
    return Message(
        headline="Letterwatch can reach you here",
        subject="Letterwatch: test message",
        notice=f"A test of the channel {channel}. Nothing was published.",
        facts=(Fact("Channel", channel), Fact("Sent", say_moment(at))),
        context=("This is a test. Alerts about Ofsted’s letters will look like this.",),
    )


def say_moment(at: datetime) -> str:
    """1 November 2019, 09:05 (London time)."""
    local = at.astimezone(LONDON)
    return f"{say_date(local.date())}, {local:%H:%M}"
