"""How a fault comes about, how the program is run meanwhile, and what is done when it is over."""

from collections.abc import Callable
from dataclasses import dataclass
from subprocess import CompletedProcess

from state import DeliveryState
from tests.letterwatch.faults.town import MORNING, NEXT_DAY, House

Befall = Callable[[House], object]
Run = Callable[[House], CompletedProcess[str]]


def nothing(_house: House) -> None:
    """Nothing: the fault is in how the program is run, or ends by itself."""


def check(house: House) -> CompletedProcess[str]:
    """One pass while the fault lasts."""
    return house.check(MORNING)


@dataclass(frozen=True)
class Remedy:
    """What the operator does once the fault is over, beside one more look."""

    words: str
    do: Befall = nothing


ITSELF = Remedy("by the next look")


@dataclass(frozen=True)
class How:
    """A fault: `furnish` sets the house up before anything is published, `after` is when all must be told."""

    befall: Befall = nothing
    run: Run = check
    furnish: Befall = nothing
    remedy: Remedy = ITSELF
    after: str = NEXT_DAY


def _retry(house: House) -> None:
    """Every parked message is tried again."""
    with house.store() as store:
        parked = [each.id for each in store.deliveries(DeliveryState.PARKED)]
    assert parked, "nothing was parked"
    for delivery in parked:
        done = house.check(NEXT_DAY, "deliveries", "retry", delivery)
        assert "1 sent" in done.stdout, done.stdout + done.stderr


def _release(house: House) -> None:
    """What a flood held back is let go."""
    with house.store() as store:
        holds = {each.hold for each in store.deliveries(DeliveryState.HELD)}
    assert holds, "nothing was held"
    for hold in sorted(filter(None, holds)):
        done = house.check(NEXT_DAY, "release", hold)
        assert done.returncode == 0, done.stdout + done.stderr


RETRY = Remedy("after `deliveries retry`", _retry)
RELEASE = Remedy("after `release`", _release)
