"""The short version of `make bench-latency`: the real daemon tells of each report in its turn."""

import pytest

from benchmarks.latency import find_quantile, measure


def test_every_report_that_appears_is_told() -> None:
    taken = measure(2)
    assert len(taken) == 2
    for each in taken:
        assert 0 <= each.ours <= each.shown <= each.whole
        assert each.asked >= 1  # the document, and mostly the page


@pytest.mark.parametrize(("share", "value"), [(0.5, 5), (0.9, 9), (0.99, 10), (1, 10)])
def test_a_quantile_is_a_value_that_occurred(share: float, value: float) -> None:
    assert find_quantile([float(each) for each in range(10, 0, -1)], share) == value
