"""GOV.UK's search, content and feeds to notices: what Ofsted and the department announce."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from scraper.pages.feeds import Feed
from scraper.pages.markup import PageBroken
from scraper.pages.moments import find_moment
from scraper.pages.prose import flatten
from state import NoticeKind

GOVUK_VERSION = 1
"""Raised whenever the same answer gives other notices."""
_TAG = re.compile(r"<[^>]{0,2000}>")
_OURS = re.compile(
    r"children'?s (?:services|social care)|local authorit|child protection|looked.after|care leaver"
    r"|children in (?:care|need)|social work|safeguarding|\bcouncil\b|\bilacs\b"
)
# In this order: a direction that appoints a commissioner is a direction, and says so first.
_KINDS: Sequence[tuple[NoticeKind, re.Pattern[str]]] = (
    (NoticeKind.DIRECTION, re.compile(r"\b(?:statutory )?directions?\b(?! of travel)")),
    (NoticeKind.IMPROVEMENT_NOTICE, re.compile(r"improvement notice|improvement (?:adviser|advisor)")),
    (NoticeKind.COMMISSIONER, re.compile(r"\bcommissioners?\b(?!.{0,3} for england)")),
    (NoticeKind.FRAMEWORK, re.compile(r"\bframework|\bhandbook|inspecting local auth|ofsted inspects")),
    (NoticeKind.STATISTICS, re.compile(r"statistic|main findings|data ?set|data: |in england: 20\d\d")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """An announcement as the search lists it; `path` is its identity."""

    path: str
    title: str
    summary: str
    published_at: datetime | None


def parse_search(body: bytes, url: str) -> tuple[NoticeItem, ...]:  # noqa: ARG001  every reader takes both
    """The announcements of an answer of the search API; raises PageBroken where it is none."""
    answer = _load(body)
    results = answer.get("results")
    if not isinstance(results, list):
        raise PageBroken("the search's answer has no list of results")
    items = [_read_result(result) for result in results if isinstance(result, Mapping)]
    return tuple(item for item in items if item is not None)


def from_feed(feed: Feed) -> tuple[NoticeItem, ...]:
    """The announcements of the Atom feed, which stands in where the search cannot be had."""
    return tuple(
        NoticeItem(urlsplit(item.url).path, item.title, item.summary, item.published_at)
        for item in feed.items
    )


def parse_content(body: bytes, url: str) -> str:  # noqa: ARG001
    """The text of an announcement out of the content API; raises PageBroken where it has none."""
    details = _load(body).get("details")
    if not isinstance(details, Mapping):
        raise PageBroken("the content's answer has no details")
    texts = [details.get("body"), *(part.get("body") for part in _parts(details))]
    return flatten(_TAG.sub(" ", " ".join(text for text in texts if isinstance(text, str))[:200_000]))


def judge_notice(item: NoticeItem) -> NoticeKind | None:
    """What sort of announcement it is; None for what is not about councils' services for children."""
    text = f"{item.title} {item.summary}".lower().replace("’", "'")
    if not _OURS.search(text):
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def _read_result(result: Mapping[str, Any]) -> NoticeItem | None:
    path, title = result.get("link"), result.get("title")
    if not isinstance(path, str) or not isinstance(title, str) or not path.startswith("/"):
        return None  # a link to another site is no announcement of GOV.UK's
    summary, date = result.get("description"), result.get("public_timestamp")
    return NoticeItem(
        path=path[:500],
        title=flatten(title)[:300],
        summary=flatten(summary)[:1000] if isinstance(summary, str) else "",
        published_at=find_moment(date) if isinstance(date, str) else None,
    )


def _parts(details: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    parts = details.get("parts")
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _load(body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise PageBroken("the server's answer is no valid JSON") from None
    if not isinstance(answer, dict):
        raise PageBroken("the server's answer is not what its API documents")
    return answer
