"""Which articles tell one story: one authority, within days, shared quotations or near-equal text. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from state.records.articles import ArticleFound, QuotedWords

WITHIN = timedelta(days=4)  # a Friday's report is in the next Tuesday's weekly paper
NEAR_EQUAL = 0.5  # of the word groups
LONG_QUOTATION = 8  # words
SHARED_GROUPS = 0.5  # of the shorter quotation's


def is_same_story(one: ArticleFound, other: ArticleFound, *, apart: timedelta) -> bool:
    """Whether two articles, `apart` in time, tell the same story."""
    if apart > WITHIN or (one.urns and other.urns and set(one.urns).isdisjoint(other.urns)):
        return False
    if likeness(one.fingerprint, other.fingerprint) >= NEAR_EQUAL:
        return True
    if not (one.urns and other.urns):
        return False
    return one.title.casefold() == other.title.casefold() or shares_quotation(one.quoted, other.quoted)


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of word groups two texts have in common, estimated; 0 where either is too short."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def shares_quotation(one: Sequence[QuotedWords], other: Sequence[QuotedWords]) -> bool:
    """Whether two articles quote a long passage alike."""
    groups = [frozenset(quoted.groups) for quoted in other if quoted.words >= LONG_QUOTATION]
    return any(
        len(mine & theirs) >= SHARED_GROUPS * min(len(mine), len(theirs))
        for quoted in one
        if quoted.words >= LONG_QUOTATION
        for mine in [frozenset(quoted.groups)]
        for theirs in groups
    )


def time_apart(one: datetime, other: datetime) -> timedelta:
    """How far two moments lie apart, either way."""
    return abs(one - other)
