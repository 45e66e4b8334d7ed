"""Dates as British pages and feeds write them."""

from datetime import UTC, datetime

import pytest

from scraper.pages.moments import find_moment


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2021-11-24T17:07:00.000Z", (2021, 11, 24, 17, 7)),
        ("2019-06-14T09:30:00+01:00", (2019, 6, 14, 8, 30)),
        ("2019-06-14T09:30:00+0100", (2019, 6, 14, 8, 30)),
        ("2019-06-14T09:30", (2019, 6, 14, 8, 30)),
        ("2019-06-14", (2019, 6, 13, 23, 0)),
        ("Fri, 14 Jun 2019 09:30:00 +0100", (2019, 6, 14, 8, 30)),
        ("Fri, 14 Jun 2019 09:30:00 BST", (2019, 6, 14, 8, 30)),
        ("Fri, 01 Nov 2019 16:45:12 GMT", (2019, 11, 1, 16, 45, 12)),
        ("Wednesday, 24th November 2021, 5:07 pm", (2021, 11, 24, 17, 7)),
        ("Updated Friday, 1st Nov 2019, 4:45 am", (2019, 11, 1, 4, 45)),
        ("PUBLISHED: 15:47 09 November 2017 | UPDATED: 16:02 10 November 2017", (2017, 11, 9, 15, 47)),
        ("12:30pm, 4 July 2024", (2024, 7, 4, 11, 30)),
        ("Posted on 03/04/2023", (2023, 4, 2, 23, 0)),
        ("29 February 2023, then 1 March 2023", (2023, 3, 1)),
        ("1 January 2020 at 12.05am", (2020, 1, 1, 0, 5)),
    ],
)
def test_dates_are_day_first_and_londons(text: str, utc: tuple[int, ...]) -> None:
    assert find_moment(text) == datetime(*utc, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "31/31/2023", "Thu, 99 Xyz 2019 09:00:00 GMT", "0001-01-01", "9999-12-31T23:59:59Z",
     "1 January 1904", "2019-99-99T99:99:99Z", "5 minutes ago", "25:99 1 Smarch 2020"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_moment(text) is None


def test_the_clock_change_night_has_one_answer() -> None:
    assert find_moment("27 October 2019, 1:30 am") == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)
