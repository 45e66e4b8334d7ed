"""The demo's other story: every document of a corpus is found, fetched and read, and then nothing new."""

from datetime import UTC, datetime, time, timedelta

from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from letterwatch.demo.replica import Replica
from letterwatch.demo.stage import Pass, Stage
from letterwatch.demo.telling import draw_known, find_noise, say_pass, say_step
from state import PageLook


def morning_after(replica: Replica) -> datetime:
    """Nine o'clock on the day after the corpus's newest document was published."""
    newest = max(each.published_on for each in replica.publications)
    return datetime.combine(newest + timedelta(days=1), time(9), tzinfo=UTC)


async def tell_corpus(stage: Stage) -> list[str]:
    """Tells the story of a corpus; returns what did not come as expected."""
    replica = stage.site.replica
    documents, pages = len(replica.publications), len(replica.authorities)
    say_step(stage, 1, f"The first pass: {documents} documents on the pages of {pages} authorities.")
    first = await _look_with_bar(stage, documents)
    say_pass(stage, first)
    stage.console.print(Padding(draw_known(stage), (1, 0, 0, 3)))

    say_step(stage, 2, "Another pass: nothing is new, and hardly anything is fetched.")
    second = await stage.look()
    say_pass(stage, second)
    problems = [*first.problems, *second.problems, *_find_missing(stage), *find_noise(first, second)]
    if len(stage.inbox):
        problems.append(f"the inbox holds {len(stage.inbox)} messages, expected none")
    return problems


async def _look_with_bar(stage: Stage, documents: int) -> Pass:
    columns = (TextColumn("   documents"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stage.console, transient=True) as progress:
        bar = progress.add_task("documents", total=documents)

        def notice(look: PageLook) -> None:
            progress.advance(bar, look.page == "document")

        return await stage.look(notice)


def _find_missing(stage: Stage) -> list[str]:
    """A line for each document that is neither stored nor listed with the reason."""
    rows = {row.file_id: row for row in stage.app.store.publications()}
    lines = []
    for publication in stage.site.replica.publications:
        row = rows.get(publication.file_id)
        if row is None:
            lines.append(f"{publication.body.name} was not found")
        elif row.sha256 is None and row.unreadable is None:
            lines.append(f"{publication.body.name} was found, but neither stored nor called unreadable")
    return lines
