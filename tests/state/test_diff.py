"""The diff by itself, without a database: what is known, what one look brought, and what changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from state import (
    EventName,
    Grade,
    Grades,
    Kind,
    Outcome,
    Pace,
    PaceLabel,
    PublicationFound,
    PublicationSighting,
    Reading,
)
from state.records.filed import Filed, FiledVersion
from state.settling.diff import Change, Pages, find_changes, find_replaced, is_revised, read_version
from tests.state.takes import (
    DAY,
    HOUR,
    LEEDS,
    START,
    WAKEFIELD,
    document,
    entry,
    letter,
    no_document,
    sighting,
)

NOW = START + DAY
TOLD = START - DAY
VISIT = date(2019, 10, 9)
ALL = frozenset({WAKEFIELD, LEEDS})
NONE: frozenset[str] = frozenset()
GOOD = Pages(read=ALL, complete=ALL, unchanged=NONE, first=NONE)
FIRST = replace(GOOD, first=ALL)


def filed(file_id: str = "1", *, urn: str = WAKEFIELD, visited_on: date | None = None, **facts: Any) -> Filed:
    """A publication that is known, told and has its document."""
    known = Filed(
        sighting=sighting(file_id, urn=urn, visited_on=visited_on),
        first_seen_at=TOLD,
        quiet=False,
        id=int(file_id) if file_id.isdecimal() else 99,
        announced_at=TOLD,
        version=read_version(document(file_id, at=TOLD), ordinal=1),
    )
    return replace(known, **facts)


def look(
    *found: PublicationFound, known: Iterable[Filed] = (), pages: Pages = GOOD, since: date | None = None
) -> list[Change]:
    before = {each.sighting.key: each for each in known}
    return find_changes(found, before, pages, announce_from=since, now=NOW)


def asked(file_id: str, taken: Any, **facts: Any) -> PublicationFound:
    """An entry asked for from memory, not seen on its page."""
    return PublicationFound(sighting(file_id, **facts), taken, listed=False)


def test_what_appears_is_news_with_its_document() -> None:
    (change,) = look(entry("1"))

    assert (change.before, change.event, change.replaces) == (None, EventName.PUBLICATION_NEW, None)
    assert change.after == filed(
        id=None,
        first_seen_at=NOW,
        announced_at=NOW,
        tried_at=START,
        checked_at=START,
        version=change.after.version,
    )
    assert change.document == document("1")
    assert change.after.version == read_version(document("1"), ordinal=1)
    assert change.steps == (
        "first seen on the authority's page",
        "document obtained, read",
        "publication.new",
    )


@pytest.mark.parametrize(
    ("found", "pages"),
    [
        (asked("1", document("1")), GOOD),
        (entry("1"), replace(GOOD, read=frozenset({LEEDS}))),
    ],
)
def test_what_no_believed_page_lists_does_not_appear(found: PublicationFound, pages: Pages) -> None:
    assert look(found, pages=pages) == []


@pytest.mark.parametrize(
    ("published_on", "since", "quiet"),
    [
        (date(2019, 11, 1), None, True),
        (date(2019, 11, 1), date(2019, 11, 2), True),
        (date(2019, 11, 1), date(2019, 11, 1), False),
        (None, date(2019, 11, 1), True),
    ],
)
def test_a_first_look_tells_only_what_is_recent(
    published_on: date | None, since: date | None, *, quiet: bool
) -> None:
    (change,) = look(entry("1", published_on=published_on), pages=FIRST, since=since)

    assert change.after.quiet is quiet
    assert change.event == (None if quiet else EventName.PUBLICATION_NEW)
    last = "recorded quietly: this was the first look at the page" if quiet else "publication.new"
    assert change.steps == ("first seen on the authority's page", "document obtained, read", last)


def test_changes_come_in_the_order_of_publication_then_of_identity() -> None:
    days = {"4": date(2019, 11, 2), "3": date(2019, 11, 1), "1": date(2019, 11, 1), "2": None}
    found = [entry(file_id, published_on=day) for file_id, day in days.items()]

    assert [change.after.sighting.file_id for change in look(*found)] == ["2", "1", "3", "4"]


def test_an_entry_found_twice_is_one_and_listed_if_any_says_so() -> None:
    listed = PublicationFound(replace(sighting("1"), title="As listed"), None)
    for pair in ((listed, asked("1", document("1"))), (asked("1", document("1")), listed)):
        (change,) = look(*pair)
        assert change.after.sighting.title == "As listed"
        assert change.document == document("1")


def test_of_two_documents_and_two_listings_the_first_counts() -> None:
    other = replace(entry("1", document("1", stamp="later")), sighting=replace(sighting("1"), title="Later"))
    (change,) = look(entry("1"), other)
    assert change.document == document("1")
    assert change.after.sighting == sighting("1")
    assert look(asked("1", None), asked("1", document("1"))) == []


def test_what_is_listed_no_longer_is_missing_and_no_news() -> None:
    (change,) = look(known=[filed()])

    assert change.after == filed(missing_since=NOW, missing_looks=1)
    assert (change.event, change.document) == (None, None)
    assert change.steps == ("no longer listed on the authority's page",)


@pytest.mark.parametrize(
    ("pages", "missing_since", "looks"),
    [
        (GOOD, TOLD, 3),
        (replace(GOOD, complete=NONE, unchanged=ALL), TOLD, 3),
        (replace(GOOD, complete=NONE, unchanged=ALL), None, 2),
        (replace(GOOD, complete=NONE), TOLD, 2),
    ],
)
def test_only_good_looks_count_an_absence(pages: Pages, missing_since: datetime | None, looks: int) -> None:
    known = filed(missing_since=missing_since, missing_looks=2)
    changes = look(known=[known], pages=pages)

    assert [(change.after, change.steps) for change in changes] == (
        [(replace(known, missing_looks=3), ())] if looks == 3 else []
    )


def test_neither_what_is_withdrawn_nor_what_a_council_published_goes_missing() -> None:
    assert look(known=[filed(withdrawn_at=TOLD)]) == []
    assert look(known=[filed("council-1")]) == []


def test_what_is_listed_again_is_no_longer_missing_and_keeps_its_authority_s_name() -> None:
    known = filed(missing_since=TOLD, missing_looks=2)
    renamed = replace(sighting("1"), authority="Wakefield MDC", title="Renamed")

    (change,) = look(PublicationFound(renamed), known=[known])

    assert change.after == filed(sighting=replace(sighting("1"), title="Renamed"))
    assert (change.event, change.steps) == (None, ("listed again",))


@pytest.mark.parametrize(
    ("facts", "others", "event"),
    [
        ({}, [], EventName.PUBLICATION_RESTORED),
        ({"quiet": True, "announced_at": None}, [], EventName.PUBLICATION_RESTORED),
        ({}, [filed("2", replaces_id=1)], None),
        ({}, [filed("2", replaces_id=1, withdrawn_at=TOLD)], EventName.PUBLICATION_RESTORED),
        ({}, [filed("2", replaces_id=3)], EventName.PUBLICATION_RESTORED),
    ],
)
def test_what_was_withdrawn_and_is_listed_again_is_restored(
    facts: dict[str, Any], others: list[Filed], event: EventName | None
) -> None:
    known = filed(withdrawn_at=TOLD, missing_since=TOLD, missing_looks=4, **facts)
    listed = [entry(other.sighting.file_id) for other in others if not other.withdrawn_at]

    (change,) = (
        each
        for each in look(entry("1"), *listed, known=[known, *others])
        if each.after.sighting == known.sighting
    )

    assert change.event == event
    assert change.after == filed(checked_at=START, **facts)
    assert change.steps == (("listed again", "publication.restored") if event else ("listed again",))


def test_what_was_never_told_is_not_restored_but_told() -> None:
    known = filed(withdrawn_at=TOLD, missing_since=TOLD, announced_at=None)
    (change,) = look(entry("1"), known=[known])
    assert change.event == EventName.PUBLICATION_NEW


def test_the_same_document_is_only_checked() -> None:
    (change,) = look(entry("1"), known=[filed()])
    assert (change.after, change.document, change.steps) == (filed(checked_at=START), None, ())


@pytest.mark.parametrize(
    ("outcome", "checked"),
    [
        (Outcome.NOT_MODIFIED, True),
        (Outcome.GONE, True),
        (Outcome.BLOCKED, False),
        (Outcome.TRANSIENT, False),
    ],
)
def test_an_answer_about_a_known_document_is_noted_and_a_failure_is_not(
    outcome: Outcome, *, checked: bool
) -> None:
    changes = look(entry("1", no_document("1", outcome, "as it is")), known=[filed()])
    assert [change.after for change in changes] == ([filed(checked_at=START)] if checked else [])


@pytest.mark.parametrize(
    ("taken", "event", "step"),
    [
        (document("1", stamp="2"), None, "with the same text: no news"),
        (document("1", text="Other words."), EventName.PUBLICATION_REVISED, "read"),
        (
            replace(document("1", text="No."), reading=Reading(letter=None, unreadable="no text in it")),
            EventName.PUBLICATION_REVISED,
            "unreadable: no text in it",
        ),
    ],
)
def test_another_document_is_a_version_and_news_by_its_text(
    taken: Any, event: EventName | None, step: str
) -> None:
    (change,) = look(entry("1", taken), known=[filed(unreadable="as before")])

    assert (change.event, change.document) == (event, taken)
    version = change.after.version
    assert version == read_version(taken, ordinal=2)
    assert (change.after.tried_at, change.after.checked_at) == (START, START)
    assert change.after.unreadable == (version.unreadable if version else "")
    steps = (f"another document under the same id, {step}", *([event.value] if event else []))
    assert change.steps == steps


def test_an_answer_without_bytes_is_no_document() -> None:
    (change,) = look(entry("1", replace(document("1"), sha256=None)), pages=GOOD)
    assert (change.after.version, change.after.unreadable, change.after.tries) == (None, "ok", 1)
    assert change.event is None


@pytest.mark.parametrize(
    ("taken", "cause"),
    [
        (no_document("1", Outcome.GONE, "answered 404"), "answered 404"),
        (replace(no_document("1", Outcome.GONE, ""), cause=None), "gone"),
        (None, "not fetched"),
        (
            replace(no_document("1", Outcome.SOFT_ERROR, "an HTML page"), sha256="ab12"),
            "an HTML page (what came is kept as ab12)",
        ),
    ],
)
def test_a_document_that_did_not_come_is_a_try_with_its_cause(taken: Any, cause: str) -> None:
    (change,) = look(PublicationFound(sighting("1"), taken))

    assert (change.after.tries, change.after.tried_at, change.event) == (1, NOW, None)
    assert change.after.unreadable == cause.partition(" (")[0]
    assert change.steps == ("first seen on the authority's page", f"no document at try 1: {cause}")


def waiting(tries: int, **facts: Any) -> Filed:
    """Known without its document, after so many tries."""
    return filed(
        **{"version": None, "tries": tries, "announced_at": None, "unreadable": "not fetched"} | facts
    )


def test_a_crawl_that_was_cut_short_counts_no_try() -> None:
    cut = replace(GOOD, cut_short=True)
    assert look(PublicationFound(sighting("1")), known=[waiting(1)], pages=cut) == []
    asked_in_vain = asked("1", no_document("1", Outcome.TRANSIENT, "timed out"))
    (change,) = look(asked_in_vain, known=[waiting(1)], pages=replace(cut, complete=NONE))
    assert change.after.tries == 2
    assert look(asked("1", None), known=[waiting(1)], pages=replace(GOOD, complete=NONE)) == []


def test_after_three_tries_it_is_told_without_and_further_tries_are_noted_by_cause() -> None:
    listed = PublicationFound(sighting("1"))
    (second,) = look(listed, known=[waiting(1)])
    assert (second.event, second.steps) == (None, ("no document at try 2: not fetched",))
    assert second.after.tried_at == NOW
    (third,) = look(listed, known=[waiting(2)])
    assert third.event == EventName.PUBLICATION_NEW
    assert third.after.announced_at == NOW
    assert third.steps == ("no document at try 3: not fetched", "publication.new without its document")
    (fourth,) = look(listed, known=[waiting(3, announced_at=TOLD)])
    assert (fourth.after.tries, fourth.event, fourth.steps) == (4, None, ())
    (other,) = look(
        entry("1", no_document("1", Outcome.GONE, "answered 404")), known=[waiting(3, announced_at=TOLD)]
    )
    assert other.steps == ("no document at try 4: answered 404",)


def test_a_first_text_after_it_was_told_without_is_a_revision() -> None:
    (told,) = look(entry("1"), known=[waiting(3, announced_at=TOLD)])
    assert told.event == EventName.PUBLICATION_REVISED
    assert told.steps == ("document obtained, read", "publication.revised")
    (quiet,) = look(entry("1"), known=[waiting(1, quiet=True)])
    assert quiet.event is None


LONG_GONE = {"missing_since": NOW - DAY, "missing_looks": 2}
GONE = asked("1", no_document("1", Outcome.GONE, "answered 404"))


def test_what_is_long_missing_and_gone_is_withdrawn() -> None:
    (change,) = look(GONE, known=[filed(**LONG_GONE)])

    assert change.event == EventName.PUBLICATION_WITHDRAWN
    assert change.after == filed(missing_since=NOW - DAY, missing_looks=3, withdrawn_at=NOW, checked_at=START)
    assert change.steps == (
        "withdrawn: missing from 3 good looks and its document is gone",
        "publication.withdrawn",
    )


@pytest.mark.parametrize(
    ("found", "facts"),
    [
        (GONE, LONG_GONE | {"missing_looks": 1}),
        (GONE, LONG_GONE | {"missing_since": NOW - DAY + timedelta(seconds=1)}),
        (asked("1", no_document("1", Outcome.BLOCKED, "answered 403")), LONG_GONE),
        (asked("1", None), LONG_GONE),
        (entry("1", no_document("1", Outcome.GONE, "answered 404")), LONG_GONE),
    ],
)
def test_what_may_still_be_there_is_not_withdrawn(found: PublicationFound, facts: dict[str, Any]) -> None:
    (change,) = look(found, known=[filed(**facts)])
    assert (change.event, change.after.withdrawn_at) == (None, None)


def test_what_is_withdrawn_is_not_withdrawn_again() -> None:
    (change,) = look(GONE, known=[filed(**LONG_GONE | {"missing_looks": 3, "withdrawn_at": TOLD})])
    assert (change.event, change.after.withdrawn_at, change.steps) == (None, TOLD, ())


def test_what_was_replaced_or_never_told_is_withdrawn_in_silence() -> None:
    successor = filed("2", replaces_id=1)
    (replaced,) = (
        each
        for each in look(GONE, entry("2"), known=[filed(**LONG_GONE), successor])
        if each.after.sighting.file_id == "1"
    )
    assert (replaced.event, replaced.after.withdrawn_at) == (None, NOW)
    assert replaced.steps[-1] == "not announced: another publication has replaced it"

    (untold,) = look(GONE, known=[filed(announced_at=None, **LONG_GONE)])
    assert (untold.event, untold.after.withdrawn_at, len(untold.steps)) == (None, NOW, 1)


def test_what_takes_another_s_place_is_a_reissue_and_says_of_which() -> None:
    old = filed(visited_on=VISIT)
    (change,) = (
        each
        for each in look(entry("1", visited_on=VISIT), entry("2", visited_on=VISIT), known=[old])
        if each.before is None
    )

    assert (change.event, change.replaces) == (EventName.PUBLICATION_REISSUED, old)
    assert (change.after.replaces_id, change.after.announced_at) == (1, NOW)
    assert change.steps[-1] == "publication.reissued"


def test_what_a_council_published_first_is_not_told_again() -> None:
    councils = filed("council-1", visited_on=VISIT, id=7)
    (change,) = (each for each in look(entry("2", visited_on=VISIT), known=[councils]) if each.before is None)

    assert (change.event, change.replaces) == (None, councils)
    assert (change.after.replaces_id, change.after.announced_at) == (7, NOW)
    assert change.steps[-1] == "not announced: the council published it as council-1"


def test_only_what_was_known_before_can_be_replaced() -> None:
    same = filed("2", visited_on=VISIT, announced_at=None, first_seen_at=NOW)
    changes = look(entry("1", visited_on=VISIT), entry("2", visited_on=VISIT), known=[same])
    assert {change.event for change in changes} == {EventName.PUBLICATION_NEW}


@pytest.mark.parametrize(
    "other",
    [
        filed("2", urn=LEEDS, visited_on=VISIT),
        filed("1", visited_on=VISIT),
        filed("2", visited_on=VISIT, withdrawn_at=TOLD),
        filed("2", visited_on=VISIT + DAY),
        filed("2"),
        filed("2", version=None, sighting=replace(sighting("2", visited_on=VISIT), kind=Kind.FOCUSED_VISIT)),
    ],
)
def test_another_visit_authority_or_kind_is_not_replaced(other: Filed) -> None:
    assert find_replaced(filed(visited_on=VISIT), [other]) is None


def test_what_has_no_kind_replaces_nothing() -> None:
    nameless = sighting("1", kind=Kind.OTHER, visited_on=VISIT)
    one = filed(sighting=nameless, version=None)
    assert find_replaced(one, [replace(one, sighting=replace(nameless, file_id="2"))]) is None


def test_of_several_the_last_seen_is_replaced_and_of_those_the_highest_number() -> None:
    old = filed("2", visited_on=VISIT)
    later = filed("3", visited_on=VISIT, first_seen_at=TOLD + HOUR)
    twin = filed("4", visited_on=VISIT, first_seen_at=TOLD + HOUR)
    assert find_replaced(filed(visited_on=VISIT), [old, twin, later]) == twin
    assert find_replaced(filed(visited_on=VISIT), [later, old]) == later
    assert find_replaced(filed(), [filed("2")]) is None


def dated(file_id: str, first: date, last: date | None, *, on_page: date | None = VISIT) -> Filed:
    seen: PublicationSighting = sighting(file_id, visited_on=on_page)
    version = replace(read_version(document(file_id), ordinal=1), visited_from_on=first, visited_to_on=last)
    return filed(file_id, sighting=seen, version=version)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (dated("1", VISIT, VISIT + DAY), dated("2", VISIT, VISIT + DAY, on_page=None), True),
        (dated("1", VISIT, VISIT + DAY), dated("2", VISIT - DAY, VISIT + DAY), False),
        (dated("1", VISIT, VISIT + DAY), dated("2", VISIT, VISIT), False),
        (dated("1", VISIT, VISIT + DAY), filed("2", visited_on=VISIT), True),
        (filed("1", visited_on=VISIT), dated("2", VISIT - DAY, VISIT), True),
        (filed("1", visited_on=VISIT), dated("2", VISIT, VISIT, on_page=None), False),
    ],
)
def test_a_visit_is_the_same_by_both_letters_days_else_by_the_page_s(
    one: Filed, other: Filed, *, is_same: bool
) -> None:
    assert (find_replaced(one, [other]) is not None) is is_same


def test_a_text_is_revised_only_against_one_that_was_told() -> None:
    known = filed()
    assert known.version
    same_words = replace(known.version, sha256="other bytes")
    other_words = replace(known.version, text_sha256="other words")
    assert not is_revised(known, known)
    assert not is_revised(known, replace(known, version=same_words))
    assert is_revised(known, replace(known, version=other_words))
    assert not is_revised(known, replace(known, version=None))
    assert is_revised(waiting(3, announced_at=TOLD), known)
    assert not is_revised(waiting(3), known)


def test_a_version_holds_all_that_is_compared_of_a_letter() -> None:
    pace = Pace(label=PaceLabel.STEADY, quote="Steady.", page=1)
    grades = Grades(overall_effectiveness=Grade.GOOD)
    read = letter(
        "Words.",
        visited_from_on=VISIT,
        visited_to_on=VISIT + DAY,
        dated_on=VISIT + 20 * DAY,
        visit_number=3,
        pace=pace,
        grades=grades,
        reader_version=7,
    )
    taken = document("1", text=read)
    assert taken.sha256
    assert taken.reading
    assert read_version(taken, ordinal=4) == FiledVersion(
        ordinal=4,
        sha256=taken.sha256,
        seen_at=START,
        text_sha256=taken.reading.text_sha256,
        reader_version=7,
        kind=Kind.MONITORING_VISIT,
        visited_from_on=VISIT,
        visited_to_on=VISIT + DAY,
        dated_on=VISIT + 20 * DAY,
        visit_number=3,
        pace=pace,
        grades=grades,
    )


def test_a_version_of_what_could_not_be_read_says_why() -> None:
    unread = replace(document("1"), reading=Reading(letter=None, text_sha256="ab", unreadable="encrypted"))
    version = read_version(unread, ordinal=1)
    assert (version.unreadable, version.text_sha256, version.kind) == ("encrypted", "ab", None)
    never = read_version(replace(document("1"), reading=None), ordinal=1)
    assert never.unreadable is not None
