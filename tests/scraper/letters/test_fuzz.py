"""Two hundred damaged letters: each is read or says why it is not, and none takes the reader down."""

from benchmarks.mutations import mutate
from scraper.letters import LetterReader
from state import Reading
from tests.letters.maker import load_plan, print_document

BODIES = [
    print_document(load_plan(name))
    for name in (
        "wakefield-2019-11-01-monitoring",
        "swindon-2023-09-11-inspection",
        "wakefield-2018-03-22-focused",
    )
]


def is_answered(reading: Reading) -> bool:
    return (reading.letter is None) != (reading.unreadable is None)


def test_damaged_letters_are_answered_one_and_all() -> None:
    with LetterReader() as reader:
        readings = [reader.read(mutate(BODIES, seed)) for seed in range(200)]
    assert all(map(is_answered, readings))
    assert not [r.unreadable for r in readings if r.unreadable and "the reader failed" in r.unreadable]
    assert sum(reading.letter is not None for reading in readings) > 20


def test_the_same_seed_makes_the_same_damage() -> None:
    assert mutate(BODIES, 7) == mutate(BODIES, 7)
    assert mutate(BODIES, 7) != mutate(BODIES, 8)
