"""`letterwatch backup`: the whole state in one verified file, while everything runs."""

import os
from pathlib import Path

import click

from letterwatch import __version__
from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.commands.progress import Counter
from letterwatch.config import load_config
from letterwatch.failures import EXIT_ERROR
from state import Archive, make_backup


@click.command()
@click.argument("to", type=click.Path(path_type=Path), default=Path(), required=False)
@config_option
def command(to: Path, config: Path | None) -> int:
    """Writes the database and the archive into one file, TO, and reads it again to be sure.

    TO is a file that is not there yet, or a folder for a file named after the time; default: here. The
    daemon may run meanwhile. Configuration and secrets are no part of it: keep those apart. Exits with 1
    where the archive has lost documents; the backup is then made without them.

    \b
    letterwatch backup
    letterwatch backup /mnt/backups
    """
    settings = load_config(config, os.environ)
    now = Clock.from_environment(os.environ).now()
    target = _find_target(to, f"letterwatch-{now:%Y%m%dT%H%M%SZ}.tar")
    with Counter("documents copied") as progress:
        backup = make_backup(
            settings.state.url,
            Archive(settings.state.archive),
            target,
            letterwatch=__version__,
            now=now,
            notice=progress.notice,
        )
    manifest = backup.manifest
    click.echo(
        f"{backup.path}: {manifest.rows['publications']:,} publications, "
        f"{manifest.bodies:,} documents and pages, {backup.size:,} bytes, verified"
    )
    if manifest.lacking:
        first, more = manifest.lacking[0], len(manifest.lacking) - 1
        others = f" and {more} more" if more else ""
        click.echo(
            f"letterwatch: the archive has lost {first}{others}: `letterwatch publications --json` names the "
            "letters, an older backup may have them",
            err=True,
        )
    return EXIT_ERROR if manifest.lacking else 0


def _find_target(to: Path, name: str) -> Path:
    """The file to write; what has no suffix and is not there was meant for a folder."""
    if to.is_dir():
        return to / name
    if not to.suffix and not to.exists():
        raise click.ClickException(f"there is no folder {to}: make it, or name a file, as in {to}.tar")
    return to
