"""What both stories say and look for."""

from rich.table import Table

from letterwatch.demo.stage import Pass, Stage

QUIET_SHARE = 0.1  # a pass that finds nothing new may transfer this part of the first one's bytes


def say_step(stage: Stage, number: int, text: str) -> None:
    """Announces what happens next."""
    stage.console.print(f"\n[bold cyan]{number}[/]  [bold]{text}[/]")


def say_pass(stage: Stage, done: Pass) -> None:
    """What a pass came to, and what it took."""
    for look in done.report.looks:
        stage.console.print(f"   {look.source} {look.in_words()}", markup=False, highlight=False)
    traffic = done.traffic
    stage.console.print(
        f"   {traffic.requests} requests, {traffic.not_modified} of them answered “not modified”; "
        f"{traffic.bytes:,} bytes in {done.seconds:.1f} s",
        style="dim",
        highlight=False,
    )


def draw_known(stage: Stage) -> Table:
    """What the state holds: documents by kind, and how many of them could be read."""
    rows = stage.app.store.publications()
    table = Table("kind", box=None, header_style="bold", pad_edge=False)
    for heading in ("found", "stored", "read", "not readable"):
        table.add_column(heading, justify="right")
    for kind in sorted({row.kind for row in rows}):
        mine = [row for row in rows if row.kind is kind]
        stored = sum(row.sha256 is not None for row in mine)
        unreadable = sum(row.unreadable is not None for row in mine)
        figures = (len(mine), stored, stored - unreadable, unreadable)
        table.add_row(kind.replace("_", " "), *(f"{figure or '–'}" for figure in figures))
    for row in rows:
        if row.unreadable:
            what = f"{row.authority}, {row.title}, {row.published_on:%-d %B %Y}"
            table.caption = f"{table.caption or ''}\n{what}: {row.unreadable}".strip()
    table.caption_justify = "left"
    return table


def find_noise(first: Pass, quiet: Pass) -> list[str]:
    """What a pass that finds nothing new should not have done."""
    events = [event.key for look in quiet.report.looks for event in look.events]
    problems = [f"a pass without news made an event: {event}" for event in events]
    if quiet.traffic.bytes > first.traffic.bytes * QUIET_SHARE:
        problems.append(
            f"a pass without news transferred {quiet.traffic.bytes:,} bytes of the first pass's "
            f"{first.traffic.bytes:,}"
        )
    return problems
