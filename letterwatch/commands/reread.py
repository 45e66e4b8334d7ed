"""`letterwatch reread`: archived documents read again by this version's reader."""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from letterwatch.app import App
from letterwatch.commands.options import config_option, json_option, load
from letterwatch.commands.progress import Counter
from letterwatch.failures import EXIT_ERROR, EXIT_STOPPED
from letterwatch.output import print_json
from letterwatch.plain_words import as_words, clean
from letterwatch.reading.rereading import FieldChange, compare_readings
from scraper.letters import READER_VERSION, ReaderError
from state import ArchiveError

_MOST_LETTERS = 100  # of a value in a line of the comparison; --json has it all


@dataclass(frozen=True, slots=True)
class Reread:
    """A document that was read again: by whom before and now, and what differs."""

    publication: str  #: the publication's id
    reader_before: int | None  #: version of the reader that had read it
    reader_now: int  #: version of this one
    changes: tuple[FieldChange, ...]  #: what differs
    applied: bool  #: whether the new reading was kept


@click.command()
@click.argument("publications", nargs=-1, metavar="[PUBLICATION]...")
@click.option("--all", "everything", is_flag=True, help="Also what this version's reader has read already.")
@click.option("--apply", is_flag=True, help="Keep the new readings; without it they are only shown.")
@json_option
@config_option
def command(
    publications: tuple[str, ...], everything: bool, apply: bool, wants_json: bool, config: Path | None
) -> int:
    """Reads archived documents again and shows, field by field, what this version's reader reads otherwise.

    Without PUBLICATION: every document that an older reader read. Nobody is alerted, whatever differs. With
    --apply the new reading takes the old one's place, which is kept; stopped in between, the next call goes
    on where it was. In JSON a line for each document.

    \b
    letterwatch reread
    letterwatch reread --apply
    letterwatch reread "wakefield 2019-11-01" --json
    """
    lost = 0
    tally: Tally[str] = Tally()
    read = differing = 0
    with load(config) as app:
        chosen = [app.store.get_publication(words) for words in publications] or None
        older = None if everything or chosen else READER_VERSION
        waiting = app.store.versions_to_read(older, chosen)
        try:
            with Counter("documents read") as progress:
                for number, reread in enumerate(_read_again(app, waiting, apply=apply), 1):
                    progress.notice(number, len(waiting))
                    if reread is None:
                        lost += 1
                        continue
                    read += 1
                    differing += bool(reread.changes)
                    tally.update(dict.fromkeys((change.field for change in reread.changes), 1))
                    _show(reread, wants_json=wants_json)
        except KeyboardInterrupt:
            left = len(waiting) - read - lost
            again = (
                "the next `letterwatch reread --apply` goes on from here" if apply else "nothing was changed"
            )
            click.echo(f"stopped with {left} of {len(waiting)} documents left; {again}", err=True)
            return EXIT_STOPPED
    if not wants_json:
        click.echo(_sum_up(read, differing, tally, apply=apply))
    return EXIT_ERROR if lost else 0


def _read_again(app: App, waiting: Sequence[int], *, apply: bool) -> Iterator[Reread | None]:
    """Reads one document after the other in the limited process; None for one that was lost or not read."""
    for version_id in waiting:
        stored = app.store.load_reading(version_id)
        try:
            reading = app.reader.read(app.archive.get(stored.sha256))
        except (ArchiveError, ReaderError) as error:
            click.echo(clean(f"{stored.publication}: {error}"), err=True)
            yield None
            continue
        changes = compare_readings(stored.reading, reading)
        if apply:
            app.store.replace_reading(
                version_id,
                reading,
                reader_version=READER_VERSION,
                step=_describe(stored.reader_version, changes),
                now=app.clock.now(),
            )
        yield Reread(stored.publication, stored.reader_version, READER_VERSION, changes, apply)


def _describe(before: int | None, changes: Sequence[FieldChange]) -> str | None:
    """The step that `explain` shows; None where nothing differs."""
    if not changes:
        return None
    fields = ", ".join(dict.fromkeys(change.field for change in changes))
    return f"read again by reader {READER_VERSION} (before: {before or 'none'}); differs in {fields}; no news"


def _show(reread: Reread, *, wants_json: bool) -> None:
    if wants_json:
        print_json(reread)
        return
    for change in reread.changes:
        before, after = (_shorten(value) for value in (change.before, change.after))
        click.echo(f"{reread.publication}  {change.field}: {before} -> {after}")


def _shorten(value: object) -> str:
    text = as_words(tuple(value) if isinstance(value, list) else value) or "nothing"
    text = " ".join(text.split())
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"


def _sum_up(read: int, differing: int, tally: Tally[str], *, apply: bool) -> str:
    if not read:
        return f"nothing to read again: reader {READER_VERSION} has read everything"
    fields = ", ".join(f"{field} {count}" for field, count in tally.most_common())
    told = f" ({fields})" if fields else ""
    kept = "the new readings are kept" if apply else "nothing was changed; --apply keeps the new readings"
    return f"{read} read by reader {READER_VERSION}, {differing} differ{told}; {kept}"
