"""`letterwatch health`: for the health checks of containers and monitors."""

from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.failures import EXIT_ERROR
from letterwatch.output import print_json
from letterwatch.plain_words import as_words
from letterwatch.vitals.health import Health, examine
from state import StateError, process_owner


@click.command()
@click.option("--ready", is_flag=True, help="Fail also before every page was looked at once.")
@click.option("--worker", is_flag=True, help="Ask for a worker of this machine instead of the clock.")
@json_option
@config_option
def command(ready: bool, worker: bool, wants_json: bool, config: Path | None) -> int:
    """Whether the daemon on this state is alive, told from the heartbeat it records; needs no web page.

    Exits with 0 where it is, 1 where it is not, or where the state cannot be used.

    \b
    letterwatch health
    letterwatch health --ready --json
    letterwatch health --worker
    """
    try:
        with load_store(config) as store:
            found = examine(store, Clock())
    except StateError as error:
        found = Health(Clock().now(), alive=False, ready=False, faults=(str(error),))
    if wants_json:
        print_json(found)
    else:
        for line in _tell(found):
            click.echo(line)
    alive = _has_worker(found) if worker else found.alive
    good = alive and (found.ready or not ready)
    return 0 if good else EXIT_ERROR


def _has_worker(found: Health) -> bool:
    """True where a worker of this machine gives signs of life."""
    here = process_owner().partition("/")[0]
    return any(
        each.alive and each.role == "worker" and each.name.partition("/")[0] == here for each in found.workers
    )


def _tell(found: Health) -> list[str]:
    """A line or more for people."""
    alive = f"alive: last sign of life {as_words(found.heartbeat_at)}" if found.alive else "not alive"
    failing = [f"source {name} is {verdict}" for name, verdict in found.sources.items() if verdict.is_failure]
    fleet = [
        f"{each.role} {each.name.rpartition('/')[0]}: last seen {as_words(each.seen_at)}"
        + (f", looking at {', '.join(each.looking_at)}" if each.looking_at else "")
        + ("" if each.alive else ", silent")
        for each in found.workers
    ]
    return [f"{alive}, {'ready' if found.ready else 'not ready'}", *found.faults, *failing, *fleet]
