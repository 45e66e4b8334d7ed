"""`letterwatch check`: one full pass now."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from letterwatch.commands.options import Day, config_option, load
from letterwatch.config import find_lack
from letterwatch.output import print_json
from letterwatch.plain_words import clean
from letterwatch.sources.watched import choose_sources
from letterwatch.vitals.unheard import find_unheard
from letterwatch.watching.looks import CheckReport, check
from notifier import DeliveryFigures
from state import PageLook


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--announce-since",
    type=Day(),
    metavar="DATE",
    help="On the first look, announce what was published since DATE instead of only recording it.",
)
@config_option
def command(sources: tuple[str, ...], announce_since: datetime | None, config: Path | None) -> int:
    """One full pass now: crawl the sources, settle what they brought, deliver what is due.

    Exits with 0 when all sources are well, 3 when one is broken or blocked, 1 on an error, 130 when
    Ctrl-C ended it; what was seen until then is settled, and a second Ctrl-C waits for nothing. The last
    line of the output is one JSON object with the figures.

    \b
    letterwatch check
    letterwatch check ofsted --announce-since 2026-11-01
    letterwatch check news
    letterwatch check "Wakefield Express"
    """
    lack = find_lack(config, os.environ)
    with load(config) as app, PageProgress() as progress:
        if lack and not app.config.subscriptions:
            click.echo(f"{lack}; going on with defaults, and nobody will be told of anything new", err=True)
        report = asyncio.run(
            check(
                app,
                choose_sources(app.config, sources),
                announce_since=announce_since.date() if announce_since else None,
                notice=progress.notice,
            )
        )
    for line in () if lack else find_unheard(app.config):
        click.echo(line, err=True)
    print_report(report, rehearsal=app.clock.rehearsal)
    return report.exit_code


class PageProgress:
    """A progress bar of pages on a terminal; silent in a pipe."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not Console(stderr=True).is_terminal,
        )
        self._pages = self._progress.add_task("pages read", total=None)

    def __enter__(self) -> "PageProgress":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def notice(self, look: PageLook) -> None:
        """Counts a page; the search pages tell how many there will be."""
        if look.expected_rows:
            self._progress.update(self._pages, total=look.expected_rows)
        if look.page == "provider":
            self._progress.advance(self._pages)


def print_report(report: CheckReport, *, rehearsal: bool) -> None:
    """A line a source and one for deliveries, for people; then the JSON line, for programs."""
    console = Console(highlight=False)
    if rehearsal:
        console.print("Rehearsal: the clock was set by LETTERWATCH_AT.", markup=False)
    for look in report.looks:
        console.print(clean(f"{look.source}: {look.in_words()}"), markup=False, soft_wrap=True)
        for name, run in sorted(look.feeds.items()):
            if run.verdict.is_failure:
                console.print(clean(f"  {name}: {run.verdict}: {run.cause}"), markup=False, soft_wrap=True)
    console.print(f"deliveries: {report.delivery.in_words()}", markup=False, soft_wrap=True)
    if report.unsent:
        unsent = ", ".join(f"{number} {state}" for state, number in sorted(report.unsent.items()))
        console.print(f"not sent yet: {unsent}; `letterwatch deliveries` says why", markup=False)
    print_json(as_figures(report))


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """The last line of `check`."""

    exit: int  #: the exit code
    #: each source and news feed: `run`, its number; `verdict`; `cause`; and beside them the run's figures
    sources: Mapping[str, Mapping[str, object]]
    events: tuple[str, ...]  #: the keys of what is new
    deliveries: DeliveryFigures  #: what became of what was due
    unsent: Mapping[str, int]  #: what is not sent yet, by state


def as_figures(report: CheckReport) -> CheckFigures:
    """The run's figures, as the last line of `check` gives them."""
    return CheckFigures(
        exit=report.exit_code,
        sources=_list_sources(report),
        events=tuple(event for look in report.looks for event in look.event_keys),
        deliveries=report.delivery,
        unsent=dict(report.unsent),
    )


def _list_sources(report: CheckReport) -> dict[str, dict[str, object]]:
    """Each source's verdict and figures; a round of news has its feeds beside it."""
    listed: dict[str, dict[str, object]] = {}
    for look in report.looks:
        for name, run in {look.source: look.verdict, **look.feeds}.items():
            listed[name] = {"run": look.run_id, "verdict": run.verdict, "cause": run.cause, **run.figures}
    return listed
