"""The diff of what is withdrawn, or takes another's place: without a database."""

from dataclasses import replace
from datetime import date, timedelta
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
from state.settling.diff import find_replaced, is_revised, read_version
from tests.state.diffing import NOW, TOLD, VISIT, asked, filed, look, waiting
from tests.state.takes import (
    DAY,
    HOUR,
    LEEDS,
    START,
    document,
    entry,
    letter,
    no_document,
    sighting,
)

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
