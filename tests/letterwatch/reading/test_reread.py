"""`reread` through the command line, with the real reader and documents."""

import json

import sqlalchemy as sa

from letterwatch.reading.rereading import FieldChange, compare_readings
from scraper.letters import READER_VERSION, read_document
from state import Grade, Grades, Letter, Reading
from tests.letterwatch.conftest import Workplace
from tests.state.takes import letter
from tests.states import writing_state


def age(workplace: Workplace, **facts: object) -> str:
    """Makes the newest letter look as if an older reader had read it and had got some facts wrong."""
    with writing_state(workplace.folder) as connection:
        newest = sa.text(
            "SELECT v.id, p.urn || '/' || p.file_id, CAST(v.letter AS TEXT) FROM publications p "
            "JOIN versions v ON v.id = p.version_id ORDER BY p.published_on DESC"
        )
        version_id, publication, text = next(iter(connection.execute(newest)))
        old = Letter.model_validate_json(text).model_copy(update={"reader_version": 1, **facts})
        connection.execute(
            sa.text("UPDATE versions SET letter = :letter, reader_version = 1 WHERE id = :id"),
            {"letter": old.model_dump_json(), "id": version_id},
        )
    return str(publication)


def test_a_newer_reader_shows_what_differs_keeps_it_on_demand_and_alerts_nobody(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    workplace.check()
    arrived, before = workplace.arrived(), workplace.publications()
    publication = age(workplace, inspectors=("Nobody",), visit_number=9)

    shown = workplace.run("reread")
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0].startswith(f"{publication}  inspectors: Nobody -> ")
    told = f"read by reader {READER_VERSION}, 1 differ (inspectors 1, visit_number 1)"
    assert told in lines[-1]
    assert "nothing was changed" in lines[-1]

    kept = workplace.run("reread", "--apply", "--json")
    (told,) = (each for each in map(json.loads, kept.stdout.splitlines()) if each["changes"])
    assert (told["publication"], told["reader_before"], told["applied"]) == (publication, 1, True)
    assert [change["field"] for change in told["changes"]] == ["inspectors", "visit_number"]
    assert workplace.publications() == before
    assert "nothing to read again" in workplace.run("reread").stdout
    assert "read again by reader" in workplace.run("explain", publication).stdout

    code, figures = workplace.check()
    assert (code, figures["events"], workplace.arrived()) == (0, [], arrived)


def test_a_lost_document_is_told_and_the_others_are_read(workplace: Workplace) -> None:
    workplace.check()
    sha256 = workplace.publications()[0]["sha256"]
    (workplace.folder / "archive" / sha256[:2] / sha256).unlink()
    done = workplace.run("reread", "--all")
    assert done.returncode == 1
    assert f"lacks {sha256}; restore it from a backup" in done.stderr
    assert f"{len(workplace.publications()) - 1} read by reader" in done.stdout


def test_the_same_reading_has_no_difference_and_every_field_is_compared() -> None:
    old = letter("The same.", visit_number=1)
    new = letter("Other.", visit_number=2, grades=Grades(in_care=Grade.GOOD), reader_version=3)
    assert compare_readings(Reading(letter=old), Reading(letter=old)) == ()
    assert compare_readings(Reading(letter=old), Reading(letter=new)) == (
        FieldChange("visit_number", 1, 2),
        FieldChange("grades.in_care", None, Grade.GOOD),
        FieldChange("sections.text", None, "Other."),
        FieldChange("sections.text", "The same.", None),
    )
    lost = compare_readings(Reading(letter=old), Reading(unreadable="encrypted"))
    assert lost == (FieldChange("readable", "yes", "encrypted"),)
    compared = {"reader_version", "sections", "summary", "authority", "addressee", "grades", "pace"}
    from letterwatch.reading.rereading import _WHOLE  # noqa: PLC0415

    assert compared | set(_WHOLE) == set(Letter.model_fields)


def test_a_real_document_reads_the_same_twice(workplace: Workplace) -> None:
    body = workplace.site.letter.body.read_bytes()
    assert compare_readings(read_document(body), read_document(body)) == ()
