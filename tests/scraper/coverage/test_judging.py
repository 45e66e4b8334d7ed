"""Whose story it is and whether it is about a report at all: the traps that papers set."""

from datetime import UTC, datetime

import pytest

from scraper.coverage import judge_article
from scraper.coverage.towns import TOWNS
from scraper.pages.article import Article
from state import ArticleLabel, Register
from tests.scraper.coverage.stories import SEED, WAKEFIELD, story

LEEDS = "80481"


def judge(
    title: str, *paragraphs: str, url: str = "https://paper.test/1", year: int = 2024, publisher: str = "A"
):  # type: ignore[no-untyped-def]
    at = datetime(year, 6, 3, 12, 0, tzinfo=UTC)
    return judge_article(Article(url, url, title, publisher, at, paragraphs=paragraphs), "test")


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Barnsley children's services rated 'inadequate' by Ofsted", ArticleLabel.INSPECTION),
        (
            "Ofsted monitoring visit finds progress at Barnsley children's services",
            ArticleLabel.MONITORING_VISIT,
        ),
        ("Focused visit: Ofsted praises Barnsley children's social care", ArticleLabel.FOCUSED_VISIT),
        ("Ofsted to inspect Barnsley's children's services next month", ArticleLabel.OTHER_OFSTED),
        ("Barnsley children's services: Ofsted report is due on Friday", ArticleLabel.OTHER_OFSTED),
        ("Barnsley primary school put in special measures by Ofsted", ArticleLabel.OTHER_OFSTED),
        ("Ofsted monitoring visit finds progress at Barnsley academy", ArticleLabel.OTHER_OFSTED),
        ("Inadequate: Ofsted report on Barnsley Council children's home", ArticleLabel.OTHER_OFSTED),
        ("Barnsley fostering service rated good by Ofsted", ArticleLabel.OTHER_OFSTED),
        (
            "Commissioner appointed to run Barnsley children's services after Ofsted rating",
            ArticleLabel.OTHER_OFSTED,
        ),
        ("Barnsley SEND inspection: Ofsted and CQC find widespread failings", ArticleLabel.SEND_OR_JTAI),
        ("Barnsley care home rated inadequate by Care Quality Commission", ArticleLabel.NOT_OFSTED),
        ("Barnsley bakery wins award", ArticleLabel.NOT_OFSTED),
    ],
)
def test_the_traps_of_headlines(title: str, label: ArticleLabel) -> None:
    found = judge(title)
    assert found.label is label, found.evidence
    assert found.in_scope is (label in tuple(ArticleLabel)[:3])


@pytest.mark.parametrize(
    ("title", "year", "urns"),
    [
        ("Nottingham City Council children's services rated inadequate", 2024, {"80533"}),
        ("Nottinghamshire children's services rated good", 2024, {"80534"}),
        ("Hull children’s services ditches ‘inadequate’ rating", 2024, {"80477"}),
        ("Kingston upon Hull: Ofsted praises progress", 2024, {"80477"}),
        ("BCP Council: children still at risk, Ofsted says", 2024, {"2532287"}),
        ("Northamptonshire children's services rated inadequate", 2019, {"121939"}),
        ("Northamptonshire children's services rated inadequate", 2023, {"2637539", "2637548"}),
        ("Together for Children praised by Ofsted", 2024, {"80566"}),
        ("Achieving for Children praised by Ofsted", 2024, {"80513", "80545", "80546"}),
        ("Achieving for Children in Richmond praised by Ofsted", 2024, {"80513"}),
        ("Widnes and Runcorn: Ofsted slams children's services", 2024, {"80471"}),
    ],
)
def test_whose_children_s_services(title: str, year: int, urns: set[str]) -> None:
    assert set(judge(title, year=year).urns) == urns


def test_the_surest_sign_of_an_authority_goes_first() -> None:
    bucks = judge("Buckinghamshire services rated 'inadequate'", publisher="Slough Observer")
    assert bucks.urns == ("80442",)
    own = judge("Good Ofsted rating for city children’s services", url="https://news.leicester.gov.uk/good")
    assert own.urns == ("80482",)
    text = judge("Council's child services improving", "Leeds City Council was praised. Leeds is improving.")
    assert text.urns == (LEEDS,)
    assert judge("Council's child services improving", publisher="BBC News").urns == ()


