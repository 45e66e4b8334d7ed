"""From an article to what may leave the scraper: facts, evidence and hashes; the text stays behind."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from scraper.coverage import authorities as whose
from scraper.coverage.cues import AGAINST
from scraper.coverage.fingerprints import fingerprint
from scraper.coverage.quotations import find_quotations, hash_quotation
from scraper.coverage.subject import Subject, Texts, judge_subject, plain
from scraper.coverage.towns import find_by_town
from scraper.letters.fields.dates import find_spans
from scraper.pages.article import Article
from state import ArticleFound, ArticleLabel, AwaitedVisit, Kind, Register

LONDON = ZoneInfo("Europe/London")
_FILE = re.compile(
    r"^https?://(?:files(?:\.api)?\.ofsted\.gov\.uk/v1/file/(\d+)|reports\.ofsted\.gov\.uk/.*?(\d{7,9}))"
)
_PAGE = re.compile(r"^https?://reports\.ofsted\.gov\.uk/provider/44/(\d+)")
_NAME = r"((?:[A-Z][a-z'’-]+ ){1,2}[A-Z][a-z'’-]+)"
_INSPECTOR = re.compile(rf"\b[Ii]nspectors?,? {_NAME}|{_NAME}, (?:lead |(?:His|Her) Majesty['’]s )inspector")
_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th"), 1
    )
    for word in words.split()
}
_NUMBER = re.compile(
    rf"\b({'|'.join(_ORDINALS)}) (?:ofsted )?(?:monitoring )?(?:visit|report|inspection visit)"
)
_ANSWER = re.compile(
    r"\b(?:coun(?:cillor)?|cllr|director|leader|chief executive|cabinet member|spokes(?:person|man"
    r"|woman)|council)\b"
)
_SAID = re.compile(r"\b(?:said|says|added|commented|welcomed|told|responded)\b")


def judge_article(
    article: Article, source: str, *, register: Register | None = None, served: Collection[str] = ()
) -> ArticleFound:
    """What a story is about. `served`: URNs of the authorities its source is known to serve, a last hint."""
    register = register or Register.load()
    on = article.published_at.astimezone(LONDON).date() if article.published_at else None
    quotations = find_quotations(article.paragraphs)
    slug = whose.slug_words(article.url)
    head = (article.title, article.standfirst, slug, whose.aside_words(article.url))
    texts = Texts.of(head, article.paragraphs, quotations)
    page_urns = tuple(dict.fromkeys(m[1] for link in article.links if (m := _PAGE.match(link))))
    file_ids = tuple(dict.fromkeys(m[1] or m[2] for link in article.links if (m := _FILE.match(link))))
    urns, why = find_urns(article, on, register, served=served, page_urns=page_urns)
    subject = judge_subject(
        texts,
        named=bool(urns),
        own_site=article.council or whose.is_own_site(article.url, register),
        linked=bool(file_ids or page_urns),
    )
    return ArticleFound(
        url=article.url,
        identity=article.identity,
        title=article.title,
        publisher=article.publisher,
        source=source,
        label=subject.label,
        in_scope=subject.in_scope,
        points=subject.points,
        label_sure=subject.sure,
        published_at=article.published_at,
        urns=urns,
        evidence=(*subject.evidence, *((f"authority: {why}",) if why else ())),
        quoted=tuple(piece for passage in quotations for piece in hash_quotation(passage)),
        fingerprint=fingerprint(article.paragraphs),
        file_ids=file_ids,
        page_urns=page_urns,
        inspectors=_find_inspectors(article),
        visit_number=_find_number(texts),
        dates=_find_dates(article, on),
        awaits=_find_awaited(subject, texts, urns),
        answered=not article.council and any(map(_is_answer, article.paragraphs)),
        council=article.council,
        partial=article.partial,
    )


def find_urns(
    article: Article,
    on: date | None,
    register: Register,
    *,
    served: Collection[str] = (),
    page_urns: tuple[str, ...] = (),
) -> tuple[tuple[str, ...], str]:
    """The authorities a story is about, by the surest sign there is, and which sign that was."""
    if len(page_urns) == 1:
        return page_urns, "links to its page at Ofsted"
    for urns, why in _signs(article, on, register):
        if urns:
            return urns, why
    return (tuple(served), "the one authority this source serves") if len(served) == 1 else ((), "")


def _signs(article: Article, on: date | None, register: Register) -> Iterator[tuple[tuple[str, ...], str]]:
    """Whom each sign names, the surest first."""
    own = whose.find_by_site(article.url, register)
    yield _leading(on, register, whose.titled(article.title)), "named in the headline"
    yield _leading(on, register, article.standfirst or ""), "named in the standfirst"
    in_address = () if own else _leading(on, register, whose.slug_words(article.url).title())
    yield in_address if len(in_address) == 1 else (), "named in the address"
    yield (own.urn,) if own and own.urn else (), "the council's own site"
    yield _leading(on, register, *article.paragraphs[:60]), "named most in the text"
    sections = whose.section_words(article.url)
    by_section = () if own else _leading(on, register, sections)
    yield by_section if len(by_section) == 1 else (), "named in a section of the address"
    by_name = _leading(on, register, article.publisher)
    yield by_name if len(by_name) == 1 else (), "named in the publisher's name"
    place = whose.find_by_host(article.url, register)
    yield (place.urn,) if place and place.urn else (), "the place the publisher's address begins with"
    for text in (sections, article.publisher):
        home = find_by_town(text, register)
        urns = whose.answering(home, on) if home else ()
        yield urns if len(urns) == 1 else (), "a town of its own, in the address or the publisher's name"


def _leading(on: date | None, register: Register, *texts: str) -> tuple[str, ...]:
    """Whom texts name most; the first three count thrice, for news says first whom it is about."""
    mentions = whose.Mentions(register)
    for number, text in enumerate(texts):
        mentions.add(text, 3.0 if number < 3 else 1.0, on)
    return mentions.leading()


def _find_inspectors(article: Article) -> tuple[str, ...]:
    names = (m[1] or m[2] for text in article.paragraphs for m in _INSPECTOR.finditer(text))
    return tuple(dict.fromkeys(names))[:4]


def _find_number(texts: Texts) -> int | None:
    found = _NUMBER.search(texts.head) or _NUMBER.search(texts.body)
    return _ORDINALS[found[1]] if found else None


def _find_dates(article: Article, on: date | None) -> tuple[date, ...]:
    days = (
        day
        for text in article.paragraphs[:60]
        for span in find_spans(text[:2000], on)
        for day in (span.first, span.last)
    )
    return tuple(dict.fromkeys(days))[:12]


def _is_answer(paragraph: str) -> bool:
    text = plain(paragraph)
    return bool('"' in text and _ANSWER.search(text) and _SAID.search(text))


def _find_awaited(subject: Subject, texts: Texts, urns: tuple[str, ...]) -> AwaitedVisit | None:
    """A visit told of before its letter: one authority, Ofsted's, and words that say it is to come."""
    [ahead] = [cue for cue in AGAINST if cue.name == "not out yet"]
    if (
        subject.label is not ArticleLabel.OTHER_OFSTED
        or len(urns) != 1
        or not ahead.pattern.search(texts.head)
    ):
        return None
    if not re.search(r"children|ofsted", texts.head) or any(
        cue.pattern.search(texts.head)
        for cue in AGAINST
        if cue.name.startswith(("a school", "another", "a children"))
    ):
        return None
    monitoring = re.search(r"monitoring", f"{texts.head} {texts.body}")
    return AwaitedVisit(urn=urns[0], kind=Kind.MONITORING_VISIT if monitoring else Kind.INSPECTION)
