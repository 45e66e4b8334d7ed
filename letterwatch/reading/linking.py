"""What one article is about and which stored letter it reports: the answer behind `letterwatch link`."""

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.coverage import Weighed, is_near, judge_article, weigh_letters
from scraper.pages.article import Article
from state import ArticleFound, ArticleLabel, LetterOnFile, PublicationFacts, Register, Store

_NAMES = frozenset({"monitoring_visit", "inspection", "focused_visit"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An article, what was judged of it, and every stored publication weighed, the likeliest first."""

    article: Article
    found: ArticleFound
    weighed: Sequence[Weighed]

    @property
    def link(self) -> Weighed | None:
        """The publication it reports, if one explains it well enough."""
        return self.weighed[0] if self.weighed and self.weighed[0].is_enough else None

    @property
    def publication(self) -> PublicationFacts | None:
        """The facts of the publication it reports."""
        return self.link.on_file.publication if self.link else None

    @property
    def label(self) -> str:
        """What it is about: the kind of the publication it reports, else what the story itself tells."""
        kind = self.publication.kind.value if self.publication else ""
        return kind if kind in _NAMES else self.found.label.value

    @property
    def in_scope(self) -> bool:
        """About a publication on a council's children's services."""
        return self.found.in_scope or self.link is not None

    @property
    def urns(self) -> tuple[str, ...]:
        """The authorities it is about."""
        return (self.publication.urn,) if self.publication else self.found.urns


def answer(article: Article, store: Store | None, register: Register) -> Answer:
    """Judges an article and weighs the stored publications; without a state there are none."""
    found = judge_article(article, "link", register=register)
    return Answer(article, found, weigh_letters(found, _load_letters(found, store)))


def as_json(answered: Answer, register: Register) -> dict[str, object]:
    """The answer for programs, as docs/news.md describes it."""
    names = [{"urn": urn, "name": register.get(urn).name} for urn in answered.urns]
    publication, link = answered.publication, answered.link
    return {
        "url": answered.article.url,
        "title": answered.article.title,
        "publisher": answered.article.publisher,
        "published_at": answered.article.published_at,
        "label": answered.label,
        "in_scope": answered.in_scope,
        "authority": names[0] if names else None,
        "authorities": names,
        "publication": publication.model_dump(mode="json", exclude={"region"}) if publication else None,
        "score": round(link.score, 2) if link else 0.0,
        "evidence": [*answered.found.evidence, *(link.evidence if link else ())],
        "quotes": [{"quote": one.text, "page": one.page} for one in link.passages] if link else [],
        "points": answered.found.points,
        "council": answered.found.council,
        "answered": answered.found.answered,
        "expects": answered.found.awaits,
        "partial": answered.found.partial,
    }


def _load_letters(found: ArticleFound, store: Store | None) -> list[LetterOnFile]:
    """What may be reported: of the authorities named, or of any near in time where none is."""
    if store is None or (not found.urns and (found.published_at is None or not found.quoted)):
        return []
    if found.label is ArticleLabel.NOT_OFSTED and not found.quoted and not found.file_ids:
        return []
    near = (one for one in store.letters_on_file(found.urns) if is_near(found, one.publication.published_on))
    return list(near)
