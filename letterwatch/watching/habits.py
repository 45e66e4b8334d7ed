"""When letters appear, learned from the times at which they were first seen. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from letterwatch.plain_words import LONDON

WORKING_HOURS = range(7, 19)  # London's, on weekdays
MORNING = frozenset(range(8, 12))
ENOUGH = 20  # letters that must have been seen appearing before anything is learned
MOST_BUSY = 6  # hours of a day
BUSY_SHARE = 0.1  # of all letters in one hour
LIVELY_SHARE = 0.05  # of all letters at one hour of the night, or at weekends: no time to be slow


@dataclass(frozen=True, slots=True)
class Habits:
    """Hours of weekdays in which letters appear most, and slow times in which some appear all the same."""

    busy: frozenset[int] = MORNING
    lively_nights: frozenset[int] = frozenset()
    lively_weekends: bool = False
    letters: int = 0  # learned from so many; 0: nothing learned yet

    @property
    def in_words(self) -> str:
        """What they rest on."""
        return f" (learned from {self.letters} letters)" if self.letters else ""

    def is_busy(self, local: datetime) -> bool:
        """True on weekdays in the hours in which letters appear most."""
        return local.weekday() < 5 and local.hour in self.busy

    def is_slow(self, local: datetime) -> bool:
        """True at night and at weekends, unless letters were seen to appear then."""
        if local.weekday() >= 5:
            return not self.lively_weekends
        return local.hour not in WORKING_HOURS and local.hour not in self.lively_nights


def learn_habits(appeared_at: Iterable[datetime]) -> Habits:
    """Habits from when letters were first seen; the usual ones until there are enough of them."""
    times = [moment.astimezone(LONDON) for moment in appeared_at]
    if len(times) < ENOUGH:
        return Habits()
    weekdays = Counter(moment.hour for moment in times if moment.weekday() < 5)
    weekend = sum(moment.weekday() >= 5 for moment in times)
    often = [
        hour
        for hour, number in weekdays.most_common(MOST_BUSY)
        if number >= BUSY_SHARE * len(times) and hour in WORKING_HOURS
    ]
    nights = {
        hour
        for hour, number in weekdays.items()
        if number >= LIVELY_SHARE * len(times) and hour not in WORKING_HOURS
    }
    return Habits(
        busy=frozenset(often) or MORNING,
        lively_nights=frozenset(nights),
        lively_weekends=weekend >= LIVELY_SHARE * len(times),
        letters=len(times),
    )
