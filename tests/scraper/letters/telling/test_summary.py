"""The summary: at most six quotations, verbatim, standing on their own, each in its role."""

import re
from pathlib import Path

import pytest

from scraper.letters import read_document
from scraper.letters.findings.pace import find_pace
from scraper.letters.sentences.leaning import leans
from scraper.letters.sentences.splitting import split_sentences
from scraper.letters.telling.summary import MOST_QUOTATIONS, choose_summary
from state import Kind, Letter, SectionRole, SummaryRole
from tests.letters.maker import load_plan, print_document
from tests.scraper.letters.making import make_section

OPENING_CONTRAST = re.compile(r"^(?:However|Nevertheless|Nonetheless|Conversely|But|Yet),? ")
HEADLINE, FINDINGS, IMPROVE = SectionRole.HEADLINE, SectionRole.FINDINGS, SectionRole.IMPROVE
PACE = (
    "The local authority is making steady progress in improving services for its children and young people."
)
MONITORING = (
    "blackpool-2019-09-20-monitoring",
    "swindon-2024-07-12-monitoring",
    "wakefield-2019-06-14-monitoring",
    "wakefield-2019-11-01-monitoring",
)


def normalise(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def read(name: str) -> Letter:
    letter = read_document(print_document(load_plan(name))).letter
    assert letter is not None
    return letter


def find_strays(letter: Letter) -> list[str]:
    """Quotations that do not stand in the letter word for word."""
    paragraphs = normalise("\n".join(p.text for section in letter.sections for p in section.paragraphs))
    return [q.quote for q in letter.summary if normalise(q.quote.removesuffix(" …")) not in paragraphs]


def summarise(*sections: object, kind: Kind = Kind.MONITORING_VISIT) -> list[tuple[SummaryRole, str]]:
    pace = find_pace(sections) if kind is Kind.MONITORING_VISIT else None  # type: ignore[arg-type]
    return [(q.role, q.quote) for q in choose_summary(sections, pace, kind)]  # type: ignore[arg-type]


def test_a_letter_is_told_by_pace_praise_blame_and_duty() -> None:
    told = summarise(
        make_section(HEADLINE, PACE),
        make_section(IMPROVE, "The quality of plans for disabled children.", bullet=True),
        make_section(
            FINDINGS,
            "Oversight of disabled children remains too weak.",
            "Case recording has significantly improved.",
            "The team moved in March.",
        ),
    )
    assert told == [
        (SummaryRole.PACE, PACE),
        (SummaryRole.STRENGTH, "Case recording has significantly improved."),
        (SummaryRole.CONCERN, "Oversight of disabled children remains too weak."),
        (SummaryRole.NEXT, "The quality of plans for disabled children."),
    ]


def test_praise_that_the_next_sentence_takes_back_is_no_quotation() -> None:
    text = "Audits are regular and thorough. However, they do not lead to better practice."
    assert summarise(make_section(FINDINGS, text)) == []


def test_a_concern_begins_with_its_concern() -> None:
    concern = "However, managers do not consistently challenge drift or poor practice."
    told = summarise(make_section(FINDINGS, f"Supervision is regular and thorough. {concern}"))
    assert told == [(SummaryRole.CONCERN, concern)]


def test_an_inspection_that_weighs_praise_against_blame_judges() -> None:
    text = "Social workers know their children well. However, too many plans are weak."
    assert summarise(make_section(HEADLINE, text), kind=Kind.INSPECTION)[0] == (SummaryRole.GRADE, text)


def test_a_judgement_of_the_past_is_not_told_as_the_judgement() -> None:
    text = (
        "Since 2014, when the effectiveness of services was judged to be good, leaders have sustained them. "
        "Social workers know their children well."
    )
    told = summarise(make_section(HEADLINE, text), kind=Kind.INSPECTION)
    assert [role for role, _ in told] == [SummaryRole.STRENGTH]


@pytest.mark.parametrize(
    "text",
    [
        "Leaders made clear that they believed services remained good. They had no sight of weak practice.",
        "The contract is weak: it says that services should be judged good by 2017.",
    ],
)
def test_a_belief_and_an_aim_are_not_told_as_the_judgement(text: str) -> None:
    told = summarise(make_section(HEADLINE, text), kind=Kind.INSPECTION)
    assert told
    assert SummaryRole.GRADE not in {role for role, _ in told}


@pytest.mark.parametrize(
    "history",
    [
        "In 2018, services in Exampleton were judged inadequate across all areas, with serious failures.",
        "In August 2015, the council was alerted to serious failures and poor practice.",
        "The review, conducted by a professor, described serious and persistent failures of the council.",
        "Historically, children in care have experienced poor support and long delays.",
        "The last inspection of children’s services in 2019 judged services to be good and improving.",
    ],
)
def test_history_is_no_finding(history: str) -> None:
    finding = "Plans are weak, and visits to children are not timely."
    told = summarise(make_section(HEADLINE, history), make_section(FINDINGS, finding), kind=Kind.INSPECTION)
    assert [text for _, text in told] == [finding]


def test_praise_is_taken_back_behind_its_example_too() -> None:
    text = (
        "Leaders have improved experiences for some children. For example, those with complex needs receive"
        " prompt support. However, experiences overall are inconsistent."
    )
    told = [quote for _, quote in summarise(make_section(FINDINGS, text))]
    assert told == ["However, experiences overall are inconsistent."]


def test_an_area_report_is_read_as_far_down_as_a_letter() -> None:
    praise = [f"Leaders in team {number} support children well." for number in range(5)]
    concern = "Most children wait far too long for an assessment, and the local offer is weak."
    told = summarise(make_section(FINDINGS, *praise, concern), kind=Kind.SEND)
    assert (SummaryRole.CONCERN, concern) in told


def test_the_pace_is_no_duty_and_a_hedge_behind_it_is() -> None:
    hedged = "Progress is evident in all areas considered, although further work is needed."
    assert summarise(make_section(HEADLINE, hedged)) == [(SummaryRole.PACE, hedged)]
    hedge = "There is nonetheless still a lot more to do."
    assert summarise(make_section(HEADLINE, f"{PACE} {hedge}")) == [
        (SummaryRole.PACE, PACE),
        (SummaryRole.NEXT, hedge),
    ]


def test_what_the_last_inspection_praised_is_not_told() -> None:
    past = "At the last inspection, early help was effective and timely."
    assert summarise(make_section(FINDINGS, past)) == []


def test_a_sentence_that_announces_the_list_is_no_duty() -> None:
    told = summarise(
        make_section(
            IMPROVE,
            "The following recommendations are the priorities for the council.",
            "Ensure that visits to children are timely.",
        )
    )
    assert told == [(SummaryRole.NEXT, "Ensure that visits to children are timely.")]


def test_what_leans_is_not_quoted_alone() -> None:
    assert summarise(make_section(FINDINGS, "This has improved their lives significantly.")) == []


def test_praise_and_blame_that_do_not_belong_together_stand_apart() -> None:
    told = summarise(
        make_section(HEADLINE, "Recording has significantly improved. Planning is too weak in most teams.")
    )
    assert [role for role, _ in told] == [SummaryRole.STRENGTH, SummaryRole.CONCERN]


def test_two_alike_are_told_once() -> None:
    told = summarise(
        make_section(HEADLINE, "Too many children wait too long for a plan."),
        make_section(FINDINGS, "Too many children still wait too long for a plan."),
    )
    assert len(told) == 1


def test_an_inspection_opens_with_its_judgement() -> None:
    text = (
        "Services for children in Exampleton are inadequate. Serious failures leave children at risk of harm."
    )
    assert summarise(make_section(HEADLINE, text), kind=Kind.INSPECTION) == [(SummaryRole.GRADE, text)]


def test_blame_far_down_is_found_where_nothing_above_blames() -> None:
    praise = [f"Leaders improved the {number} of their services well." for number in range(30)]
    told = summarise(
        make_section(HEADLINE, "Leaders have strengthened services since the last visit."),
        make_section(FINDINGS, " ".join(praise), "Plans for children are weak and poorly reviewed."),
    )
    assert (SummaryRole.CONCERN, "Plans for children are weak and poorly reviewed.") in told


def test_more_to_do_as_an_ambition_is_no_duty() -> None:
    told = summarise(
        make_section(HEADLINE, "A recognition that there is always more to do shows their ambitions for all.")
    )
    assert SummaryRole.NEXT not in {role for role, _ in told}


def test_an_item_that_only_ends_a_sentence_is_no_duty() -> None:
    told = summarise(
        make_section(
            IMPROVE,
            "all needs are fully understood and addressed",
            "the timeliness of visits to children",
            bullet=True,
        )
    )
    assert told == [(SummaryRole.NEXT, "the timeliness of visits to children")]


@pytest.mark.parametrize("name", MONITORING)
def test_monitoring_letters_open_with_their_pace(name: str) -> None:
    letter = read(name)
    assert letter.pace is not None
    assert letter.summary[0].role is SummaryRole.PACE
    assert letter.summary[0].quote == letter.pace.quote
    assert {q.role for q in letter.summary} >= {SummaryRole.STRENGTH, SummaryRole.CONCERN}
    assert find_strays(letter) == []


def test_the_wakefield_letter_is_told_as_its_paper_told_it() -> None:
    told = " ".join(quotation.quote for quotation in read("wakefield-2019-11-01-monitoring").summary)
    for passage in ("steady progress", "significantly improved", "regularly seen", "unchallenged"):
        assert passage in told


@pytest.mark.timeout(900)  # it reads every document of the corpus, on a machine that may be busy
def test_every_quotation_of_the_corpus_stands_in_its_document_and_on_its_own(corpus: Path) -> None:
    strays: list[str] = []
    leaning: list[str] = []
    counted = 0
    for path in sorted((corpus / "documents").glob("*.pdf")):
        letter = read_document(path.read_bytes()).letter
        if letter is None:
            continue
        counted += len(letter.summary)
        assert len(letter.summary) <= MOST_QUOTATIONS
        strays += find_strays(letter)
        told = [quotation.quote for quotation in letter.summary if quotation.role is not SummaryRole.NEXT]
        leaning += [quote for quote in told if leans(OPENING_CONTRAST.sub("", split_sentences(quote)[0]))]
    assert counted > 1000
    assert strays == []
    assert leaning == []


def test_the_last_judgement_opens_no_quotation_of_a_visits_letter() -> None:
    last = "At the last inspection, in April 2017, services were judged to require improvement to be good."
    told = summarise(make_section(HEADLINE, f"{last} Plans are weak, and visits to children are not timely."))
    assert told == [(SummaryRole.CONCERN, "Plans are weak, and visits to children are not timely.")]


def test_a_document_of_no_known_layout_is_told_all_the_same() -> None:
    concern = "Plans are weak, and visits to children are not timely."
    told = summarise(make_section(SectionRole.OTHER, concern, heading="A heading"), kind=Kind.OTHER)
    assert told == [(SummaryRole.CONCERN, concern)]
