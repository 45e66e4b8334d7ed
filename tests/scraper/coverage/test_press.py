"""Stories as the local and trade press tells them: headlines of every sort, and the traps among them.

`press.jsonl` holds records in the form of the real ones that `benchmarks/news_links.py` measures: made up,
with no text of any article, before the rules were looked at; the rules have been mended on them since.
The floors stand a little below what is reached.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from benchmarks.news_links import Case, count, judge

PRESS = Path(__file__).with_name("press.jsonl")
FLOORS = {
    "in_scope_precision": 98.0,
    "in_scope_recall": 95.0,
    "authority": 99.0,
    "authority_stated": 97.0,
    "label": 77.0,
}


@cache
def cases() -> tuple[Case, ...]:
    """Every record judged by itself: no publication is known to link it to."""
    return tuple(judge(json.loads(line), ()) for line in PRESS.read_text("utf-8").splitlines())


@pytest.mark.parametrize("figure", FLOORS)
def test_the_press_is_judged_at_least_as_well_as_before(figure: str) -> None:
    assert count(cases())[figure] >= FLOORS[figure], _misjudged(cases())


def test_the_set_is_of_all_kinds_and_of_every_record_once() -> None:
    records = [case.gold for case in cases()]
    assert len(records) >= 200
    assert len({str(record["url"]) for record in records}) == len(records)
    assert {label: _number(records, label) >= 10 for label in _labels(records)} == dict.fromkeys(
        _LABELS, True
    )


_LABELS = ("monitoring_visit", "inspection", "focused_visit", "send_or_jtai", "other_ofsted", "not_ofsted")


def _labels(records: list[Mapping[str, object]]) -> set[str]:
    return {str(record["label"]) for record in records}


def _number(records: list[Mapping[str, object]], label: str) -> int:
    return sum(record["label"] == label for record in records)


def _misjudged(judged: tuple[Case, ...]) -> str:
    return "\n".join(
        f"{case.gold['title']}: {case.found.label} {case.urns} {case.found.evidence}"
        for case in judged
        if case.wanted != case.in_scope or (case.wanted and case.gold["la_urn"] not in case.urns)
    )
