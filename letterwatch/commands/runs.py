"""`letterwatch runs`: the latest runs with their verdicts."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.output import Fact, print_json, print_rows

MOST = 2**31 - 1
"""The highest number that either database counts runs to."""


@click.command()
@click.argument("run", type=click.IntRange(1, MOST), required=False)
@click.option("--limit", type=click.IntRange(1, MOST), default=20, metavar="N", help="How many; default 20.")
@json_option
@config_option
def command(run: int | None, limit: int, wants_json: bool, config: Path | None) -> None:
    """The latest runs, newest first: when, how closely, with which verdict and why.

    With RUN, all about that one: its figures, each look that failed, and where what came instead is kept.

    \b
    letterwatch runs
    letterwatch runs 1742
    letterwatch runs --limit 500 --json
    """
    if run is not None:
        _show_run(run, wants_json=wants_json, config=config)
        return
    with load_store(config) as store:
        rows = store.runs(limit)
    print_rows(
        rows,
        {
            "id": "run",
            "source": "source",
            "rhythm": "rhythm",
            "started_at": "started",
            "verdict": "verdict",
            "events": "events",
            "cause": "cause",
        },
        wants_json=wants_json,
        empty="No run yet; `letterwatch check` makes one.",
    )


def _show_run(run_id: int, *, wants_json: bool, config: Path | None) -> None:
    """One run with its failed looks; the kept page lies in the archive under its SHA-256."""
    with load_store(config) as store:
        run, looks = store.get_run(run_id), store.looks(run_id)
    if wants_json:
        print_json({"run": run, "looks": looks})
        return
    facts = [
        Fact("source", run.source),
        Fact("rhythm", run.rhythm),
        Fact("started", run.started_at),
        Fact("finished", run.finished_at),
        Fact("settled", run.settled_at),
        Fact("ended early", run.stopped),
        Fact("worker", run.worker),
        Fact("verdict", run.verdict),
        Fact("cause", run.cause),
        Fact("events", run.events),
        *(Fact("rule" if check["holds"] else "rule broken", check["says"]) for check in run.checks),
        *(Fact(name.replace("_", " "), number) for name, number in run.figures.items()),
    ]
    given = [fact for fact in facts if fact.value is not None]
    print_rows(given, {"name": f"run {run.id}", "value": ""}, wants_json=False, empty="")
    if looks:
        columns = {
            "at": "when",
            "outcome": "outcome",
            "status": "status",
            "url": "look that failed",
            "cause": "cause",
            "page_sha256": "kept as",
        }
        print_rows(looks, columns, wants_json=False, empty="")
