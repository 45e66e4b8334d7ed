"""`letterwatch demo`: the whole system on one machine, without network."""

import asyncio
import errno
import logging
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from letterwatch.demo.corpus import CorpusError, load_corpus
from letterwatch.demo.corpus_story import morning_after, tell_corpus
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.paper import NAME, PaperServer
from letterwatch.demo.replica import Replica, load_replica
from letterwatch.demo.stage import Stage, set_up
from letterwatch.demo.standing import FIRST_PORT, introduce, put_up, show_arrivals
from letterwatch.demo.story import LETTER, NOW, tell_letter

Story = Callable[[Stage], Coroutine[None, None, list[str]]]


@click.command()
@click.option(
    "--exit", "leave", is_flag=True, help="End by itself: 0 if exactly the expected alerts came, else 1."
)
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Serve the real documents of a corpus (truth.csv and documents/) instead of the bundled letters.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep configuration, state and archive in DIR, which must be new or empty.",
)
@click.option(
    "--stage",
    "only_stage",
    is_flag=True,
    help="Only put up site, paper, Slack and mail server, for a configuration of your own.",
)
@click.option(
    "--port",
    type=click.IntRange(1024, 65_000),
    default=FIRST_PORT,
    show_default=True,
    help="The first of the stage's four ports.",
)
def command(leave: bool, corpus: Path | None, keep: Path | None, only_stage: bool, port: int) -> int:
    """Tell the story of one letter: a baseline, the letter, its alerts, a paper's report, then nothing new.

    Everything runs on this machine: a replica of Ofsted's site, a Slack webhook and a mail server. The
    network is not used.

    \b
    letterwatch demo
    letterwatch demo --exit
    letterwatch demo --corpus ../corpus --exit
    letterwatch demo --stage
    """
    console = Console(highlight=False)
    if only_stage:
        _keep_standing(console, port)
        return 0
    logging.getLogger("scrapy").setLevel(logging.ERROR)  # the terminal belongs to the story
    replica, now, story = _choose(corpus)
    with (
        _folder(keep) as folder,
        Inbox() as inbox,
        PaperServer() as paper,
        set_up(console, folder, replica, now, inbox, paper=None if corpus else paper) as stage,
    ):
        _introduce(stage, now)
        problems = asyncio.run(story(stage))
        _conclude(console, problems)
        if not leave:
            _stay(stage, now)
    return 1 if problems else 0


def _choose(corpus: Path | None) -> tuple[Replica, datetime, Story]:
    if corpus is None:
        whole = load_replica()
        eve = whole.until(NOW.date()).without_publication(LETTER)
        return eve, NOW, lambda stage: tell_letter(stage, whole.get(LETTER))
    try:
        replica = load_corpus(corpus)
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    return replica, morning_after(replica), tell_corpus


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="letterwatch-demo-") as folder:
            yield Path(folder)
        return
    if keep.exists() and any(keep.iterdir()):
        raise click.ClickException(f"{keep} is not empty; name a new folder")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep.resolve()


def _introduce(stage: Stage, now: datetime) -> None:
    replica, say = stage.site.replica, stage.console.print
    say("[bold]Letterwatch, a rehearsal.[/] Everything runs on this machine; the network is not used.")
    say(f"   clock      {now:%A %-d %B %Y, %H:%M} UTC")
    say(f"   replica    {stage.site.url}/search")
    say(f"              {len(replica.publications)} documents of {len(replica.authorities)} authorities")
    if stage.paper:
        say(f"   paper      {NAME}: {stage.paper.feed}")
    say(f"   inbox      {stage.inbox.webhook_url}, {stage.inbox.smtp_url}")
    say(f"   page       {stage.page_url}/")
    say(f"   settings   {stage.folder / 'letterwatch.toml'}")


def _conclude(console: Console, problems: list[str]) -> None:
    if problems:
        console.print("\n[bold red]Not as expected:[/]")
        for problem in problems:
            console.print(f"   {problem}", markup=False)
    else:
        console.print("\n[bold green]As expected.[/]")


def _stay(stage: Stage, now: datetime) -> None:
    """Keeps replica, inbox and page up, and shows what arrives, until Ctrl-C."""
    say = stage.console.print
    say(f"\nThe page is at {stage.page_url}/", style="bold", highlight=False)
    say("It stays up, with replica and inbox, until Ctrl-C. In another terminal:", style="bold")
    options = f"--config {stage.folder / 'letterwatch.toml'}"
    for words in ("publications", "deliveries", "check"):
        line = f"   LETTERWATCH_AT={now:%Y-%m-%dT%H:%MZ} letterwatch {words} {options}"
        stage.console.print(line, soft_wrap=True)
    show_arrivals(stage.console, stage.inbox, (len(stage.inbox.slack), len(stage.inbox.mails)))


def _keep_standing(console: Console, port: int) -> None:
    """The stage alone, until Ctrl-C."""
    try:
        with put_up(port) as standing:
            introduce(console, standing)
            show_arrivals(console, standing.inbox)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        words = f"a port from {port} to {port + 3} is taken; name four that are free: --port {port + 1000}"
        raise click.ClickException(words) from error
