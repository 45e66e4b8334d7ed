"""Which letter a story reports: proof, quotations, authority and dates."""

from datetime import UTC, date, datetime, timedelta

from scraper.coverage import judge_article, link_article, weigh_letters
from state import LetterOnFile
from tests.scraper.coverage.stories import SEED, on_file, read_fixture, story

JUNE = on_file("wakefield-2019-06-14-monitoring", "50081111", date(2019, 6, 14))
NOVEMBER = on_file("wakefield-2019-11-01-monitoring", "50121234", date(2019, 11, 1))
BOTH = [JUNE, NOVEMBER]


def test_the_seed_story_is_linked_by_its_quotations() -> None:
    link = link_article(judge_article(SEED, "Wakefield Express"), BOTH)

    assert link is not None
    assert (link.file_id, link.score) == ("50121234", 1.0)
    assert len(link.passages) >= 5
    sections = read_fixture("wakefield-2019-11-01-monitoring").sections
    text = " ".join(paragraph.text for section in sections for paragraph in section.paragraphs)
    for passage in link.passages:
        assert passage.text in text
    assert "Work with children is now routinely recorded" in {passage.text for passage in link.passages}
    assert not any("pleased" in passage.text for passage in link.passages)


def test_a_link_to_the_file_is_proof() -> None:
    linking = story(paragraphs=(), title="Read it", links=("https://files.ofsted.gov.uk/v1/file/50121234",))
    link = link_article(judge_article(linking, "test"), BOTH)
    assert link is not None
    assert (link.file_id, link.score) == ("50121234", 1.0)
    assert "proof" in link.evidence[0]


def test_without_letters_authority_kind_and_day_decide() -> None:
    found = judge_article(story(paragraphs=()), "test")
    bare = [LetterOnFile(one.publication) for one in BOTH]
    link = link_article(found, bare)
    assert link is not None
    assert link.file_id == "50121234"
    assert link.passages == ()
    assert link.score < 0.8


def test_a_day_before_the_letter_is_possible_and_a_month_after_is_not() -> None:
    for days, linked in ((-2, False), (-1, True), (0, True), (21, True), (22, False)):
        at = datetime(2019, 11, 1, 12, 0, tzinfo=UTC) + timedelta(days)
        found = judge_article(story(paragraphs=(), published_at=at), "test")
        assert (link_article(found, [LetterOnFile(NOVEMBER.publication)]) is not None) is linked, days


def test_a_story_that_quotes_an_older_letter_is_not_linked_to_it() -> None:
    title = "Wakefield children's services: Ofsted report is due"
    due = story(title=title, published_at=datetime(2020, 3, 1, tzinfo=UTC))
    assert link_article(judge_article(due, "test"), BOTH) is None


def test_another_authority_s_story_is_not_linked() -> None:
    leeds = story(title="Leeds children's services making 'steady progress', Ofsted says", paragraphs=())
    found = judge_article(leeds, "test")
    assert link_article(found, BOTH) is None


def test_a_story_that_names_nobody_is_linked_by_what_it_quotes() -> None:
    nameless = story(
        title="Children's services making progress, Ofsted says",
        url="https://paper.test/2",
        publisher="BBC News",
        paragraphs=tuple(text for text in SEED.paragraphs if "Wakefield" not in text),
    )
    found = judge_article(nameless, "BBC")
    assert found.urns == ()
    link = link_article(found, BOTH)
    assert link is not None
    assert link.file_id == "50121234"


def test_the_wrong_visit_number_speaks_against_a_letter() -> None:
    right = judge_article(
        story(title="Third Ofsted monitoring visit: Wakefield making progress", paragraphs=()), "t"
    )
    wrong = judge_article(
        story(title="Fifth Ofsted monitoring visit: Wakefield making progress", paragraphs=()), "t"
    )
    scores = [weigh_letters(found, [NOVEMBER])[0].score for found in (right, wrong)]
    assert scores[0] > 0.8
    assert link_article(wrong, [NOVEMBER]) is None
