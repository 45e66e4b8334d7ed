"""The diff by itself, without a database: what is known, what one look brought, and what changed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from state import (
    EventName,
    Outcome,
    PublicationFound,
    Reading,
)
from state.records.filed import Filed
from state.settling.diff import Pages, read_version
from tests.state.diffing import ALL, FIRST, GOOD, NONE, NOW, TOLD, asked, filed, look, waiting
from tests.state.takes import (
    LEEDS,
    START,
    document,
    entry,
    no_document,
    sighting,
)


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
    in_vain = entry("1", no_document("1", Outcome.GONE, "not fetched"))
    (fourth,) = look(in_vain, known=[waiting(3, announced_at=TOLD)])
    assert (fourth.after.tries, fourth.event, fourth.steps) == (4, None, ())
    (other,) = look(
        entry("1", no_document("1", Outcome.GONE, "answered 404")), known=[waiting(3, announced_at=TOLD)]
    )
    assert other.steps == ("no document at try 4: answered 404",)


def test_an_entry_that_is_only_listed_keeps_when_and_why_its_last_try_failed() -> None:
    listed = PublicationFound(sighting("1"))
    failed = {"tried_at": TOLD, "unreadable": "the server took too long to answer"}
    (untold,) = look(listed, known=[waiting(1, **failed)])
    assert (untold.after.tries, untold.after.tried_at, untold.after.unreadable) == (2, *failed.values())
    assert look(listed, known=[waiting(3, announced_at=TOLD, **failed)]) == []
    assert look(listed, known=[waiting(1, quiet=True, **failed)]) == []


def test_a_first_text_after_it_was_told_without_is_a_revision() -> None:
    (told,) = look(entry("1"), known=[waiting(3, announced_at=TOLD)])
    assert told.event == EventName.PUBLICATION_REVISED
    assert told.steps == ("document obtained, read", "publication.revised")
    (quiet,) = look(entry("1"), known=[waiting(1, quiet=True)])
    assert quiet.event is None
