"""`letterwatch restore`: a backup put onto an empty place."""

import os
from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.commands.progress import Counter
from letterwatch.config import load_config
from state import Archive, restore_backup


@click.command()
@click.argument("backup", metavar="FROM", type=click.Path(dir_okay=False, path_type=Path))
@config_option
def command(backup: Path, config: Path | None) -> None:
    """Puts the backup FROM where the configuration says the state is, which must be empty.

    The backup is verified first. It may come from the other kind of database. What was waiting to be
    sent when it was made, and what the first look at a source then finds, is held: it may have been
    sent since.

    \b
    letterwatch restore letterwatch-20261125T070000Z.tar
    """
    settings = load_config(config, os.environ)
    now = Clock.from_environment(os.environ).now()
    with Counter("documents put back") as progress:
        restored = restore_backup(
            backup, settings.state.url, Archive(settings.state.archive), now=now, notice=progress.notice
        )
    manifest = restored.manifest
    click.echo(
        f"restored the state of {manifest.made_at:%Y-%m-%d %H:%M} UTC: "
        f"{manifest.rows['publications']:,} publications, {manifest.bodies:,} documents and pages"
    )
    click.echo(f"the database into {restored.database}, the archive into {restored.archive}")
    if restored.held:
        click.echo(
            f"held: {restored.held} deliveries that were waiting then and may have been sent since; see "
            f"`letterwatch deliveries --state held`, send with `letterwatch release {restored.hold}`"
        )
    click.echo(
        "What the first look at each source finds will be held, too: it may have been told before. "
        "`letterwatch check` looks now."
    )
    for digest in manifest.lacking:
        click.echo(f"the backup was made without {digest}, which its archive had lost", err=True)
