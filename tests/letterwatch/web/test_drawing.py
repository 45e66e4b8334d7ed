"""The pure parts of the page: standing and watch, the chart, the map, the marked text, the wording."""

from datetime import UTC, date, datetime

import pytest

from letterwatch.web.chart import LEFT, WIDTH, draw_chart
from letterwatch.web.england import LETTERS, Known, load_places
from letterwatch.web.history import Standing, Watch, find_standing, find_watch, group_by_authority
from letterwatch.web.marking import count_themes, mark_letter
from letterwatch.web.templating import make_link, mark_matches
from letterwatch.web.wording import find_link, say_days, say_moment, say_month, say_size
from scraper.letters import find_findings
from state import (
    CLOSES,
    OPENS,
    FindingRole,
    Framework,
    Grades,
    Judgement,
    Kind,
    Letter,
    Paragraph,
    Register,
    Section,
    SectionRole,
)

BAD, FAIR, GOOD = "inadequate", "requires improvement", "good"


def judged(day: date, **grades: str) -> Judgement:
    return Judgement("80451", str(day), day, None, Grades.model_validate(grades) if grades else None)


FIRST = judged(date(2016, 9, 1), overall_effectiveness=FAIR, in_care=GOOD)
FELL = judged(date(2018, 7, 17), overall_effectiveness=BAD, in_care=BAD)
AGAIN = judged(date(2020, 1, 5), overall_effectiveness=FAIR, in_care=BAD)
ROSE = judged(date(2022, 1, 5), overall_effectiveness=GOOD, in_care=GOOD)


@pytest.mark.parametrize(
    ("judgements", "watch"),
    [
        ([], Watch(None)),
        ([FIRST], Watch(False)),
        ([FIRST, FELL], Watch(True, FELL.on)),
        ([FIRST, FELL, AGAIN], Watch(True, FELL.on)),  # one bad judgement is enough, and the first counts
        ([FIRST, FELL, AGAIN, ROSE], Watch(False)),
        ([FELL, judged(date(2020, 1, 1))], Watch(None)),  # what could not be read clears nobody
        ([FELL, judged(date(2020, 1, 1), overall_effectiveness="not read")], Watch(None)),
    ],
)
def test_under_watch_since_the_first_bad_judgement_in_a_row(judgements, watch):
    assert find_watch(judgements) == watch


@pytest.mark.parametrize(
    ("judgement", "standing"),
    [
        (None, Standing.UNKNOWN),
        (FELL, Standing.INADEQUATE),
        (judged(date(2026, 7, 1), in_care=GOOD), Standing.NO_OVERALL),
        (judged(date(2026, 7, 1), in_care=BAD), Standing.IN_PART),
        (judged(date(2026, 7, 1)), Standing.NOT_READ),
    ],
)
def test_a_standing_is_what_the_report_says(judgement, standing):
    assert find_standing(judgement) is standing


def test_what_came_later_is_not_known_yet():
    groups = group_by_authority([FIRST, FELL, ROSE], date(2019, 12, 31))
    assert groups == {"80451": [FIRST, FELL]}


def test_a_bar_stands_until_the_next_inspection():
    chart = draw_chart([FIRST, FELL, ROSE], [], date(2023, 6, 1))
    assert chart
    overall = chart.lanes[0]
    assert [bar.grade for bar in overall.bars] == [FAIR, BAD, GOOD]
    for bar, following in zip(overall.bars, overall.bars[1:], strict=False):
        assert bar.x + bar.width == pytest.approx(following.x - 2, abs=0.2)
    assert overall.bars[0].x >= LEFT
    assert all(bar.x + bar.width <= WIDTH for lane in chart.lanes for bar in lane.bars)
    assert overall.bars[1].told == "Overall effectiveness: Inadequate, 17 July 2018"


def test_without_a_judgement_there_is_no_chart():
    assert draw_chart([judged(date(2020, 1, 1))], [], date(2020, 2, 1)) is None


def test_every_authority_of_today_has_a_hexagon_of_its_own():
    places = load_places()
    current = {authority.urn for authority in Register.load() if authority.current}
    assert set(places) == current
    assert len(places) == 153
    assert len({(place.x, place.y) for place in places.values()}) == 153


def test_neighbours_on_the_ground_are_near_on_the_map():
    places, register = load_places(), Register.load()

    def apart(one: str, other: str) -> float:
        a, b = (places[register.find(name).urn] for name in (one, other))
        return abs(complex(a.x - b.x, a.y - b.y))

    for one, near, far in (("Wakefield", "Leeds", "Kent"), ("Cornwall", "Devon", "Norfolk")):
        assert apart(one, near) * 3 < apart(one, far)
    assert places[register.find("Northumberland").urn].y < places[register.find("Kent").urn].y


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Bath and North East Somerset", "Bath"),
        ("North Tyneside", "N Tyneside"),
        ("York", "York"),
        ("Cheshire East", "Cheshire E"),
    ],
)
def test_a_hexagon_has_room_for_a_short_name(name, short):
    known = Known(Register.load().find(name), Standing.GOOD, Watch(False), None)
    assert (known.short_name, known.letter) == (short, "G")
    assert set(LETTERS) == set(Standing)


def test_no_word_is_lost_where_findings_are_marked():
    text = (
        "Social workers visit children often and know them well. The quality of plans is too variable. "
        "A meeting took place. Management oversight is not yet effective for all children."
    )
    section = Section(
        role=SectionRole.FINDINGS, heading=None, page=1, paragraphs=(Paragraph(page=1, text=text),)
    )
    repeated = section.model_copy(update={"role": SectionRole.OTHER})
    letter = Letter(
        kind=Kind.OTHER, title="t", authority=None, framework=Framework.ILACS, sections=(repeated, section)
    )
    findings = find_findings(letter.sections)
    other, marked = (each.paragraphs[0] for each in mark_letter(letter, findings))
    assert "".join(passage.text for passage in marked.passages) == text
    assert [passage.finding for passage in marked.passages if passage.finding] == list(findings)
    assert [passage.finding for passage in other.passages] == [None]
    counts = count_themes(findings)
    told = [finding for finding in findings if finding.role is not FindingRole.NEUTRAL]
    assert {count.theme for count in counts} == {theme for finding in told for theme in finding.themes}


def test_what_a_search_found_is_all_that_is_marked():
    marked = mark_matches(f"<b> {OPENS}a & b{CLOSES} \u202e&")
    assert marked == "&lt;b&gt; <mark>a &amp; b</mark> &amp;"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (say_days(date(2019, 10, 9), date(2019, 10, 10)), "9 to 10 October 2019"),
        (say_days(date(2019, 2, 25), date(2019, 3, 8)), "25 February to 8 March 2019"),
        (say_days(date(2019, 12, 30), date(2020, 1, 3)), "30 December 2019 to 3 January 2020"),
        (say_days(date(2019, 2, 5), None), "5 February 2019"),
        (say_days(None, None), ""),
        (say_moment(datetime(2019, 7, 1, 8, 5, tzinfo=UTC)), "1 July 2019, 09:05"),  # summer time
        (say_month("2018-06"), "June 2018"),
        (say_month("2018"), "2018"),
        (say_month("June"), "June"),
        (say_size(182_400), "182 KB"),
        (say_size(1_340_000), "1.3 MB"),
        (find_link("https://example.org/a"), "https://example.org/a"),
        (find_link("javascript:alert(1)"), ""),
        (find_link("http://[broken"), ""),
        (make_link("/a b", q="x&y", none=None, empty=""), "/a%20b?q=x%26y"),
    ],
)
def test_the_wording(said, words):
    assert said == words
