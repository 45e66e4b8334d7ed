"""Is a story about a report, about whose, and about which? Measured on the thin records of real stories.

A record has an address, headline, day and the passages attributed to Ofsted: no text, which is copyright.
Notes are the labellers' comments and never an input. Where only a month or year of a story is known, it is
weighed as of days across it, and the first link counts; a report's day known by its month may be three off.

    python -m benchmarks.news_links [--each] [--raise-floors]
"""

import calendar
import csv
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from benchmarks.corpus import find_corpus
from benchmarks.floors import find_shortfalls, load_floors, raise_floors
from scraper.coverage import is_near, judge_article, link_article
from scraper.letters import read_document
from scraper.pages.article import Article
from state import ArticleFound, CoverageLink, Kind, Letter, LetterOnFile, PublicationFacts

IN_SCOPE = {"monitoring_visit", "inspection", "focused_visit"}
TABLE = "news"
SLACK = 3  # days
HALVES = 2000


@dataclass
class Known:
    """A publication of the list or the corpus; its letter is read when first asked for."""

    facts: PublicationFacts
    file: Path | None

    @cached_property
    def on_file(self) -> LetterOnFile:
        return LetterOnFile(self.facts, self._read())

    def _read(self) -> Letter | None:
        return read_document(self.file.read_bytes()).letter if self.file else None


@dataclass(frozen=True)
class Case:
    """A labelled story, what was judged of it, and what it was linked to."""

    gold: Mapping[str, object]
    found: ArticleFound
    link: CoverageLink | None
    linked: PublicationFacts | None
    reported: tuple[PublicationFacts, ...]  # what the gold says it reports, as far as it is known here

    @property
    def wanted(self) -> bool:
        return self.gold["label"] in IN_SCOPE

    @property
    def in_scope(self) -> bool:
        return self.found.in_scope or self.link is not None

    @property
    def label(self) -> str:
        return self.linked.kind.value if self.linked else self.found.label.value

    @property
    def urns(self) -> tuple[str, ...]:
        return (self.link.urn,) if self.link else self.found.urns

    @property
    def links_right(self) -> bool:
        return self.wanted and self.linked is not None and self.linked in self.reported


def main(arguments: Sequence[str]) -> int:
    """Prints the figures and every story that was misjudged; 1 below a floor."""
    corpus = find_corpus()
    known = list(list_known(corpus))
    gold = [json.loads(line) for line in (corpus.parent / "gold" / "articles.jsonl").open(encoding="utf-8")]
    cases = [judge(record, known) for record in gold]
    figures = count(cases)
    for name, value in figures.items():
        print(f"{name:24} {value:6.2f}")
    print_spread(cases, load_floors(TABLE))
    print_errors(cases)
    print_negatives(cases)
    if "--each" in arguments:
        for case in cases:
            link = case.link.model_dump(mode="json") if case.link else None
            print(json.dumps({"url": case.gold["url"], "evidence": case.found.evidence, "link": link}))
    if "--raise-floors" in arguments:
        print("\n".join(raise_floors(TABLE, figures)))
    short = find_shortfalls(figures, load_floors(TABLE))
    print("\n".join(short))
    return 1 if short else 0


def judge(record: Mapping[str, object], known: Sequence[Known]) -> Case:
    """One record through the product's own functions."""
    for day in _possible_days(record):
        article = _article(record, day)
        found = judge_article(article, "gold")
        near = [one for one in known if is_near(found, one.facts.published_on)]
        near = [
            one for one in near if one.facts.urn in found.urns or (day and found.quoted and not found.urns)
        ]
        link = link_article(found, [one.on_file for one in near])
        if link:
            break
    linked = next((one.facts for one in near if link and one.facts.file_id == link.file_id), None)
    return Case(record, found, link, linked, tuple(_find_reported(record, known)))


def _article(record: Mapping[str, object], day: date | None) -> Article:
    quotes: Sequence[str] = record["quotes"]  # type: ignore[assignment]
    return Article(
        url=str(record["url"]),
        identity=str(record["url"]),
        title=str(record["title"]),
        publisher=str(record["publisher"]),
        published_at=datetime.combine(day, time(12), UTC) if day else None,
        paragraphs=tuple(f"“{quote}”" for quote in quotes),
        partial=True,
    )


def _find_reported(record: Mapping[str, object], known: Sequence[Known]) -> Iterator[PublicationFacts]:
    """What the gold says a story reports, of what is known here."""
    event = str(record["event_publication_date"] or "")
    for one in known:
        facts = one.facts
        if (
            facts.urn == record["la_urn"]
            and facts.kind.value == record["label"]
            and event
            and facts.published_on
        ):
            days = (facts.published_on + timedelta(days) for days in range(-SLACK, SLACK + 1))
            if str(facts.published_on) == event or (
                len(event) < 10 and any(str(d).startswith(event) for d in days)
            ):
                yield facts


