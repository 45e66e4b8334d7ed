"""Messages about who reports a letter: titles, links, quotations from the letter; no article's text. Pure."""

from notifier.composing.notices import say_moment
from notifier.composing.parts import Fact, Link, Message, Passage, Quote
from notifier.composing.wording import KIND_NAMES, say_count, say_date, say_document, say_ordinal
from state import ArticleFacts, CoverageFacts, Event, PublicationFacts

SHOWN_TITLES = 12
SHOWN_PASSAGES = 8
_NAMED = 3  # publishers in a headline


def compose_coverage(event: Event) -> Message:
    """Who reports a publication: each title with its publisher and link, and what they quote from it."""
    publication = event.publication
    coverage = event.coverage or CoverageFacts(articles=(event.article,) if event.article else ())
    articles = coverage.articles
    about = publication.authority if publication else "Children’s services"
    papers = _name_publishers(articles)
    facts = [_tell_article(article, coverage) for article in articles[:SHOWN_TITLES]]
    if publication:
        facts.append(Fact("Reports", _reported(event, publication), publication.url))
    links = [Link(f"Read it at {article.publisher}", article.url) for article in articles[:3]]
    if publication:
        links.append(Link("The document itself (PDF)", publication.url))
    quoted = tuple(
        Quote(passage.text, passage.page, f"{publication.url}#page={passage.page}" if publication else None)
        for passage in coverage.passages[:SHOWN_PASSAGES]
    )
    first = f"{papers} on {about}: “{articles[0].title}”" if articles else about
    document = say_document(publication.kind) if publication else "document"
    summed_up = _sum_up(coverage, document)
    return Message(
        headline=f"{about}: reported by {papers}",
        subject=f"{about}: reported by {papers}",
        notice=f"{first}. {summed_up}" if summed_up else first,
        facts=tuple(facts),
        passages=(Passage(f"Quoted from the {document}", quoted),) if quoted else (),
        context=tuple(line for line in (summed_up, _left_out(coverage)) if line),
        links=tuple(links),
        thread=f"{publication.urn}/{publication.file_id}" if publication else None,
    )


def _tell_article(article: ArticleFacts, coverage: CoverageFacts) -> Fact:
    own = " (the council’s own words)" if article.url in coverage.council else ""
    at = f", {say_moment(article.published_at)}" if article.published_at else ""
    return Fact(f"{article.publisher}{own}{at}", f"“{article.title}”", article.url)


def _name_publishers(articles: tuple[ArticleFacts, ...]) -> str:
    """Wakefield Express, Yorkshire Post and 3 more."""
    names = list(dict.fromkeys(article.publisher for article in articles)) or ["the press"]
    more = len(names) - _NAMED
    return f"{', '.join(names[:_NAMED])} and {more} more" if more > 0 else ", ".join(names)


def _sum_up(coverage: CoverageFacts, document: str) -> str:
    """7 passages of the letter are quoted. The council’s response is quoted, too."""
    number = len(coverage.passages)
    passages = f"{say_count(number, 'passage')} of the {document} {'is' if number == 1 else 'are'} quoted."
    answer = f"The council’s response is quoted{', too' if number else ''}."
    return " ".join([passages] * bool(number) + [answer] * coverage.answered)


def _left_out(coverage: CoverageFacts) -> str:
    more = len(coverage.articles) - SHOWN_TITLES
    return f"{say_count(more, 'more title')} not shown." if more > 0 else ""


def _reported(event: Event, publication: PublicationFacts) -> str:
    letter = event.letter
    name = KIND_NAMES[publication.kind]
    if letter and letter.visit_number:
        name = f"{say_ordinal(letter.visit_number)} {name}"
    published = f", published {say_date(publication.published_on)}" if publication.published_on else ""
    return f"{publication.authority}, {name}{published}"
