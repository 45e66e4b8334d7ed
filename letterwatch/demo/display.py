"""What the inbox received, drawn on the terminal as its reader would see it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from letterwatch.demo.inbox import Mail, SlackMessage
from letterwatch.plain_words import clean

WIDTH = 100
_MRKDWN = re.compile(r"<(?P<url>[^|>]+)(?:\|(?P<label>[^>]+))?>|\*(?P<bold>[^*\n]+)\*|_(?P<italic>[^_\n]+)_")


def draw_slack(message: SlackMessage) -> RenderableType:
    """A Slack message: what the notification says, and the blocks below it."""
    payload = message.payload
    notification = Text(f"notification: {clean(unescape(payload.get('text', '')))}", style="dim italic")
    blocks = [drawn for block in payload.get("blocks", []) for drawn in (*_block(block), Text())]
    return Panel(
        Group(notification, Text(), *blocks[:-1]),
        title="[bold]Slack[/]  #newsdesk",
        title_align="left",
        border_style="magenta",
        width=WIDTH,
        padding=(1, 2),
    )


def draw_mail(mail: Mail) -> RenderableType:
    """A mail: its header, and its plain text."""
    header = Table.grid(padding=(0, 2))
    header.add_row("Subject", Text(clean(str(mail.message["Subject"])), style="bold"))
    header.add_row("From", clean(str(mail.message["From"])))
    header.add_row("To", ", ".join(map(clean, mail.recipients)))
    html = mail.message.get_body(("html",))
    footer = "also as HTML" if html else "plain text only"
    return Panel(
        Group(header, Text(), *map(_indented, mail.text.rstrip().split("\n"))),
        title="[bold]E-mail[/]",
        subtitle=footer,
        title_align="left",
        subtitle_align="right",
        border_style="cyan",
        width=WIDTH,
        padding=(1, 2),
    )


def _indented(line: str) -> RenderableType:
    """A line of text that keeps its indentation where it is folded."""
    words = line.lstrip(" ")
    return Padding(Text(clean(words)), (0, 0, 0, len(line) - len(words)))


def _block(block: Mapping[str, Any]) -> Iterator[RenderableType]:
    match block["type"]:
        case "header":
            yield Text(clean(block["text"]["text"]), style="bold")
        case "section":
            if "text" in block:
                yield _mrkdwn(block["text"]["text"])
            if "fields" in block:
                yield _fields([field["text"] for field in block["fields"]])
        case "rich_text":
            yield from map(_rich_text, block["elements"])
        case "actions":
            labels = [clean(element["text"]["text"]) for element in block["elements"]]
            yield Columns([Text(f" {label} ", style="reverse") for label in labels], padding=(0, 2))
        case "context":
            yield Group(*(_mrkdwn(element["text"], style="dim") for element in block["elements"]))
        case "divider":
            yield Text("─" * (WIDTH - 6), style="dim")


def _fields(texts: Sequence[str]) -> Table:
    """Fields stand in two columns, as on a wide screen."""
    grid = Table.grid(padding=(0, 4, 1, 0), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    for left in range(0, len(texts), 2):
        grid.add_row(*map(_mrkdwn, texts[left : left + 2]))
    return grid


def _mrkdwn(source: str, style: str = "") -> Text:
    """Slack's markup: *bold*, _italic_ and <link|label>."""
    text = Text(style=style)
    end = 0
    for found in _MRKDWN.finditer(source):
        text.append(clean(unescape(source[end : found.start()])))
        shown = found["label"] or found["url"] or found["bold"] or found["italic"]
        look = "blue underline" if found["url"] else "bold" if found["bold"] else "italic"
        text.append(clean(unescape(shown)), style=look)
        end = found.end()
    text.append(clean(unescape(source[end:])))
    return text


def _rich_text(element: Mapping[str, Any]) -> RenderableType:
    """A part of a rich text block; quotes are indented behind a bar."""
    text = Text()
    for part in element["elements"]:
        style = " ".join(name for name, on in part.get("style", {}).items() if on)
        if part["type"] == "link":
            style = f"{style} blue underline".strip()
        text.append(clean(part.get("text") or part.get("url", "")), style=style)
    return _Quote(text) if element["type"] == "rich_text_quote" else text


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation behind a bar."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draws the bar in front of every line."""
        for line in console.render_lines(self.text, options.update(width=options.max_width - 3), pad=False):
            yield Segment(" │ ", Style(dim=True))
            yield from line
            yield Segment.line()
