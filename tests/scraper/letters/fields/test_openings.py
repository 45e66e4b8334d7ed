"""Openings of monitoring letters in other words than the usual: read whole or not at all."""

from datetime import date

import pytest

from scraper.letters.fields.dates import Span, find_spans
from scraper.letters.fields.inspectors import find_visitors
from scraper.letters.fields.visits import find_judged_inadequate, find_visit_number

A, B = "Ada Example", "Owen Sample"
VISIT = "This letter summarises the findings of the monitoring visit to Exampleton on 9 and 10 October 2019."


@pytest.mark.parametrize(
    "opening",
    [
        f"{VISIT} The visit was the third monitoring visit since the local authority was judged "
        f"inadequate in June 2018. The inspectors were {A} and {B}, Her Majesty’s Inspectors.",
        f"{VISIT} This was the authority’s third visit since it was judged inadequate in June 2018. His "
        f"Majesty’s Inspectors for this visit were {A} and {B}.",
        f"{VISIT} The visit was the third since the local authority was judged inadequate for overall "
        f"effectiveness in June 2018. Her Majesty’s Inspectors (HMI) for this visit were {A} and {B}.",
        f"{VISIT} The visit was the third of the monitoring visits since the inspection in June 2018, when "
        f"services were found to be inadequate. The inspectors were {A} HMI, and {B} HMI.",
        f"{VISIT} It was the third monitoring visit since the local authority was judged as inadequate at "
        f"the inspection published in June 2018. The lead inspector was {A} HMI, and the team inspector was "
        f"{B} HMI.",
        f"{VISIT} This is the third monitoring visit following the inspection in June 2018 which judged the "
        f"local authority inadequate. The visit was led by {A}, HMI, supported by {B}, HMI.",
        f"Following the inspection in June 2018, the council was judged inadequate. {VISIT[:-1]}, the third "
        f"since then. Her Majesty’s Inspectors were {A} and {B}.",
        f"{VISIT} The first monitoring visit was in February 2019. This was the third monitoring visit "
        f"since the local authority’s services were judged inadequate in June 2018. The visit was carried "
        f"out by two of Her Majesty’s Inspectors, {A} and {B}.",
        f"{VISIT} This was the third visit to the council since it received an inadequate judgement in June "
        f"2018. His Majesty’s Inspectors {A} and {B} carried out this visit.",
        f"{VISIT} The monitoring visit was the third since the local authority was rated inadequate in June "
        f"2018. The lead inspector was {A}. The team inspector was {B}.",
        f"{VISIT} This was the third, and final, monitoring visit since the local authority was judged "
        f"inadequate in June 2018. Her Majesty’s Inspectors were {A} and {B}.",
    ],
)
def test_an_opening_in_other_words_is_read(opening: str) -> None:
    assert find_visit_number(opening) == 3
    assert find_judged_inadequate(opening) == "2018-06"
    assert find_visitors(opening) == (A, B)


def test_several_visits_of_which_none_is_this_one_give_no_number() -> None:
    opening = (
        "Since the second monitoring visit, leaders changed. The third monitoring visit looked at plans."
    )
    assert find_visit_number(opening) is None


def test_a_month_behind_the_sentences_end_is_not_the_judgements() -> None:
    opening = "since the local authority was judged inadequate. The visit took place in October 2019."
    assert find_judged_inadequate(opening) is None


def test_a_post_is_nobodys_name() -> None:
    opening = f"The inspectors were {A} HMI and {B}, Regulatory Inspection Manager."
    assert find_visitors(opening) == (A, B)


@pytest.mark.parametrize(
    "days",
    [
        "9 October and on 10 October 2019",
        "Wednesday 9 and Thursday, 10 October 2019",
        "Saturday 9 and Sunday 10 October 2019",
        "the 9th and 10th of October 2019",
        "9 October 2019 to 10 October 2019",
        "9 – 10 October, 2019",
        "09/10/2019 and 10/10/2019",
    ],
)
def test_two_days_are_one_visit(days: str) -> None:
    span = Span(date(2019, 10, 9), date(2019, 10, 10))
    assert list(find_spans(f"a visit on {days}.")) == [span]
