"""The short version of `python -m benchmarks.delivery`: real processes, killed at random moments."""

from pathlib import Path

from benchmarks.delivery import run_kills


def test_kills_lose_nothing_and_double_nothing_where_repeats_are_known(tmp_path: Path) -> None:
    result = run_kills(kills=12, seed=7, folder=tmp_path)
    assert result.killed == 12
    assert result.is_kept(), result
