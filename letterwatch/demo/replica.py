"""What the replica of Ofsted's site holds: authorities and the publications on their pages."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

ROOM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Publication:
    """An entry on an authority's page, and where its bytes are."""

    urn: str
    file_id: str
    title: str
    published_on: date
    visited_on: date | None
    body: Path
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class ReplicaAuthority:
    """An authority that has a page."""

    urn: str
    la_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Replica:
    """The site at one moment; immutable, a publication makes a new one."""

    authorities: tuple[ReplicaAuthority, ...]
    publications: tuple[Publication, ...]

    def until(self, day: date) -> "Replica":
        """The site as it stood at the end of a day: authorities without publications have no page yet."""
        published = tuple(each for each in self.publications if each.published_on <= day)
        urns = {each.urn for each in published}
        return Replica(tuple(each for each in self.authorities if each.urn in urns), published)

    def with_publication(self, publication: Publication) -> "Replica":
        """The site with one publication more; the same file id replaces its predecessor."""
        others = tuple(each for each in self.publications if each.file_id != publication.file_id)
        return replace(self, publications=(*others, publication))

    def without_publication(self, file_id: str) -> "Replica":
        """The site after a withdrawal."""
        return replace(self, publications=tuple(p for p in self.publications if p.file_id != file_id))

    def get(self, file_id: str) -> Publication:
        """A publication by its file id; raises KeyError."""
        for publication in self.publications:
            if publication.file_id == file_id:
                return publication
        raise KeyError(file_id)

    def of_authority(self, urn: str) -> Sequence[Publication]:
        """An authority's publications, newest visit first."""
        mine = [each for each in self.publications if each.urn == urn]
        return sorted(
            mine, key=lambda each: (each.visited_on or each.published_on, each.file_id), reverse=True
        )

    def latest(self, urn: str) -> Publication:
        """An authority's newest publication by date of publication."""
        return max(self.of_authority(urn), key=lambda each: each.published_on)

    def rating(self, urn: str) -> str | None:
        """The overall effectiveness of an authority's last rated inspection."""
        rated = [each for each in self.of_authority(urn) if each.rating]
        return max(rated, key=lambda each: each.published_on).rating if rated else None


def load_replica() -> Replica:
    """The bundled replica with all its publications, later ones included: cut it with `until`."""
    facts = tomllib.loads((ROOM / "replica.toml").read_text(encoding="utf-8"))
    return Replica(
        authorities=tuple(ReplicaAuthority(**each) for each in facts["authorities"]),
        publications=tuple(_publications(facts["publications"], ROOM / "letters")),
    )


def _publications(rows: Iterable[dict[str, object]], folder: Path) -> Iterator[Publication]:
    for row in rows:
        yield Publication(
            urn=str(row["urn"]),
            file_id=str(row["file_id"]),
            title=str(row["title"]),
            published_on=date.fromisoformat(str(row["published_on"])),
            visited_on=date.fromisoformat(str(row["visited_on"])),
            body=folder / f"{row['letter']}.pdf",
            rating=str(row["rating"]) if "rating" in row else None,
        )
