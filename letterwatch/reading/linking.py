"""What one article is about and which stored letter it reports: the answer behind `letterwatch link`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scraper.coverage import Weighed, is_near, judge_article, weigh_letters
from scraper.pages.article import Article
from state import ArticleFound, ArticleLabel, AwaitedVisit, LetterOnFile, PublicationFacts, Register, Store

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


@dataclass(frozen=True, slots=True)
class Named:
    """An authority by number and name."""

    urn: str  #: its number at Ofsted
    name: str  #: its name


@dataclass(frozen=True, slots=True)
class Quoted:
    """What an article quotes from a letter, in the letter's words."""

    quote: str  #: the passage
    page: int  #: where it stands


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What an article is about and which stored letter it reports, for programs."""

    url: str  #: the article's address
    title: str  #: its headline
    publisher: str  #: who published it
    published_at: datetime | None  #: when, as the page says
    label: ArticleLabel  #: what it is about
    in_scope: bool  #: about a letter or report on a council's services for children
    authority: Named | None  #: the first of `authorities`
    authorities: tuple[Named, ...]  #: whom it is about
    publication: PublicationFacts | None  #: the stored publication it reports; null where there is none
    score: float  #: how sure the link is, 0 to 1
    evidence: tuple[str, ...]  #: every reason, in words
    quotes: tuple[Quoted, ...]  #: what it quotes from that publication
    points: float  #: what speaks for its being in scope, from 3 on
    council: bool  #: a council's own words
    answered: bool  #: the council's answer is told there
    expects: AwaitedVisit | None  #: a visit told of whose letter is not out yet
    partial: bool  #: only a part of its text could be read


def report(answered: Answer, register: Register) -> LinkReport:
    """The answer for programs."""
    names = tuple(Named(urn, register.get(urn).name) for urn in answered.urns)
    link = answered.link
    return LinkReport(
        url=answered.article.url,
        title=answered.article.title,
        publisher=answered.article.publisher,
        published_at=answered.article.published_at,
        label=ArticleLabel(answered.label),
        in_scope=answered.in_scope,
        authority=names[0] if names else None,
        authorities=names,
        publication=answered.publication,
        score=round(link.score, 2) if link else 0.0,
        evidence=(*answered.found.evidence, *(link.evidence if link else ())),
        quotes=tuple(Quoted(one.text, one.page) for one in link.passages) if link else (),
        points=answered.found.points,
        council=answered.found.council,
        answered=answered.found.answered,
        expects=answered.found.awaits,
        partial=answered.found.partial,
    )


def _load_letters(found: ArticleFound, store: Store | None) -> list[LetterOnFile]:
    """What may be reported: of the authorities named, or of any near in time where none is."""
    if store is None or (not found.urns and (found.published_at is None or not found.quoted)):
        return []
    if found.label is ArticleLabel.NOT_OFSTED and not found.quoted and not found.file_ids:
        return []
    near = (one for one in store.letters_on_file(found.urns) if is_near(found, one.publication.published_on))
    return list(near)