QUOTING = (
    "Ofsted rated the council's children's services inadequate. After a monitoring visit inspectors said:",
    "“Children are waiting too long for social workers. Leaders’ oversight of practice is weak.”",
    "“Too many children in care live far away. Caseloads are too high.” Ofsted made a monitoring visit.",
)
SCHOOLING = (
    "Ofsted inspectors said of the school: “Leaders have made progress. Pupils’ progress is too slow.”",
    "“Support for pupils is a weakness,” the report said of the school. The headteacher was away.",
    "The academy trust which runs the school said pupils and teachers would see improvements in the school.",
)


@pytest.mark.parametrize(
    ("title", "paragraphs", "in_scope"),
    [
        ("Barnsley children at risk, Ofsted says", QUOTING, True),
        ("Council's services slammed", QUOTING, True),
        ("Ofsted to inspect Barnsley's children's services next month", QUOTING, False),
        ("Commissioner appointed to run Barnsley children's services", QUOTING, False),
        ("Barnsley school put in special measures", SCHOOLING, False),
        ("Ofsted slams Foo Lane: 'inadequate'", SCHOOLING, False),
    ],
)
def test_headline_and_text_are_judged_together(
    title: str, paragraphs: tuple[str, ...], in_scope: bool
) -> None:
    found = judge(title, *paragraphs)
    assert found.in_scope is in_scope, found.evidence


def test_a_story_leaves_as_facts_and_hashes() -> None:
    found = judge_article(SEED, "Wakefield Express")
    assert (found.label, found.in_scope, found.urns) == (ArticleLabel.MONITORING_VISIT, True, (WAKEFIELD,))
    assert found.answered
    left = found.model_dump_json()
    for words in ("routinely recorded", "pleased", "special measures"):
        assert words not in left


def test_a_visit_before_its_letter_is_awaited() -> None:
    found = judge("Ofsted to inspect Wakefield's children's services again next month")
    assert found.awaits is not None
    assert found.awaits.urn == WAKEFIELD
    assert judge("Wakefield school to be inspected by Ofsted next week").awaits is None


def test_a_council_s_own_words_are_no_answer() -> None:
    found = judge_article(story(council=True), "Wakefield Council")
    assert found.council
    assert not found.answered


@pytest.mark.parametrize(
    ("publisher", "url", "urns"),
    [
        ("Grimsby Live", "https://paper.test/news/grimsby-news/social-workers-caseloads", {"80526"}),
        ("Kent Online", "https://paper.test/medway/news/modest-but-fragile-progress", {"80522"}),
        ("Worcester News", "https://paper.test/news/green-shoots-spotted", {"80584"}),
        ("BBC News", "https://paper.test/news/uk-england-leicestershire-61495431", {"80483"}),
        ("Crewe and Mansfield News", "https://paper.test/news/green-shoots-spotted", set()),
    ],
)
def test_a_section_or_town_tells_whose_where_nothing_else_does(
    publisher: str, url: str, urns: set[str]
) -> None:
    found = judge("Ofsted finds progress at children's services", url=url, publisher=publisher)
    assert set(found.urns) == urns, found.evidence


def test_a_region_of_the_bbcs_gives_way_to_the_text() -> None:
    url = "https://paper.test/news/uk-england-leicestershire-61495431"
    found = judge("Children's services rated inadequate", "Leicester City Council was told so.", url=url)
    assert set(found.urns) == {"80482"}, found.evidence


def test_what_stands_among_a_sites_jobs_is_no_story() -> None:
    title = "Senior Social Worker, Barnsley children's services, rated good by Ofsted"
    assert judge(title).in_scope
    assert not judge(title, url="https://jobs.paper.test/job/1/senior-social-worker").in_scope


def test_every_town_is_of_a_council_of_the_register() -> None:
    assert {name for name in TOWNS if Register.load().find(name) is None} == set()
