"""The short version of `make bench-scale`."""

from benchmarks.scale import SHOWN, compare, measure
from tests.servers.postgres import drop_database, make_database


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


def test_postgresql_is_measured_by_the_same_steps() -> None:
    database = make_database("scale")
    try:
        figures = measure(20, database.render_as_string(hide_password=False))
    finally:
        drop_database("scale")
    assert set(SHOWN) < set(figures)
    assert min(figures["size"], figures["quiet"]) > 0
