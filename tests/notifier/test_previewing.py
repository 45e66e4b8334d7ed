"""What a subscription would have received: its filters, its times, its channel's addresses."""

from datetime import UTC, datetime
from typing import Any

from notifier.previewing import Preview, preview
from notifier.sending.delivery import problem_event
from state import Event, EventName, Kind, Register
from tests.notifier.letters import LETTER, REPORT, REPORT_CHANGES, REPORT_READ, WAKEFIELD, event
from tests.notifier.samples import EVENTS
from tests.notifier.test_digests import about
from tests.notifier.test_subscriptions import CHANNELS, subscription

REGISTER = Register.load()
LATE = datetime(2019, 11, 1, 23, 30, tzinfo=UTC)  # a Friday
MORNING = datetime(2019, 11, 2, 7, 0, tzinfo=UTC)
MONDAY = datetime(2019, 11, 4, 7, 30, tzinfo=UTC)


def at(moment: datetime, told: Event) -> Event:
    return told.model_copy(update={"at": moment, "key": f"{told.key}/{moment}"})


def show(*events: Event, **values: Any) -> list[Preview]:
    return preview(subscription(**values), CHANNELS, events, REGISTER)


def test_told_at_once_it_comes_as_it_happened() -> None:
    first, second = show(WAKEFIELD, at(LATE, EVENTS["new-inspection"]))
    assert [each.due_at for each in (first, second)] == [WAKEFIELD.at, LATE]
    assert (first.channel, first.recipients, first.events) == ("newsdesk", (), (WAKEFIELD,))
    assert first.message.headline == "Wakefield: third monitoring visit letter"


def test_filters_decide_what_would_have_come() -> None:
    other = WAKEFIELD.model_copy(update={"publication": LETTER.model_copy(update={"urn": "80499"})})
    (only,) = show(other, WAKEFIELD, EVENTS["source-broken"], authorities=["Wakefield"])
    assert only.events == (WAKEFIELD,)
    assert show(WAKEFIELD, kinds=[Kind.INSPECTION]) == []


def test_quiet_hours_delay_each_message_and_merge_none() -> None:
    late, later = at(LATE, WAKEFIELD), at(LATE, EVENTS["new-inspection"])
    previews = show(late, later, quiet="22:00-07:00")
    assert [each.due_at for each in previews] == [MORNING, MORNING]
    assert [each.events for each in previews] == [(late,), (later,)]


def test_a_digest_gathers_what_happened_before_its_time() -> None:
    kent, after = at(LATE, about("Kent", None)), at(MONDAY, EVENTS["new-inspection"])
    first, second = show(kent, WAKEFIELD, after, delivery="weekly Mon 07:30")
    assert (first.due_at, first.message.headline) == (MONDAY, "2 publications in yorkshire")
    assert first.events == (WAKEFIELD, kent)  # as the digest is read: a pace before none
    assert (second.due_at, second.events) == (datetime(2019, 11, 11, 7, 30, tzinfo=UTC), (after,))


def test_a_mail_names_every_address() -> None:
    (only,) = show(WAKEFIELD, channel="office")
    assert (only.channel, only.recipients) == ("office", ("a@example.org", "b@example.org"))


def test_of_one_report_only_the_first_event_comes() -> None:
    facts = {"publication": REPORT, "letter": REPORT_READ, "grade_changes": REPORT_CHANGES}
    new, grades = event(EventName.PUBLICATION_NEW, **facts), event(EventName.GRADE_CHANGED, **facts)
    assert [each.events for each in show(new, grades)] == [(new,)]
    assert [each.events for each in show(new, grades, events=["grade.changed"])] == [(grades,)]
    revised = at(LATE, event(EventName.PUBLICATION_REVISED, **facts))
    assert [each.events for each in show(new, grades, revised)] == [(new,), (revised,)]


def test_a_channel_does_not_tell_of_its_own_failure() -> None:
    failed = problem_event("newsdesk", "d1", "answered 410", LATE)
    assert show(failed, events=["source.*"]) == []
    (only,) = show(failed, channel="office", events=["source.*"])
    assert only.events == (failed,)
    assert show(failed, channel="office") == []  # told to the operator, not to this subscription
