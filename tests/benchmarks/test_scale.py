"""The short version of `make bench-scale`."""

from benchmarks.scale import SHOWN, compare, measure


def test_each_size_gives_all_its_figures() -> None:
    taken = {size: measure(size, None) for size in (20, 40)}
    for figures in taken.values():
        assert set(SHOWN) < set(figures)
        assert min(figures["size"], figures["peak"], figures["quiet"]) > 0
    assert set(compare(taken)) == {
        "quiet_sweep_times_straight",
        "known_times_straight",
        "peak_kb_a_page",
        "state_kb_a_page",
    }
    assert compare({20: taken[20]}) == {}
