"""`letterwatch compare`: what moved between two letters."""

from pathlib import Path

import click
from rich.console import Console

from letterwatch.commands.options import config_option, json_option
from letterwatch.output import print_json
from letterwatch.reading.documents import DocumentError, read_letter
from letterwatch.reading.letter_view import print_comparison
from scraper.letters import LetterReader, compare_letters


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@json_option
@config_option
def command(old: str, new: str, wants_json: bool, config: Path | None) -> None:
    """What moved from OLD to NEW, theme by theme, in both letters' words. Each is a FILE or a URL.

    \b
    letterwatch compare june.pdf november.pdf
    """
    with LetterReader() as reader:
        try:
            letters = read_letter(old, reader, config), read_letter(new, reader, config)
        except DocumentError as error:
            raise click.ClickException(str(error)) from error
    comparison = compare_letters(*letters)
    if wants_json:
        print_json(comparison.model_dump(mode="json"))
    else:
        print_comparison(Console(), comparison)
