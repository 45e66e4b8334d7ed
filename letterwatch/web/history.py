"""An authority's judgements through time: what stood when, and since when it is under watch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from state import Judgement


class Standing(StrEnum):
    """What is known of an authority on a day, by its latest full inspection."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"
    IN_PART = "inadequate in part"
    NO_OVERALL = "no overall grade"
    NOT_READ = "not read"
    UNKNOWN = "no inspection known"


@dataclass(frozen=True, slots=True)
class Watch:
    """Whether an authority is under watch (None: cannot be told), and since which judgement."""

    on: bool | None
    since: date | None = None


def find_standing(judgement: Judgement | None) -> Standing:
    """The grade an inspection gives as a whole. Reports of 2026 and after give none, and none is made up."""
    if judgement is None:
        return Standing.UNKNOWN
    given = judgement.given
    overall = given.get("overall_effectiveness")
    if overall:
        return Standing(overall.value)
    if not given:
        return Standing.NOT_READ
    return Standing.IN_PART if judgement.inadequate else Standing.NO_OVERALL


def find_watch(judgements: Sequence[Judgement]) -> Watch:
    """Under watch: any judgement of the latest inspection is inadequate. Oldest first."""
    if not judgements:
        return Watch(None)
    if not judgements[-1].inadequate:
        return Watch(judgements[-1].inadequate)
    since = judgements[-1].on
    for judgement in reversed(judgements):
        if not judgement.inadequate:
            break
        since = judgement.on
    return Watch(True, since)


def group_by_authority(judgements: Iterable[Judgement], upto: date) -> Mapping[str, list[Judgement]]:
    """Each authority's judgements published up to a day, oldest first."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.on <= upto:
            groups.setdefault(judgement.urn, []).append(judgement)
    return groups
