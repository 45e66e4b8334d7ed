"""Stories for tests, and the seed letter they report."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from scraper.letters import read_document
from scraper.pages.article import Article
from state import Kind, Letter, LetterOnFile, PublicationFacts

LETTERS = Path(__file__).resolve().parents[3] / "letterwatch" / "demo" / "letters"
WAKEFIELD = "80451"
SEED = Article(
    url="https://www.wakefieldexpress.co.uk/news/politics/wakefield-childrens-services-steady-progress-1-9999999",
    identity="wakefieldexpress.co.uk/9999999",
    title="Wakefield children's services making 'steady progress', Ofsted says",
    publisher="Wakefield Express",
    published_at=datetime(2019, 11, 1, 15, 0, tzinfo=UTC),
    standfirst=None,
    paragraphs=(
        "Wakefield's children's services is making \"steady progress\", 15 months after it was placed in "
        "special measures, Ofsted's latest report on the department has said.",
        "Inspectors visited the authority on October 9 and 10.",
        'In the report, made public on Friday, inspectors said: "The local authority is making steady '
        "progress in improving services for its children and young people in need of help and protection.",
        '"Extensive work in building core service foundations means that circumstances are improving for '
        "some children.",
        '"Children are now regularly seen by their social workers, and more recent social work practice is '
        'leading to improved outcomes for some through better focused interventions."',
        'The effect of repeat neglect on some children is "not always explored and understood".',
        "On improved case recording, the report added: “Work with children is now routinely recorded.”",
        'Reacting to the report, the council\'s corporate director, Beate Wagner, said: "We are pleased."',
    ),
)


def story(**facts: object) -> Article:
    """The seed story with other facts."""
    return replace(SEED, **facts)  # type: ignore[arg-type]


@cache
def read_fixture(name: str) -> Letter:
    """A letter of the project's own, read as the daemon would."""
    letter = read_document((LETTERS / f"{name}.pdf").read_bytes()).letter
    assert letter is not None
    return letter


def on_file(name: str, file_id: str, published_on: date, kind: Kind = Kind.MONITORING_VISIT) -> LetterOnFile:
    """A publication of Wakefield with its letter."""
    return LetterOnFile(
        PublicationFacts(
            urn=WAKEFIELD,
            authority="Wakefield",
            file_id=file_id,
            kind=kind,
            title="Monitoring visit",
            url=f"https://files.ofsted.gov.uk/v1/file/{file_id}",
            page_url=f"https://reports.ofsted.gov.uk/provider/44/{WAKEFIELD}",
            published_on=published_on,
        ),
        read_fixture(name),
    )
