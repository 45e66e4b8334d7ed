"""A message as Slack blocks, within Slack's documented limits. Pure.

Quotations are rich text, which Slack shows as it stands: no character of a document can format, mention or
link anything. Everything in mrkdwn is escaped, and its formatting characters are replaced by look-alikes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)

from notifier.composing.parts import Fact, Link, Message, Passage, Quote
from notifier.composing.wording import cut, say_count

BLOCKS_LIMIT = 50
CHARACTERS_LIMIT = (
    12_000  # over all blocks; Slack refuses from about 13,200 (undocumented, measured by others)
)
HEADER_LIMIT, SECTION_LIMIT, FIELD_LIMIT, BUTTON_LIMIT, URL_LIMIT = 150, 3000, 2000, 75, 3000
FIELDS_LIMIT, CONTEXT_LIMIT, BUTTONS_LIMIT = 10, 10, 5
NOTICE_LIMIT = 600
QUOTE_LIMIT = 1000
_WIDE = 160  # longer values get a section of their own instead of half a line
_LOOK_ALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_FORMATTING = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
_Parts = RichTextElementParts


@dataclass(frozen=True, slots=True)
class SlackPayload:
    """What is posted: `text` is shown in notifications, `blocks` in the channel."""

    text: str
    blocks: tuple[dict[str, Any], ...]


def render_slack(message: Message) -> SlackPayload:
    """The payload of one message; passages that do not fit are counted in the context."""
    top = [_header(message.headline), *_facts(message.facts)]
    bottom = list(_bottom(message, 0))
    room = CHARACTERS_LIMIT - _size([*top, *bottom]) - 200
    middle: list[Block] = []
    for shown, passage in enumerate(message.passages):
        block = _passage(passage)
        room -= _size([block])
        if room < 0 or len(top) + len(middle) + len(bottom) >= BLOCKS_LIMIT:
            bottom = list(_bottom(message, len(message.passages) - shown))
            break
        middle.append(block)
    blocks = tuple(block.to_dict() for block in (*top, *middle, *bottom))
    return SlackPayload(escape(cut(message.notice, NOTICE_LIMIT)), blocks)


def escape(text: str) -> str:
    """Text as mrkdwn shows it literally: control characters encoded, formatting ones by look-alikes."""
    encoded = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORMATTING.sub(lambda match: _LOOK_ALIKES[match[0]], encoded)


def _header(headline: str) -> Block:
    return HeaderBlock(text=PlainTextObject(text=cut(headline, HEADER_LIMIT), emoji=False))


def _facts(facts: tuple[Fact, ...]) -> Iterator[Block]:
    """Short facts side by side, long ones below each other, in their order."""
    row: list[str] = []
    for fact in facts:
        if len(fact.value) > _WIDE or len(row) == FIELDS_LIMIT:
            yield from _row(row)
            row = []
        if len(fact.value) > _WIDE:
            yield SectionBlock(text=_mrkdwn(_fact(fact, SECTION_LIMIT)))
        else:
            row.append(_fact(fact, FIELD_LIMIT))
    yield from _row(row)


def _row(fields: list[str]) -> Iterator[Block]:
    if fields:
        yield SectionBlock(fields=[_mrkdwn(text) for text in fields])


def _fact(fact: Fact, limit: int) -> str:
    """A bold label above its value; escaping may lengthen a text up to five times, hence the margin."""
    value = escape(fact.value)
    if len(value) > limit // 2:
        value = escape(cut(fact.value, limit // 10))
    linked = f"<{fact.url}|{value}>" if fact.url and len(fact.url) < limit // 4 else value
    return f"*{escape(fact.label)}*\n{linked}"


def _passage(passage: Passage) -> Block:
    bold = _Parts.TextStyle(bold=True)
    title = (
        _Parts.Link(url=passage.url, text=passage.title, style=bold)
        if passage.url
        else _Parts.Text(text=passage.title, style=bold)
    )
    note = [_Parts.Text(text=f"\n{cut(passage.note, SECTION_LIMIT)}")] if passage.note else []
    elements: list[Any] = [RichTextSectionElement(elements=[title, *note])]
    elements.extend(RichTextQuoteElement(elements=_quote(quote)) for quote in passage.quotes)
    return RichTextBlock(elements=elements)


def _quote(quote: Quote) -> list[Any]:
    italic = _Parts.TextStyle(italic=True)
    parts: list[Any] = [_Parts.Text(text=f"{quote.label}: ", style=italic)] if quote.label else []
    parts.append(_Parts.Text(text=f"“{cut(quote.text, QUOTE_LIMIT)}”"))
    if quote.page:
        page = f"page {quote.page}"
        parts.append(_Parts.Text(text=" "))
        parts.append(
            _Parts.Link(url=quote.url, text=page) if quote.url else _Parts.Text(text=page, style=italic)
        )
    return parts


def _bottom(message: Message, left_out: int) -> Iterator[Block]:
    """Buttons, then the context; how many passages did not fit."""
    buttons = [link for link in message.links if len(link.url) <= URL_LIMIT][:BUTTONS_LIMIT]
    if buttons:
        yield ActionsBlock(elements=[_button(link, number) for number, link in enumerate(buttons)])
    lines = [line for line in message.context if line][: CONTEXT_LIMIT - 1]
    if left_out:
        lines.append(f"{say_count(left_out, 'more passage')}: see the document.")
    if lines:
        yield ContextBlock(elements=[_mrkdwn(escape(cut(line, FIELD_LIMIT // 5))) for line in lines])


def _button(link: Link, number: int) -> ButtonElement:
    text = PlainTextObject(text=cut(link.label, BUTTON_LIMIT), emoji=False)
    return ButtonElement(text=text, url=link.url, action_id=f"link-{number}")


def _mrkdwn(text: str) -> MarkdownTextObject:
    return MarkdownTextObject(text=text, verbatim=True)


def _size(blocks: list[Block]) -> int:
    """Characters that Slack counts: all of the blocks' JSON, to be on the safe side."""
    return sum(len(json.dumps(block.to_dict(), ensure_ascii=False)) for block in blocks)
