"""How alike two sentences are, by the words that carry meaning."""

from functools import lru_cache

from scraper.letters.sentences.phrases import split_words

_EMPTY = frozenset(
    """a an and are as at be been by for from has have in is it its of on or that the their them there
    they this to was were which while who with not all some most more child child's children
    children's services service social work workers young people quality ensure so""".split()  # noqa: SIM905  forty words read better in prose
)


@lru_cache(maxsize=2000)
def list_content(text: str) -> frozenset[str]:
    """The words that tell one sentence from another, plural endings cut."""
    return frozenset(map(_reduce, split_words(text).words)) - {""}


@lru_cache(maxsize=20_000)
def _reduce(word: str) -> str:
    """A word without its endings; nothing where it carries no meaning."""
    plain = word.removesuffix("'s").removesuffix("'")
    return plain.rstrip("s") if plain not in _EMPTY and len(plain) > 2 else ""


def measure_likeness(one: str, other: str, ignored: frozenset[str] = frozenset()) -> float:
    """0 for sentences without a word in common, 1 for the same words; `ignored` words count for neither."""
    words, others = list_content(one) - ignored, list_content(other) - ignored
    return len(words & others) / len(words | others) if words | others else 0.0
