"""`letterwatch prune`: forgets what is older than it is kept for."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, load
from letterwatch.tidying import describe, describe_size, list_keeping


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count what would be forgotten.")
@click.option("--vacuum", is_flag=True, help="Then give free space back, while writers wait.")
@config_option
def command(dry_run: bool, vacuum: bool, config: Path | None) -> None:
    """Forgets old runs, failed looks, kept pages and the like, as [retention] says; `run` does it nightly.

    Letters, their versions and readings, and what was told to whom about them are never forgotten.

    \b
    letterwatch prune --dry-run
    letterwatch prune --vacuum
    """
    with load(config) as app:
        keep, now = list_keeping(app.config), app.clock.now()
        pruned = app.store.prune(app.archive, keep, now=now, trial=dry_run)
        if not dry_run:
            app.store.tidy_up(vacuum=vacuum)
        size = app.store.measure()
    click.echo(f"{'would be pruned' if dry_run else 'pruned'}: {describe(pruned)}")
    click.echo(describe_size(size))
