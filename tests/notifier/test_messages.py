"""Every event's message, as every channel shows it, against what a person has looked at.

A missing golden file is written and the test fails until somebody has read it.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.headerregistry import Address
from pathlib import Path

import pytest

from notifier.composing.all_clear import compose_all_clear
from notifier.composing.message import Message, compose_message
from notifier.rendering.email import Envelope, render_email
from notifier.rendering.slack import render_slack
from notifier.rendering.text import render_text
from state import (
    AllClearFacts,
    CoverageFacts,
    EventName,
    ExpectedFacts,
    NoticeFacts,
    NoticeKind,
    Paragraph,
    Section,
    SectionRole,
    SourceFacts,
    Verdict,
)
from tests.notifier.letters import STEADY
from tests.notifier.samples import EVENTS, MORNING, PROOF
from tests.servers.slack import find_fault

GOLDEN = Path(__file__).parent / "golden"
ENVELOPE = Envelope(
    delivery="0123456789abcdef",
    subscription="yorkshire",
    sender=Address("Letterwatch", "letterwatch", "example.org"),
    recipient=Address("", "improvement", "example.org"),
    at=datetime(2019, 11, 1, 9, 5, tzinfo=UTC),
)


def slack_json(message: Message) -> str:
    payload = render_slack(message)
    return json.dumps({"text": payload.text, "blocks": payload.blocks}, indent=1, ensure_ascii=False) + "\n"


def html(message: Message) -> str:
    body = render_email(message, ENVELOPE).get_body(("html",))
    assert body is not None
    return str(body.get_content())


RENDERERS: dict[str, Callable[[Message], str]] = {"slack.json": slack_json, "txt": render_text, "html": html}


AS_HTML = ("new-monitoring-letter", "revised", "source-broken")


@pytest.mark.parametrize(
    ("name", "form"),
    [(name, form) for name in EVENTS for form in ("slack.json", "txt")]
    + [(name, "html") for name in AS_HTML],
)
def test_message_is_as_it_was_looked_at(name: str, form: str) -> None:
    rendered = RENDERERS[form](compose_message(EVENTS[name]))
    golden = GOLDEN / f"{name}.{form}"
    if not golden.exists():
        golden.write_text(rendered, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been written: read it, then run again")
    assert rendered == golden.read_text(encoding="utf-8")


def test_every_event_has_a_sample() -> None:
    assert {event.name for event in EVENTS.values()} == set(EventName)


@pytest.mark.parametrize("name", EVENTS)
def test_slack_takes_every_message(name: str) -> None:
    payload = render_slack(compose_message(EVENTS[name]))
    assert find_fault({"text": payload.text, "blocks": payload.blocks}) is None


@pytest.mark.parametrize("name", EVENTS)
def test_mail_is_valid_and_its_plain_text_says_what_the_html_says(name: str) -> None:
    message = compose_message(EVENTS[name])
    mail = render_email(message, ENVELOPE)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert len(mail["Subject"]) <= 78
    assert all(len(line) <= 998 for line in mail.as_bytes().split(b"\r\n"))
    assert not mail.defects
    plain = mail.get_body(("plain",))
    assert plain is not None
    for passage in message.passages:
        for quote in passage.quotes:
            assert f"“{quote.text}”" in plain.get_content()
    for fact in message.facts:
        assert f"{fact.label}: {fact.value}" in plain.get_content()


def test_the_wakefield_alert_carries_what_a_reporter_needs() -> None:
    text = render_text(compose_message(EVENTS["new-monitoring-letter"]))
    for needed in (
        "Wakefield, Yorkshire and The Humber",
        "third monitoring visit, 9–10 October 2019, published 1 November 2019",
        f"“{STEADY}” (page 1)",
        "“Work with children is now routinely recorded.” (page 2)",
        "not always explored and understood.” (page 3)",
        "Jan Edwards and Matt Reed",
        "A monitoring letter gives no grade. Still inadequate, judged in June 2018.",
        "Second monitoring visit, 14–15 May 2019, published 14 June 2019",
        "“The pace of progress has been too slow in some areas.” (page 1)",
        "https://files.ofsted.gov.uk/v1/file/50121234",
        "https://reports.ofsted.gov.uk/provider/44/80451",
    ):
        assert needed in text


def test_areas_are_quoted_each_with_its_page_where_the_letter_has_them_word_for_word() -> None:
    letter = EVENTS["new-monitoring-letter"].letter
    assert letter is not None
    bullets = Section(
        role=SectionRole.AREAS,
        heading=None,
        page=1,
        paragraphs=(
            Paragraph(page=1, text="early help.", bullet=True),
            Paragraph(page=1, text="all of its care leavers", bullet=True, next_page_at=7),
            Paragraph(page=2, text="fostering;", bullet=True),
        ),
    )
    areas = ("early help.", "care leavers", "fostering;", "adoption.")
    changed = letter.model_copy(update={"areas": areas, "sections": (bullets,)})
    event = EVENTS["new-monitoring-letter"].model_copy(update={"letter": changed})
    (said,) = (fact.value for fact in compose_message(event).facts if fact.label == "Areas looked at")
    assert said == "“early help” (page 1); “care leavers”; “fostering” (page 2); adoption"


def test_what_quotes_nothing_is_called_no_selection() -> None:
    letter = EVENTS["new-monitoring-letter"].letter
    assert letter is not None
    empty = letter.model_copy(update={"summary": (), "pace": None})
    event = EVENTS["new-monitoring-letter"].model_copy(update={"letter": empty})
    assert any("are a selection" in line for line in compose_message(EVENTS["new-monitoring-letter"]).context)
    assert not any("are a selection" in line for line in compose_message(event).context)


def test_without_the_letter_s_month_the_judgement_is_dated_by_its_report() -> None:
    event = EVENTS["new-monitoring-letter"]
    assert event.letter is not None
    silent = event.model_copy(update={"letter": event.letter.model_copy(update={"judged_inadequate": None})})
    assert "Still inadequate, by the report of July 2018." in render_text(compose_message(silent))


def test_a_notification_s_first_line_tells_the_news() -> None:
    text = render_slack(compose_message(EVENTS["new-monitoring-letter"])).text
    assert text.startswith(
        "Wakefield: third monitoring visit letter, published 1 November 2019. “The local authority"
    )


def test_an_event_without_its_facts_is_an_error() -> None:
    event = EVENTS["withdrawn"].model_copy(update={"publication": None})
    with pytest.raises(ValueError, match="carries no facts"):
        compose_message(event)


def test_a_morning_that_is_not_clear_never_sounds_so() -> None:
    message = compose_message(EVENTS["not-all-clear"])
    for text in (message.headline, message.subject, message.notice, render_slack(message).text):
        assert "not all clear" in text.casefold()
        assert "153 of 153" not in text


@pytest.mark.parametrize(
    ("newest_on", "said"),
    [
        (date(2026, 11, 23), "newest letter 1 day old"),
        (date(2026, 11, 24), "newest letter of 24 November 2026"),
        (date(2026, 11, 25), "newest letter of 25 November 2026"),
    ],
)
def test_the_newest_letter_s_age_is_told_as_it_is(newest_on: date, said: str) -> None:
    facts = PROOF.model_copy(update={"newest_on": newest_on})
    assert said in compose_all_clear(facts, MORNING).headline


def lines(name: str, **facts: object) -> str:
    return render_text(compose_message(EVENTS[name].model_copy(update=facts)))


def test_a_visit_of_which_little_is_known_is_told_without_guesses() -> None:
    bare = lines("visit-expected", publication=None, article=None, expected=None)
    assert bare.startswith("An authority: letter to be expected")
    assert "Visit: monitoring visit, dates not known" in bare
    assert "Letter expected" not in bare
    assert "Said by" not in bare
    assert "Letters usually follow four to six weeks after the visit." in bare
    roughly = ExpectedFacts(expected_on=date(2019, 11, 4), delay_days=23, delay_letters=0)
    median = "In past years letters followed 23 days after the visit in the median."
    assert median in lines("visit-expected", expected=roughly)


def test_a_notice_of_which_nothing_is_known_still_reads() -> None:
    assert lines("notice", article=None).startswith("A notice\n")
    undated = EVENTS["notice"].article
    assert undated
    assert "Published" not in lines("notice", article=undated.model_copy(update={"published_at": None}))
    everywhere = NoticeFacts(kind=NoticeKind.DIRECTION, urns=())
    assert "Authority" not in lines("notice-direction", notice=everywhere)


def test_a_source_whose_trouble_has_no_beginning_or_cause_is_told_plainly() -> None:
    unknown = SourceFacts(name="ofsted", verdict=Verdict.BROKEN)
    text = lines("source-broken", source=unknown)
    assert "State: broken\n" in text
    assert "Since" not in text


def test_stories_about_no_letter_on_file_are_told_without_one() -> None:
    text = lines("coverage-syndicated", publication=None)
    assert text.startswith("Children’s services: reported by Wakefield Express, Yorkshire Post")
    assert "“not always explored and understood” (page 2)" in text
    assert "The document itself" not in text
    assert lines("coverage-syndicated", coverage=CoverageFacts(articles=())).startswith("Wakefield")


def test_the_letter_before_is_named_even_without_its_number() -> None:
    previous = EVENTS["new-monitoring-letter"].previous
    assert previous
    unnumbered = previous.model_copy(update={"visit_number": None, "published_on": None})
    assert "Monitoring visit, 14–15 May 2019." in lines("new-monitoring-letter", previous=unnumbered)


def test_a_grade_that_moved_alone_is_not_said_of_another() -> None:
    report = EVENTS["new-inspection"]
    moved = tuple(change for change in report.grade_changes if change.judgement == "in_care")
    notice = compose_message(report.model_copy(update={"grade_changes": moved})).notice
    assert "Overall effectiveness: good." in notice
    assert "before: inadequate" not in notice


def test_a_morning_before_the_first_look_claims_nothing() -> None:
    nothing = AllClearFacts(looked_at=None, swept_at=None, pages_read=0, pages=0, newest_on=None, sources=())
    message = compose_all_clear(nothing, MORNING)
    assert {fact.label for fact in message.facts} == {"Checked"}
    assert "newest letter not known" in message.headline
