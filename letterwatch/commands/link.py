"""`letterwatch link`: what an article is about and which stored letter it reports."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option, json_option
from letterwatch.config import load_config
from letterwatch.output import print_json
from letterwatch.plain_words import as_words, clean
from letterwatch.reading.documents import DocumentError, load_document
from letterwatch.reading.linking import Answer, answer, report
from scraper.pages.article import Article
from scraper.pages.markup import PageBroken
from scraper.pages.stories import find_own_address, parse_article
from state import Register, StateError, Store

_NO_ADDRESS = "https://address-not-known.invalid/"
"""Stands for the address of a saved page that does not name its own."""
_SHOWN = 5  # publications that were weighed and not linked


@click.command()
@click.argument("source", metavar="FILE|URL")
@click.option("--explain", is_flag=True, help="Every reason with its figure, and what else was weighed.")
@json_option
@config_option
def command(source: str, explain: bool, wants_json: bool, config: Path | None) -> None:
    """What an article is about, and which stored letter it reports. FILE is a saved page.

    Without a state, or with an empty one, it says what the article is about. The article's text is not kept.

    \b
    letterwatch link story.html --explain
    letterwatch link --json https://www.wakefieldexpress.co.uk/news/…
    """
    register = Register.load()
    article = _read(source, config)
    with _open_store(config) as store:
        answered = answer(article, store, register)
    if wants_json:
        print_json(report(answered, register))
        return
    for line in _describe(answered, register, explain=explain):
        click.echo(clean(line))


def _read(source: str, config: Path | None) -> Article:
    try:
        body = load_document(source, config)
        is_address = source.startswith(("http://", "https://"))
        if not is_address and not _looks_like_a_page(body):
            raise click.ClickException(
                f"{source}: not a web page; save the story as HTML or give its address"
            )
        return parse_article(body, source if is_address else find_own_address(body) or _NO_ADDRESS)
    except DocumentError as error:
        raise click.ClickException(str(error)) from error
    except PageBroken as error:
        raise click.ClickException(f"{source}: {error}") from error


def _looks_like_a_page(body: bytes) -> bool:
    """Whether a file is HTML by its beginning, whatever it is called."""
    start = body[:4000].lower()
    return any(mark in start for mark in (b"<html", b"<!doctype html", b"<head", b"<body", b"<h1"))


@contextmanager
def _open_store(config: Path | None) -> Iterator[Store | None]:
    """The state if there is one; an article can be judged without."""
    settings = load_config(config, os.environ)
    try:
        rehearsal = Clock.from_environment(os.environ).rehearsal
        store = Store.open(settings.state.url, rehearsal=rehearsal, create=False)
    except StateError as error:
        click.echo(f"no stored letters: {error}", err=True)
        yield None
        return
    with closing(store):
        yield store


def _describe(answered: Answer, register: Register, *, explain: bool) -> Iterator[str]:
    """The answer in lines, for a person."""
    article, link, publication = answered.article, answered.link, answered.publication
    whom = " and ".join(register.get(urn).name for urn in answered.urns) or "not known"
    yield f"{article.title} ({article.publisher}, {as_words(article.published_at) or 'no date'})"
    aside = "" if answered.in_scope else " (not a report on children’s services)"
    yield f"about: {answered.label.replace('_', ' ')}{aside}"
    yield f"authority: {whom}"
    if publication and link:
        yield (
            f"reports: {publication.urn}/{publication.file_id}, {as_words(publication.kind)}, "
            f"published {as_words(publication.published_on)}, score {link.score:.2f}"
        )
        yield from (f"  quotes “{passage.text}” (page {passage.page})" for passage in link.passages)
    else:
        yield "reports: no stored publication"
    if explain:
        yield from _explain(answered)


def _explain(answered: Answer) -> Iterator[str]:
    yield f"why ({answered.found.points:g} points, in scope from 3):"
    yield from (f"  {reason}" for reason in answered.found.evidence)
    for weighed in answered.weighed[:_SHOWN]:
        publication = weighed.on_file.publication
        name = f"{publication.urn}/{publication.file_id} of {as_words(publication.published_on)}"
        yield f"weighed {name}: {weighed.score:.2f}"
        yield from (f"  {reason}" for reason in weighed.evidence)
