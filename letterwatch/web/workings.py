"""Findings and comparisons of letters that were looked at lately, kept: working them out takes a while."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from scraper.letters import compare_letters, compare_versions, find_findings
from state import Comparison, Finding, Letter, SentenceChange

KEPT = 256

Worked = TypeVar("Worked")


class Workings:
    """What was worked out of stored readings, the least lately used given up first; for several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def find_findings(self, sha256: str, letter: Letter) -> tuple[Finding, ...]:
        """The sentences of a letter with their roles and themes."""
        key = (sha256, letter.reader_version)
        return self._work(("findings", key), lambda: find_findings(letter.sections))

    def compare_letters(self, old: tuple[str, Letter], new: tuple[str, Letter]) -> Comparison:
        """What moved between two letters, each with its document's hash."""
        keys = [(sha256, letter.reader_version) for sha256, letter in (old, new)]
        return self._work(("letters", *keys), lambda: compare_letters(old[1], new[1]))

    def compare_versions(
        self, old: tuple[str, Letter], new: tuple[str, Letter]
    ) -> tuple[SentenceChange, ...]:
        """Which sentences differ between two versions of a letter."""
        keys = [(sha256, letter.reader_version) for sha256, letter in (old, new)]
        return self._work(("versions", *keys), lambda: compare_versions(old[1], new[1]))

    def _work(self, key: Hashable, work: Callable[[], Worked]) -> Worked:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]  # what was kept under the same key
        worked = work()
        with self._lock:
            self._kept[key] = worked
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return worked
