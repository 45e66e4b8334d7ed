from datetime import date

import pytest

from scraper.letters.fields.dates import Span, find_date, find_full_span, find_month, find_spans, judge_dates

JANUARY_LETTER = date(2022, 1, 5)


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("on 9 and 10 October 2019", "2019-10-09", "2019-10-10"),
        ("on 6 February 2018", "2018-02-06", "2018-02-06"),
        ("from 25 February to 8 March 2019", "2019-02-25", "2019-03-08"),
        ("4 June to 15 June 2018", "2018-06-04", "2018-06-15"),
        ("17 to 28 June 2019", "2019-06-17", "2019-06-28"),
        ("13 January 2020 to 24 January 2020", "2020-01-13", "2020-01-24"),
        ("14 January 2014- 5 February 2014", "2014-01-14", "2014-02-05"),
        ("19 November 2013 – 11 December 2013", "2013-11-19", "2013-12-11"),
        ("20 June 2017 ─ 13 July 2017", "2017-06-20", "2017-07-13"),
        ("12/09/2016 to 06/10/2016", "2016-09-12", "2016-10-06"),
        ("1/06/2015 – 25/06/2015", "2015-06-01", "2015-06-25"),
        ("18 Feb 2014", "2014-02-18", "2014-02-18"),
        ("11 – 22 July 2022", "2022-07-11", "2022-07-22"),
        ("22–23 October 2019", "2019-10-22", "2019-10-23"),
        ("08 July 2014 - 30 July 2014", "2014-07-08", "2014-07-30"),
        ("on 31 July and 1 August 2019", "2019-07-31", "2019-08-01"),
        ("29 and 30 September, and 1 October 2020", "2020-09-29", "2020-10-01"),
        ("15, 16 and 21 July 2025", "2025-07-15", "2025-07-21"),
        ("the 15 and 16 of May 2018", "2018-05-15", "2018-05-16"),
        ("15th and 16th May 2018", "2018-05-15", "2018-05-16"),
        ("between 3 and 4 March 2021", "2021-03-03", "2021-03-04"),
        ("between 13 October and 15 October 2020", "2020-10-13", "2020-10-15"),
        ("27 June to 28 June 2023", "2023-06-27", "2023-06-28"),
        ("24 October 2022 to 25 October 2023", "2022-10-24", "2023-10-25"),
        ("9 December to 5 January 2019", "2018-12-09", "2019-01-05"),
        ("Tuesday 4 and Wednesday 5 June 2024", "2024-06-04", "2024-06-05"),
        ("on 13 and 14 July. The inspectors", "2021-07-13", "2021-07-14"),
        ("Between 20 and 24 December, Ofsted", "2021-12-20", "2021-12-24"),
        ("30 April 2019 to 3 May 2019 and 20 to 24 May", "2019-04-30", "2019-05-24"),
        ("5 to 9 December 2022 and 14 to 15 February 2023", "2022-12-05", "2023-02-15"),
    ],
)
def test_every_printed_form_is_read(printed: str, first: str, last: str) -> None:
    expected = Span(date.fromisoformat(first), date.fromisoformat(last))
    assert find_full_span(printed, JANUARY_LETTER) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in June 2018",
        "on 31 and 32 May 2020",
        "0300 123 1231",
        "30-40 High Street",
        "",
        "on 30 February 2019",
    ],
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert find_full_span(text) is None


def test_a_visit_without_year_needs_the_date_of_its_letter() -> None:
    assert find_full_span("on 13 and 14 July") is None


def test_a_text_may_hold_several_spans() -> None:
    text = "The visit was on 9 and 10 October 2019; the last one was on 21 May 2019."
    assert [span.first.month for span in find_spans(text)] == [10, 5]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("1 November 2019 ", date(2019, 11, 1)),
        ("04 December 2020", date(2020, 12, 4)),
        ("4 and 5 May 2020", None),
    ],
)
def test_a_letters_date_is_a_single_day(line: str, day: date | None) -> None:
    assert find_date(line) == day


def test_months() -> None:
    assert find_month("judged inadequate in June 2018.") == "2018-06"
    assert find_month("judged inadequate last June") is None


@pytest.mark.parametrize(
    ("first", "last", "dated", "running", "warning"),
    [
        ("2019-10-10", "2019-10-09", None, (), "before it began"),
        ("2022-10-24", "2023-10-25", None, (), "last from 24 October 2022"),
        ("2020-01-15", "2020-01-16", "2019-02-07", (), "before the visit’s end"),
        (
            "2024-11-11",
            "2024-11-15",
            None,
            ("Inspection of X, 11 to 15 November 2025 2",),
            "The footer gives",
        ),
    ],
)
def test_contradictions_are_named(
    first: str, last: str, dated: str | None, running: tuple[str, ...], warning: str
) -> None:
    visit = Span(date.fromisoformat(first), date.fromisoformat(last))
    dated_on = date.fromisoformat(dated) if dated else None
    (said,) = judge_dates(visit, dated_on, running)
    assert warning.replace("’", "'") in said


def test_dates_in_order_need_no_warning() -> None:
    visit = Span(date(2019, 10, 9), date(2019, 10, 10))
    assert list(judge_dates(visit, date(2019, 11, 1), ("Monitoring visit, 9 and 10 October 2019",))) == []
    assert list(judge_dates(None, None, ())) == []
