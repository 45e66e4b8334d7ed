"""`letterwatch read`: what letters say, in their own words."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from letterwatch.commands.options import config_option, json_option
from letterwatch.failures import EXIT_ERROR
from letterwatch.output import print_json
from letterwatch.plain_words import clean
from letterwatch.reading.documents import DocumentError, read_letter
from letterwatch.reading.letter_view import print_letter
from scraper.letters import LetterReader, find_findings
from state import Letter


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL...")
@click.option("--explain", is_flag=True, help="Every finding too, with the words its role rests on.")
@json_option
@config_option
def command(sources: tuple[str, ...], explain: bool, wants_json: bool, config: Path | None) -> int:
    """Read letters and reports: FILE, or URL of https or of a configured host. JSON is one object a line.

    \b
    letterwatch read letter.pdf
    letterwatch read --json *.pdf > letters.jsonl
    """
    console = Console()
    failed = False
    with LetterReader() as reader:
        for place, source in enumerate(sources):
            try:
                letter = read_letter(source, reader, config)
            except DocumentError as error:
                click.echo(clean(f"letterwatch: {error}"), err=True)
                failed = True
                continue
            if wants_json:
                print_json(_as_json(letter, explain=explain))
                continue
            if place:
                console.print()
            print_letter(console, letter, explain=explain)
    return EXIT_ERROR if failed else 0


def _as_json(letter: Letter, *, explain: bool) -> dict[str, Any]:
    """The letter as the contract has it; `findings` are added only where they were asked for."""
    value = letter.model_dump(mode="json")
    if explain:
        value["findings"] = [finding.model_dump(mode="json") for finding in find_findings(letter.sections)]
    return value
