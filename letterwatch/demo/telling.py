"""What both stories say and look for."""

from rich.console import Group, RenderableType
from rich.table import Table

from letterwatch.demo.stage import Pass, Stage
from state import Kind

QUIET_SHARE = 0.1  # a pass that finds nothing new may transfer this part of the first one's bytes
KINDS = {Kind.JTAI: "JTAI", Kind.SEND: "SEND"}


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


def draw_known(stage: Stage) -> RenderableType:
    """What the state holds: documents by kind, and those that could not be read with the reason."""
    rows = stage.app.store.publications()
    counts = Table("kind", box=None, header_style="bold", pad_edge=False)
    for heading in ("found", "stored", "read", "not readable"):
        counts.add_column(heading, justify="right")
    for kind in sorted({row.kind for row in rows}):
        mine = [row for row in rows if row.kind is kind]
        stored = [row for row in mine if row.sha256]
        unreadable = [row for row in mine if row.unreadable]
        read = [row for row in stored if not row.unreadable]
        figures = [f"{len(some) or '–'}" for some in (mine, stored, read, unreadable)]
        counts.add_row(KINDS.get(kind, kind.value.replace("_", " ")), *figures)
    reasons = Table("not readable", "published", "why", box=None, header_style="bold", pad_edge=False)
    for row in rows:
        if row.unreadable:
            reasons.add_row(f"{row.authority}: {row.title}", f"{row.published_on:%-d %b %Y}", row.unreadable)
    return Group(counts, "", reasons) if reasons.rows else counts


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
