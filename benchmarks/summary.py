"""Does the summary hold what reporters chose? Beside the headline's beginning and the best possible six.

A reporter's sentence counts where it stands whole inside one quotation, marks and blanks aside; its weight
is the number of publishers who quoted it. A quotation may hold up to three sentences: the table also shows
how much text each way takes, and what the headline's beginning of the same length would have held. Halves of
the reports, drawn at random, show how far the figures would move on as many reports that nobody has seen.

    python -m benchmarks.summary [--each] [--raise-floors]
"""

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.corpus import find_corpus
from benchmarks.floors import find_shortfalls, load_floors, raise_floors
from scraper.letters import read_document
from scraper.letters.sentences.splitting import list_sentences
from state import Letter, SectionRole

SENTENCES = 6
LEAD, AS_LONG, SUMMARY, BEST = (
    "first six sentences", "first sentences, as long", "summary", "best possible six",
)  # fmt: skip
HALVES = 2000
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


@dataclass(frozen=True)
class Chosen:
    """A sentence that reporters quoted, and how many publishers did."""

    text: str
    publishers: int


@dataclass(frozen=True)
class Score:
    """The weight a way of summarising held of one report, and the characters it took."""

    held: int
    characters: int


def normalise(text: str) -> str:
    """Letters and digits alone, so that no mark or blank keeps two equal sentences apart."""
    return re.sub(r"\W+", " ", re.sub(r"['\"]", "", text.translate(_MARKS))).strip().lower()


def judge(quotations: Sequence[str], gold: Sequence[Chosen]) -> Score:
    """The weight of the gold sentences that stand whole inside one of the quotations."""
    shown = [normalise(quotation) for quotation in quotations]
    held = sum(item.publishers for item in gold if any(normalise(item.text) in quote for quote in shown))
    return Score(held, sum(map(len, quotations)))


def list_headline(letter: Letter) -> list[str]:
    """The sentences of the headline section."""
    first = next((s for s in letter.sections if s.role is SectionRole.HEADLINE and s.paragraphs), None)
    return [sentence.text for sentence in list_sentences([first])] if first else []


def take_length(sentences: Sequence[str], characters: int) -> list[str]:
    """The first sentences that fit into a length."""
    taken: list[str] = []
    for sentence in sentences:
        if sum(map(len, taken)) + len(sentence) > characters:
            break
        taken.append(sentence)
    return taken


def score_report(letter: Letter, gold: Sequence[Chosen]) -> dict[str, Score]:
    """One report summarised in each way."""
    headline = list_headline(letter)
    summary = [quotation.quote for quotation in letter.summary]
    best = sorted(gold, key=lambda item: -item.publishers)[:SENTENCES]
    return {
        LEAD: judge(headline[:SENTENCES], gold),
        AS_LONG: judge(take_length(headline, sum(map(len, summary))), gold),
        SUMMARY: judge(summary, gold),
        BEST: Score(sum(i.publishers for i in best), sum(len(i.text) for i in best)),
    }


def list_ratios(over: Sequence[Score], under: Sequence[Score]) -> list[float]:
    """How many times one way holds what the other does, on random halves of the reports, sorted."""
    draw = random.Random(1)
    halves = (draw.sample(range(len(over)), len(over) // 2) for _ in range(HALVES))
    return sorted(sum(over[at].held for at in half) / sum(under[at].held for at in half) for half in halves)


def describe(name: str, ratios: Sequence[float], least: float) -> str:
    """One line on the spread of a ratio over the halves."""
    low, middle, high = (ratios[int(share * len(ratios))] for share in (0.05, 0.5, 0.95))
    below = 100 * sum(ratio < least for ratio in ratios) / len(ratios)
    return (
        f"{name}, halves: median {middle:.3f}, nine in ten {low:.3f}-{high:.3f}, below {least}: {below:.1f} %"
    )


def load_gold() -> Iterator[tuple[str, Letter, list[Chosen]]]:
    """Each report with the sentences reporters chose from it."""
    corpus = find_corpus()
    for line in (corpus.parent / "gold" / "quoted-sentences.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        letter = read_document((corpus / "documents" / row["file"]).read_bytes()).letter
        if letter is None:
            sys.exit(f"{row['file']} could not be read")
        yield row["file"], letter, [Chosen(s["sentence"], s["publishers"]) for s in row["sentences"]]


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 where a figure is below its floor."""
    ways: dict[str, list[Score]] = {}
    weight = 0
    for name, letter, gold in load_gold():
        scored = score_report(letter, gold)
        weight += sum(item.publishers for item in gold)
        for way, score in scored.items():
            ways.setdefault(way, []).append(score)
        if "--each" in arguments:
            print(f"{name[:50]:50}", *(f"{way} {score.held:3}" for way, score in scored.items()))
    shares = {way: 100 * sum(score.held for score in scores) / weight for way, scores in ways.items()}
    for way, scores in ways.items():
        length = sum(score.characters for score in scores) // len(scores)
        print(f"{way:26} {shares[way]:6.2f} %  {length:6} characters")
    figures = {
        "times_first_six": shares[SUMMARY] / shares[LEAD],
        "times_as_long": shares[SUMMARY] / shares[AS_LONG],
    }
    print(f"summary : first six = {figures['times_first_six']:.3f}")
    print(f"summary : first sentences, as long = {figures['times_as_long']:.3f}")
    print(describe("summary : first six", list_ratios(ways[SUMMARY], ways[LEAD]), 1.25))
    print(describe("summary : as long", list_ratios(ways[SUMMARY], ways[AS_LONG]), 1.0))
    if "--raise-floors" in arguments:
        print(*raise_floors("summary", figures), sep="\n")
    shortfalls = find_shortfalls(figures, load_floors("summary"))
    print(*shortfalls, sep="\n")
    return 1 if shortfalls else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
