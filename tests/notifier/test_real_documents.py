"""Messages made from real documents: within every limit, and their quotations exact."""

import csv
from datetime import date
from pathlib import Path

import pytest

from notifier.composing.message import compose_message
from notifier.rendering.email import render_email
from notifier.rendering.slack import render_slack
from notifier.rendering.text import render_text
from scraper.letters import read_document
from state import Event, EventName, Kind, PublicationFacts
from tests.notifier.letters import AT
from tests.notifier.test_messages import ENVELOPE
from tests.servers.slack import find_fault

EVERY = 12  # the corpus has 287 documents; the whole takes a minute


def read_events(corpus: Path) -> list[Event]:
    with (corpus / "truth.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))[::EVERY]
    events = []
    for row in rows:
        reading = read_document((corpus / "documents" / row["file"]).read_bytes())
        publication = PublicationFacts(
            urn=row["urn"],
            authority=row["authority"],
            file_id=row["sha_md5_12"],
            kind=Kind(row["kind"]) if row["kind"] in set(Kind) else Kind.OTHER,
            title=row["kind"],
            url=f"https://files.ofsted.gov.uk/v1/file/{row['sha_md5_12']}",
            page_url=f"https://reports.ofsted.gov.uk/provider/44/{row['urn']}",
            published_on=date.fromisoformat(row["published_on"]) if row["published_on"] else None,
        )
        facts = {"publication": publication, "letter": reading.letter, "unreadable": reading.unreadable}
        event = {"key": row["file"], "name": EventName.PUBLICATION_NEW, "at": AT, **facts}
        events.append(Event.model_validate(event))
    return events


@pytest.fixture(scope="module")
def events(corpus: Path) -> list[Event]:
    return read_events(corpus)


def test_slack_and_mail_take_them(events: list[Event]) -> None:
    for event in events:
        message = compose_message(event)
        payload = render_slack(message)
        assert find_fault({"text": payload.text, "blocks": payload.blocks}) is None, event.key
        assert not any("more passages" in str(block) for block in payload.blocks), event.key
        assert len(render_email(message, ENVELOPE)["Subject"]) <= 78, event.key


def test_every_quotation_reaches_the_reader_word_for_word(events: list[Event]) -> None:
    quoted = 0
    for event in events:
        text = render_text(compose_message(event))
        for quotation in event.letter.summary if event.letter else ():
            assert f"“{quotation.quote}” (page {quotation.page})" in text, event.key
            quoted += 1
    assert quoted > len(events)
