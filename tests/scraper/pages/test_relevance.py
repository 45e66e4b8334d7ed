"""Headlines are weak: what may matter is judged wide, and a feed's everyday stories stay closed."""

import json
from pathlib import Path

import pytest

from scraper.pages import FeedItem
from scraper.pages.relevance import may_matter

EVERYDAY = (
    "Bridge to close for repairs", "United beat City in cup thriller", "Man arrested after stabbing in town",
    "New cafe opens on high street", "Council to raise parking charges", "Council approves 200 new homes",
    "Review: the best pies in town", "Police appeal after crash on A1", "Youth team reach final",
    "Hospital trust apologises over waiting times", "Family pay tribute to motorcyclist",
    "Train strikes to hit services", "Council tax to rise by 4.99%", "Bin collections to change",
    "Director of football leaves club", "Families enjoy light switch-on", "Jobs at risk at factory",
)  # fmt: skip


def item(title: str, summary: str = "", url: str = "https://paper.example/x") -> FeedItem:
    return FeedItem(url, "paper.example/x", title, summary)


@pytest.mark.parametrize("title", EVERYDAY)
def test_an_everyday_story_stays_closed(title: str) -> None:
    assert not may_matter(item(title), ("wakefield",))


@pytest.mark.parametrize(
    "title",
    [
        "Wakefield children's services making 'steady progress', Ofsted says",
        "‘Serious and widespread weaknesses’ at inadequate-rated authority",
        "Children’s social workers praised",
        "Damning report on families let down by Wakefield",
        "pr8672",
    ],
)
def test_a_story_that_may_matter_is_opened(title: str) -> None:
    assert may_matter(item(title), ("wakefield",))


def test_summary_and_address_tell_what_a_headline_does_not() -> None:
    assert may_matter(item("There is more to do, says leader", "Ofsted found weaknesses"))
    assert may_matter(item("There is more to do", url="https://p.example/news/ofsted-monitoring-1234567"))


def test_no_real_story_about_a_letter_would_have_stayed_closed(corpus: Path) -> None:
    lines = (corpus.parent / "gold" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    stories = [json.loads(line) for line in lines]
    wanted = [
        story for story in stories if story["label"] in ("monitoring_visit", "inspection", "focused_visit")
    ]
    closed = [
        story["title"] for story in wanted if not may_matter(item(story["title"]), (story["la"] or "-",))
    ]
    assert len(wanted) > 150
    assert closed == []
