"""A replica made of real documents: a folder with `truth.csv` and `documents/` (see docs/demo.md)."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from zlib import crc32

from letterwatch.demo.replica import Publication, Replica, ReplicaAuthority
from state import Register

INVENTED = 90_000_000  # ids from here on are ours: real ones have stayed below 51 million
TITLES: Mapping[tuple[str, str], str] = {
    ("monitoring_visit", "ilacs"): "Monitoring visit",
    ("focused_visit", "ilacs"): "Children's services focused visit",
    ("inspection", "sif"): "Single inspection of LA children's services",
    ("jtai", "jtai"): "Joint area child protection inspection",
    ("send", "send"): "Area SEND full inspection",
    ("other", "other"): "Joint area review",
}
DEFAULT_TITLE = "Children's services inspection"
_PLACE_AND_DAY = re.compile(r"(?P<place>[A-Z][\w ]+?) (?P<day>\d{1,2} [A-Z][a-z]{2} \d{4})")


class CorpusError(Exception):
    """The folder is not a corpus; the message says what is missing."""


def load_corpus(folder: Path) -> Replica:
    """The replica of a corpus. Raises CorpusError."""
    truth = folder / "truth.csv"
    if not truth.is_file():
        raise CorpusError(f"{folder} is not a corpus: it has no truth.csv")
    file_ids = _load_file_ids(folder.parent / "data" / "publications.csv")
    publications = tuple(_publications(truth, folder / "documents", file_ids))
    missing = next((each.body for each in publications if not each.body.is_file()), None)
    if missing:
        raise CorpusError(f"{truth} names {missing.name}, which is not in {missing.parent}")
    register = Register.load()
    authorities = (register.get(urn) for urn in sorted({each.urn for each in publications}))
    return Replica(
        tuple(ReplicaAuthority(str(each.urn), each.la_code, each.name) for each in authorities), publications
    )


def _publications(
    truth: Path, documents: Path, file_ids: Mapping[tuple[str, date], str]
) -> Iterator[Publication]:
    with truth.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            urn, published_on = _place(row)
            file_id = file_ids.get((urn, published_on)) if _is_inspection(row) else None
            yield Publication(
                urn=urn,
                file_id=file_id or str(INVENTED + crc32(row["file"].encode()) % 10_000_000),
                title=TITLES.get((row["kind"], row["framework"]), DEFAULT_TITLE),
                published_on=published_on,
                visited_on=date.fromisoformat(row["visited_to_on"]) if row["visited_to_on"] else None,
                body=documents / row["file"],
                rating=row["overall_effectiveness"].capitalize() or None,
            )


def _is_inspection(row: Mapping[str, str]) -> bool:
    """True where the list of known file ids, which holds inspections, may have this one."""
    return (row["kind"], row["framework"]) not in TITLES or row["kind"] == "inspection"


def _place(row: Mapping[str, str]) -> tuple[str, date]:
    """Whose page a document stood on, and since when; where the columns are empty, the note tells."""
    if row["urn"] and row["published_on"]:
        return row["urn"], date.fromisoformat(row["published_on"])
    told = _PLACE_AND_DAY.search(row["note"])
    authority = Register.load().find(told["place"]) if told else None
    if not told or not authority or not authority.urn:
        raise CorpusError(f"truth.csv does not say on whose page {row['file']} stood, and when")
    day = datetime.strptime(told["day"], "%d %b %Y").date()  # noqa: DTZ007  a day has no zone
    return authority.urn, day


def _load_file_ids(path: Path) -> dict[tuple[str, date], str]:
    """Known file ids of inspections by URN and date of publication; empty where there is no such list."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["urn"], date.fromisoformat(row["published_on"])): row["file_id"]
            for row in csv.DictReader(lines)
        }
