"""Digests: grouped by authority, the slowest pace first."""

from notifier.composing.digests import compose_digest, order_events
from notifier.rendering.text import render_text
from state import Event, PaceLabel
from tests.notifier.letters import LETTER, WAKEFIELD
from tests.notifier.samples import EVENTS


def about(authority: str, pace: PaceLabel | None, number: int = 0) -> Event:
    """A monitoring letter of an authority with a pace of progress."""
    letter = WAKEFIELD.letter
    assert letter
    assert letter.pace
    read = letter.model_copy(
        update={"pace": letter.pace.model_copy(update={"label": pace}) if pace else None}
    )
    publication = LETTER.model_copy(update={"authority": authority})
    key = f"{authority}/{pace}/{number}"
    return WAKEFIELD.model_copy(update={"key": key, "publication": publication, "letter": read})


def test_grouped_by_authority_slowest_first() -> None:
    strong_kent, poor_kent = about("Kent", PaceLabel.STRONG), about("Kent", PaceLabel.POOR)
    steady, none = about("Bury", PaceLabel.STEADY), about("Avon", None)
    source = EVENTS["source-broken"]
    assert order_events([none, strong_kent, source, steady, poor_kent]) == [
        *(poor_kent, strong_kent),
        steady,
        source,
        none,
    ]


def test_a_digest_reads_as_one_message() -> None:
    events = [about("Bury", PaceLabel.STEADY), about("Kent", PaceLabel.POOR), EVENTS["new-inspection"]]
    message = compose_digest(events, "yorkshire")
    text = render_text(message)
    assert message.subject == "Letterwatch: 3 publications in yorkshire"
    assert message.notice == "3 publications in yorkshire: Kent, Bury, Wakefield"
    assert text.index("Kent: third monitoring visit letter") < text.index(
        "Bury: third monitoring visit letter"
    )
    assert "Published 5 January 2022." in text
    assert "https://files.ofsted.gov.uk/v1/file/50174905" in text


def test_a_digest_of_one_is_told_in_full() -> None:
    assert compose_digest([WAKEFIELD], "yorkshire").headline == "Wakefield: third monitoring visit letter"


def test_a_sentence_too_long_for_a_digest_is_not_cut_before_its_but() -> None:
    letter = WAKEFIELD.letter
    assert letter
    assert letter.pace
    said = f"There is steady progress {'in one service after another, ' * 12}although not for care leavers."
    long = letter.model_copy(update={"pace": letter.pace.model_copy(update={"quote": said})})
    events = [WAKEFIELD.model_copy(update={"key": "long", "letter": long}), about("Kent", PaceLabel.POOR)]
    message = compose_digest(events, "yorkshire")
    (entry,) = [each for each in message.passages if each.title.startswith("Wakefield")]
    assert entry.quotes == ()
    assert f"What it says of the pace, on page {letter.pace.page}, is too long for a digest." in entry.note
    assert "in one service after another" not in render_text(message)
