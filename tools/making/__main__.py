"""The generators' command line: `python -m tools.making source|letter-template …`; the Makefile calls it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from state import RegisterError
from tools.making.letter_template import make_letter_template
from tools.making.places import MakingError, Tree
from tools.making.source import NewSource, make_source


@click.group()
def main() -> None:
    """Writes what a new source or a new letter template begins with, green from the start."""


@main.command()
@click.argument("name")
@click.option("--feed", help="Address of its RSS, Atom or JSON feed.")
@click.option("--page", help="Address of a page that lists its stories, where there is no feed.")
@click.option("--authority", required=True, help="An authority it writes about.")
@click.option("--group", default="independent", show_default=True, help="The publisher's group.")
@click.option("--council", is_flag=True, help="A council's own newsroom.")
def source(name: str, feed: str | None, page: str | None, authority: str, **more: Any) -> None:
    """A new publisher: its row in the register, saved pages to begin with, and a test."""
    address = feed or page
    if not address or (feed and page):
        raise click.UsageError("give either --feed or --page")
    new = NewSource(name, address, authority, is_page=page is not None, **more)
    try:
        files = make_source(Tree(Path.cwd()), new, datetime.now(UTC).date())
    except (MakingError, RegisterError) as error:
        raise click.ClickException(str(error)) from error
    _tell(files, "Save a real page and feed over the two samples, then run the tests of tests/scraper/pages.")


@main.command()
@click.argument("name")
@click.option(
    "--like",
    default="wakefield-2019-11-01-monitoring",
    show_default=True,
    help="The letter of tests/letters/content to begin with.",
)
def letter_template(name: str, like: str) -> None:
    """A new template of letters: a document in its words, and a test that the reader understands it."""
    try:
        files = make_letter_template(Tree(Path.cwd()), name, like)
    except MakingError as error:
        raise click.ClickException(str(error)) from error
    _tell(files, "Put the template's words into the document; where its test then fails, teach the reader.")


def _tell(files: list[Path], then: str) -> None:
    for file in files:
        click.echo(file.relative_to(Path.cwd()))
    click.echo(then)


if __name__ == "__main__":
    main()
