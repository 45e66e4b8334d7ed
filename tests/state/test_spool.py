"""Records out of memory: in whatever number, a spool says what a list would."""

import gc
import pickle
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state import StateError
from state.records.spool import Spool

FILES = Path("/proc/self/fd")
Pair = tuple[str, int]
PAIRS = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers()), max_size=40)


def spool(pairs: Iterable[Pair], most: int) -> Spool[Pair]:
    return Spool(lambda pair: pair[0], pairs, most=most)


@given(pairs=PAIRS, most=st.integers(1, 50), keys=st.sets(st.sampled_from("abcdefgh")))
def test_it_answers_as_if_all_were_in_memory(pairs: list[Pair], most: int, keys: set[str]) -> None:
    laid = spool(pairs, most)
    assert (list(laid), len(laid), bool(laid)) == (pairs, len(pairs), bool(pairs))
    assert list(laid.latest()) == list(dict(pairs).items())
    assert list(laid.of(keys)) == [pair for pair in pairs if pair[0] in keys]
    assert sorted(laid.keys()) == sorted(dict(pairs))


@given(pairs=PAIRS, more=PAIRS, most=st.integers(1, 20))
def test_it_takes_more_after_it_was_read(pairs: list[Pair], more: list[Pair], most: int) -> None:
    laid = spool(pairs, most)
    assert list(laid) == pairs
    laid += more
    assert list(laid) == [*pairs, *more]
    assert list(laid.latest()) == list(dict([*pairs, *more]).items())


def test_two_readers_do_not_disturb_each_other() -> None:
    laid = spool([("a", number) for number in range(10)], 3)
    assert [(one, other) for one, other in zip(laid, laid, strict=True) if one != other] == []


@pytest.mark.skipif(not FILES.exists(), reason="open files are listed on Linux")
def test_its_file_has_no_name_and_ends_with_it() -> None:
    before = _list_nameless()
    laid = spool(((f"{number:0200}", number) for number in range(20_000)), 100)  # too many for a cache
    assert len(_list_nameless() - before) == 1
    assert len(laid) == 20_000
    del laid
    gc.collect()
    assert _list_nameless() == before


def _list_nameless() -> set[str]:
    """Files of this process that no folder holds any more."""
    links = (each.readlink() for each in FILES.iterdir() if each.is_symlink())
    return {str(link) for link in links if str(link).endswith("(deleted)")}


def test_a_full_folder_for_temporary_files_is_named() -> None:
    laid = spool([("a", 1), ("b", 2)], 1)
    assert laid._file is not None
    laid._file.execute("PRAGMA max_page_count = 5")
    with pytest.raises(StateError, match=r"full.*TMPDIR"):
        laid.append(("c" * 100_000, 3))


def test_what_cannot_be_laid_down_is_no_quiet_loss() -> None:
    with pytest.raises((pickle.PicklingError, AttributeError)):
        Spool(lambda _: "a", [lambda: None], most=1)
