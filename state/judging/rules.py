"""Rules a run is judged by: a figure, what it must keep to, and what it means where it does not. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from state.records.vocabulary import Verdict


class Comparison(StrEnum):
    """How a figure stands to its threshold where all is well."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Rule:
    """One figure and its threshold: a `setting`, or a `percent` of what is `usual` or of another figure.

    Without a threshold (no history yet) or without the figure it is not applied. `cause` may name
    {figure}, {threshold} and {usual}. `is_void`: nothing of a run that breaks it may be believed.
    """

    name: str
    figure: str
    comparison: Comparison
    verdict: Verdict
    cause: str
    setting: int | None = None
    percent: int | None = None
    of: str | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A rule as it was applied to one run."""

    rule: Rule
    figure: int
    threshold: int
    usual: int | None

    @property
    def holds(self) -> bool:
        """Whether the figure keeps to its threshold."""
        if self.rule.comparison is Comparison.AT_LEAST:
            return self.figure >= self.threshold
        return self.figure <= self.threshold

    @property
    def cause(self) -> str:
        """What it means where it does not hold."""
        return self.rule.cause.format(figure=self.figure, threshold=self.threshold, usual=self.usual)

    def in_words(self) -> str:
        """ "authorities listed: 153, at least 138"."""
        return f"{self.rule.name}: {self.figure}, {self.rule.comparison.value} {self.threshold}"


def apply_rules(
    rules: Iterable[Rule], figures: Mapping[str, int], history: Sequence[Mapping[str, int]]
) -> tuple[Check, ...]:
    """Every rule that can be applied to a run's figures, beside those of its last good runs."""
    checks = (_apply(rule, figures, history) for rule in rules)
    return tuple(check for check in checks if check is not None)


def find_usual(figure: str, history: Sequence[Mapping[str, int]]) -> int | None:
    """The median of a figure over the last good runs; None where none of them has it."""
    seen = [figures[figure] for figures in history if figure in figures]
    return round(median(seen)) if seen else None


def _apply(rule: Rule, figures: Mapping[str, int], history: Sequence[Mapping[str, int]]) -> Check | None:
    if rule.figure not in figures:
        return None
    usual = find_usual(rule.figure, history)
    base = figures.get(rule.of) if rule.of else usual
    if rule.setting is not None:
        threshold = rule.setting
    elif rule.percent is not None and base is not None:
        threshold = base * rule.percent // 100
    else:
        return None
    return Check(rule, figures[rule.figure], threshold, usual)