def list_known(corpus: Path) -> Iterator[Known]:
    """The listed inspection reports, with their documents where the corpus has them, and its others."""
    with (corpus / "truth.csv").open(encoding="utf-8", newline="") as table:
        documents = {(row["urn"], row["published_on"], row["kind"]): row for row in csv.DictReader(table)}
    with (corpus.parent / "data" / "publications.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            document = documents.pop((row["urn"], row["published_on"], "inspection"), None)
            facts = _facts(row["urn"], row["authority"], row["file_id"], Kind.INSPECTION, row["published_on"])
            yield Known(facts, corpus / "documents" / document["file"] if document else None)
    for (urn, published_on, kind), row in documents.items():
        if kind in set(Kind) and published_on:
            facts = _facts(urn, row["authority"], row["sha_md5_12"], Kind(kind), published_on)
            yield Known(facts, corpus / "documents" / row["file"])


def count(cases: Sequence[Case]) -> dict[str, float]:
    """Per cent: precision and recall of scope and links, and the authority where one was stated."""
    scoped = [case for case in cases if case.in_scope]
    wanted = [case for case in cases if case.wanted]
    stated = [case for case in scoped if case.wanted and case.gold["la_urn"] and case.urns]
    named = [case for case in scoped if case.wanted and case.gold["la_urn"]]
    linked = [case for case in cases if case.link]
    linkable = [case for case in wanted if case.reported]
    return {
        "in_scope_precision": _share(sum(case.wanted for case in scoped), len(scoped)),
        "in_scope_recall": _share(sum(case.in_scope for case in wanted), len(wanted)),
        "authority": _share(sum(case.gold["la_urn"] in case.urns for case in stated), len(stated)),
        "authority_stated": _share(len(stated), len(named)),
        "link_precision": _share(sum(case.links_right for case in linked), len(linked)),
        "link_recall": _share(sum(case.links_right for case in linkable), len(linkable)),
        "label": _share(sum(case.label == case.gold["label"] for case in wanted), len(wanted)),
    }


def print_spread(cases: Sequence[Case], floors: Mapping[str, float]) -> None:
    """How each figure varies over random halves of the stories: what other stories may make of it."""
    draw = random.Random(1)
    halves = [count(draw.sample(cases, len(cases) // 2)) for _ in range(HALVES)]
    print("\nhalves: median, nine in ten, below the floor")
    for name, floor in floors.items():
        values = sorted(half[name] for half in halves)
        low, middle, high = (values[int(share * len(values))] for share in (0.05, 0.5, 0.95))
        below = 100 * sum(value < floor for value in values) / len(values)
        print(f"{name:24} {middle:6.2f}  {low:6.2f}-{high:6.2f}  below {floor:g}: {below:4.1f} %")
    print()


def print_errors(cases: Sequence[Case]) -> None:
    """Every story that was misjudged, with the reason."""
    for case in cases:
        wrong = []
        if case.wanted != case.in_scope:
            wrong.append("missed" if case.wanted else "taken in wrongly")
        if case.in_scope and case.wanted and case.gold["la_urn"] and case.gold["la_urn"] not in case.urns:
            wrong.append(f"authority {case.urns or 'not known'}, not {case.gold['la_urn']}")
        if case.link and not case.links_right:
            wrong.append(f"linked to {case.link.urn} of {case.linked and case.linked.published_on}, "
                         f"not {case.gold['la_urn']} of {case.gold['event_publication_date']}")  # fmt: skip
        if case.reported and not case.link:
            wrong.append(f"not linked to {case.reported[0].published_on}")
        if wrong:
            gold = case.gold
            print(f"- {gold['title'] or gold['url']} ({gold['publisher']}, {gold['published']}):")
            print(f"    {'; '.join(wrong)} [{', '.join(case.found.evidence)}]")


def print_negatives(cases: Sequence[Case]) -> None:
    """The hard negatives one by one: what kept each out."""
    hard = [case for case in cases if "hard negative" in str(case.gold["notes"] or "")]
    print(f"\nhard negatives: {sum(not case.in_scope for case in hard)} of {len(hard)} kept out")
    for case in hard:
        verdict = "TAKEN IN" if case.in_scope else f"{case.found.label} at {case.found.points:g} points"
        print(f"  {verdict:32} {case.gold['title']} ({case.gold['publisher']})")


def _facts(urn: str, authority: str, file_id: str, kind: Kind, published_on: str) -> PublicationFacts:
    return PublicationFacts(
        urn=urn,
        authority=authority,
        file_id=file_id,
        kind=kind,
        title="",
        url=f"https://files.ofsted.gov.uk/v1/file/{file_id}",
        page_url=f"https://reports.ofsted.gov.uk/provider/44/{urn}",
        published_on=date.fromisoformat(published_on),
    )


def _possible_days(record: Mapping[str, object]) -> list[date | None]:
    """The story's day; days across its month or year where no more is known; None where nothing is."""
    published = str(record["published"] or "")
    if len(published) == 10:
        return [date.fromisoformat(published)]
    if len(published) == 7:
        year, month = map(int, published.split("-"))
        return [date(year, month, day) for day in (calendar.monthrange(year, month)[1], 20, 10, 1)]
    if len(published) == 4:
        return [date(int(published), month, day) for month in range(1, 13) for day in (1, 20)]
    return [None]


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
