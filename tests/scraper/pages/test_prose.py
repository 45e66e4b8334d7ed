"""The clean-up rules of news pages, and the seed article in the markup it was printed in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.pages import parse_article
from scraper.pages.prose import clean_paragraph, clean_paragraphs
from tests.scraper.pages.stories import national_world_page

QUOTE = "“Children are seen by their social workers,” inspectors said."


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Hide AdThe council welcomed the findings.", "The council welcomed the findings."),
        ("AdvertisementHide Ad“We are pleased,” she said.", "“We are pleased,” she said."),
        ("She was pleased.Hide Ad", "She was pleased."),
        ("AdvertisementThe council said so.", "The council said so."),
        ("Advertisement", ""),
        ("Hide Ad", ""),
        ("Town Hall, where it meets.Town Hall, where it meets.", "Town Hall, where it meets."),
        ("Town Hall, where it meets. Town Hall, where it meets.", "Town Hall, where it meets."),
        ("The service is in safe hands.”Local Democracy Reporting Service", "The service is in safe hands.”"),
        ("He said no more. Local Democracy Reporting Service.", "He said no more."),
        ("By Jo Bloggs, Local Democracy Reporting Service", ""),
        ("Local Democracy Reporting Service", ""),
        ("Read more: The ten best pies in town", ""),
        ("Watch more of our videos on Shots!", ""),
        ("Visit Shots! now", ""),
        ("Sign up to our daily newsletter", ""),
        ("Get the latest headlines straight to your inbox", ""),
        ("By entering your email you agree to our terms.", ""),
        ("We use cookies to make this site better.", ""),
        ("To continue reading, subscribe from £1 a week.", ""),
        ("Already a subscriber? Log in", ""),
        ("Follow BBC Yorkshire on Facebook", ""),
        ("\u200bShe\u00a0said\tso. ", "She said so."),
    ],
)  # fmt: skip
def test_what_the_page_adds_is_taken_off(line: str, clean: str) -> None:
    assert clean_paragraph(line) == clean


@pytest.mark.parametrize(
    "line",
    [
        QUOTE,
        "Advertisements for social workers have been placed, the report says.",
        "Read in full, the letter is kinder than its headline.",
        "Readers will remember the first report.",
        "Comments made by inspectors were welcomed.",
        "The Local Democracy Reporting Service asked the council for an answer.",
        "More children are seen in time.",
        "Related work with families has begun, inspectors found.",
        "Subscribers to the council's bulletin were told first.",
        "The adverts had worked, no, no.",
        "Cookies were served at the meeting.",
    ],
)
def test_what_the_story_says_stays(line: str) -> None:
    assert clean_paragraph(line) == line


def test_a_caption_on_two_lines_stands_once() -> None:
    caption = "Beate Wagner, corporate director, was pleased."
    lines = [QUOTE, caption, caption, "Yes.", "No.", "Yes."]
    assert clean_paragraphs(lines) == (QUOTE, caption, "Yes.", "No.")


def test_the_seed_article_keeps_every_paragraph_and_no_caption_twice(corpus: Path) -> None:
    text = (corpus.parent / "seed-article.txt").read_text(encoding="utf-8")
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    url = "https://www.wakefieldexpress.co.uk/news/people/wakefield-children-s-services-1-10083452"
    page = national_world_page(title, lines, url, published="2019-11-01T16:52:00.000Z")
    article = parse_article(page.encode(), url)
    *story, service = lines
    assert service == "Local Democracy Reporting Service"
    assert list(article.paragraphs) == list(dict.fromkeys(story))
    assert len(story) - len(article.paragraphs) == 3  # captions, each of which stood on two lines
    assert article.title == title
    assert article.identity == "wakefieldexpress.co.uk/10083452"
    assert article.published_at == datetime(2019, 11, 1, 16, 52, tzinfo=UTC)
    assert not article.partial
