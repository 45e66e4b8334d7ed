"""Lines in reading order, furniture out, paragraphs whole."""

import pytest

from scraper.letters.text.furniture import sort_out
from scraper.letters.text.layout import clean_text, lay_out
from scraper.letters.text.lines import Line, Page
from scraper.letters.text.paragraphs import build_blocks, join_lines
from tests.scraper.letters.lines import HEIGHT, WIDTH, line, sheet, stack

BODY = [
    "The local authority is making steady progress in improving services for its children and",
    "young people in need of help and protection. Social workers know their children well and",
    "visit them regularly.",
]

LETTERHEAD = ("Ofsted", "Piccadilly Gate", "8524")


def page(*lines: Line, number: int = 1) -> Page:
    return Page(number, WIDTH, HEIGHT, lines)


def texts_of(*lines: Line) -> list[str]:
    (laid_out,) = lay_out([page(*lines)])
    return [laid.text for laid in laid_out.lines]


def test_what_is_drawn_last_is_read_where_it_stands() -> None:
    head = line("Piccadilly Gate", top=780, size=9)
    foot = line("2", top=50)
    assert texts_of(foot, *stack(BODY), head) == ["Piccadilly Gate", *BODY, "2"]


def test_cells_of_a_row_stay_behind_each_other() -> None:
    label = [line("The impact of leaders on social work", top=530), line("practice with children", top=516)]
    grade = line("Outstanding", top=530, left=303)
    following = line("Overall effectiveness", top=490)
    found = texts_of(*label, grade, following)
    assert found == [
        "The impact of leaders on social work",
        "practice with children",
        "Outstanding",
        found[-1],
    ]


def test_fragments_that_touch_become_one_line() -> None:
    first = line("on the 15")
    raised = line("th", left=first.right, top=704, size=8)
    rest = line("of May 2018", left=raised.right + 3)
    assert texts_of(first, raised, rest, *stack(BODY, top=600))[0] == "on the 15th of May 2018"


def test_a_raised_figure_is_a_notes_mark_and_goes() -> None:
    first = line("What needs to improve?", bold=True)
    mark = line("1", left=first.right, top=705, size=8)
    assert texts_of(first, mark, *stack(BODY, top=600))[0] == "What needs to improve?"


def test_sizes_are_relative_to_the_body() -> None:
    body = [row._replace(size=10.0) for row in stack(BODY)]
    (laid_out,) = lay_out([page(line("Title", top=760, size=26), *body)])
    assert [round(row.size, 1) for row in laid_out.lines] == [31.2, 12.0, 12.0, 12.0]


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("a\u202fb\u00a0c", "a b c"),
        ("multi\u2011agency", "multi-agency"),
        ("multi\ufffe", "multi-"),
        ("a\u00adb", "ab"),
    ],
)
def test_characters_become_plain(printed: str, plain: str) -> None:
    assert clean_text(printed) == plain


def test_a_hyphen_at_a_lines_end_is_kept_and_takes_no_blank() -> None:
    assert join_lines(["a multi-", "agency hub – and", "more"]) == "a multi-agency hub – and more"
    assert join_lines(["help –", "and more -", "here"]) == "help – and more - here"


def test_furniture_goes_and_running_lines_are_remembered() -> None:
    pages = []
    for number in (1, 2, 3):
        foot = line(f"Inspection of X, 4 to 8 May 2020 {number}", page=number, top=40, size=8)
        pages.append(sheet(*stack(BODY, page=number), foot, number=number))
    text = sort_out(pages)
    assert [row.text for row in text.sheets[1].lines] == BODY
    assert text.running[0] == "Inspection of X, 4 to 8 May 2020 1"


@pytest.mark.parametrize("number", ["2", "Page 2 of 4", "Ofsted is proud to use recycled paper"])
def test_single_page_furniture_goes(number: str) -> None:
    text = sort_out([sheet(*stack(BODY), line(number, top=60))])
    assert [row.text for row in text.sheets[0].lines] == BODY


def test_a_letterhead_goes_but_small_print_on_a_cover_stays_known() -> None:
    head = [line(text, top=790 - 10 * row, size=9) for row, text in enumerate(LETTERHEAD)]
    text = sort_out([sheet(*head, *stack(BODY), line("Published: 3 July 2009", top=150, size=10))])
    assert [row.text for row in text.sheets[0].lines] == BODY
    assert text.cover.lines[-1].text == "Published: 3 July 2009"


def test_contents_and_imprint_go() -> None:
    contents = stack(
        ["**Contents", "Summary of findings 3", "The experiences of children who need", "help 4"]
    )
    start = line("The local authority", top=500, size=16, bold=True)
    imprint = line("The Office for Standards in Education, Children’s Services and Skills", page=2, top=300)
    first = sheet(*contents, start, *stack(BODY, top=450))
    second = sheet(*stack(BODY, page=2), imprint, number=2)
    text = sort_out([first, second])
    assert [row.text for row in text.sheets[0].lines] == ["The local authority", *BODY]
    assert [row.text for row in text.sheets[1].lines] == BODY


def test_a_paragraph_runs_over_the_page_break() -> None:
    first, second = sheet(*stack(BODY[:2], top=100)), sheet(*stack(BODY[2:], page=2), number=2)
    (block,) = build_blocks([first, second])
    assert block.text == " ".join(BODY)
    assert block.page == 1


def test_a_short_last_line_ends_the_paragraph_before_the_page_break() -> None:
    first, second = sheet(*stack(BODY, top=100)), sheet(*stack(BODY, page=2), number=2)
    assert len(build_blocks([first, second])) == 2


def test_bullets_numbers_and_headings_open_blocks() -> None:
    bullets = ["* the quality of plans", "for children", "* supervision"]
    texts = [
        "**What needs to improve",
        "",
        *bullets,
        "",
        "12.The next step is",
        "a plan.",
        "",
        "**Main findings",
    ]
    found = build_blocks([sheet(*stack(texts))])
    assert [(b.heading, b.bullet, b.number, b.text) for b in found] == [
        (True, False, None, "What needs to improve"),
        (False, True, None, "the quality of plans for children"),
        (False, True, None, "supervision"),
        (False, False, 12, "The next step is a plan."),
        (True, False, None, "Main findings"),
    ]
