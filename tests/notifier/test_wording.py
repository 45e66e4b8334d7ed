"""Dates, ordinals, and cutting."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.composing.wording import cut, say_count, say_dates, say_list, say_month, say_ordinal, tidy


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2019, 10, 9), date(2019, 10, 10), "9–10 October 2019"),
        (date(2019, 7, 31), date(2019, 8, 1), "31 July – 1 August 2019"),
        (date(2018, 12, 31), date(2019, 1, 4), "31 December 2018 – 4 January 2019"),
        (date(2019, 10, 9), date(2019, 10, 9), "9 October 2019"),
        (date(2019, 10, 9), None, "9 October 2019"),
        (None, date(2019, 10, 9), "9 October 2019"),
        (None, None, None),
    ],
)
def test_dates(first: date | None, last: date | None, said: str | None) -> None:
    assert say_dates(first, last) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "first"),
        (3, "third"),
        (20, "twentieth"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (24, "24th"),
        (111, "111th"),
    ],
)
def test_ordinals(number: int, said: str) -> None:
    assert say_ordinal(number) == said


def test_months_lists_counts() -> None:
    assert say_month("2018-06") == "June 2018"
    assert say_month(date(2018, 7, 17)) == "July 2018"
    assert say_month("summer 2018") == "summer 2018"
    assert say_list(["A"]) == "A"
    assert say_list(["A", "B", "C"]) == "A, B and C"
    assert say_list([]) == ""
    assert (say_count(1, "letter"), say_count(2, "letter")) == ("1 letter", "2 letters")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("One. Two. Three.", 16, "One. Two. Three."),
        ("One here. Two here. Three here.", 22, "One here. Two here. …"),
        ("Seen by Dr. Brown and others at length.", 20, "Seen by Dr. Brown …"),
        ("One long sentence without any end", 12, "One long …"),
        ("Unbreakable", 5, "…"),
        ("He said “Stop.” Then he went on and on.", 24, "He said “Stop.” …"),
    ],
)
def test_cutting_keeps_sentences_then_words(text: str, limit: int, short: str) -> None:
    assert cut(text, limit) == short


@given(st.text(alphabet="ab .,!", max_size=80), st.integers(min_value=4, max_value=60))
def test_cutting_never_splits_a_word(text: str, limit: int) -> None:
    text = tidy(text)
    short = cut(text, limit)
    assert len(short) <= limit
    if short != text:
        kept = short.removesuffix("…").rstrip()
        assert text.startswith(kept)
        rest = text[len(kept) :]
        assert not kept or not rest[:1].isalnum() or not kept[-1].isalnum()


def test_tidying_makes_one_printable_line() -> None:
    assert tidy(" a\n\tb\u00a0c\x1b[31m\u202e\u200bd ") == "a b c[31md"
