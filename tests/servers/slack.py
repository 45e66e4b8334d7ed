"""A Slack on loopback that answers as Slack documents, over HTTP, and misbehaves on demand.

    with SlackServer() as slack:
        slack.misbehave(Fault.DROP_AFTER)           # the next post is taken, but nobody is told
        ...                                         # post to slack.webhook_url, or to slack.api_url
        assert [post.text for post in slack.posts] == ["…"]

It speaks incoming webhooks, `chat.postMessage`, `chat.update`, `conversations.history` and
`conversations.replies`, and refuses payloads that break Slack's documented limits.
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

from tests.servers.web import Answer, Ask, Drop, WebServer

WEBHOOK_PATH = "/services/T0000/B0000/webhook-secret"
TOKEN = "xoxb-token-secret"
CHANNEL = "C0123ABCD"
RETRY_AFTER = 30


class Fault(Enum):
    """How a post may go wrong; AFTER: the message is posted all the same."""

    ERROR_500 = auto()
    RATE_LIMITED = auto()
    DROP_BEFORE = auto()
    DROP_AFTER = auto()
    TIMEOUT_BEFORE = auto()
    TIMEOUT_AFTER = auto()
    WRONG_BODY = auto()


_TAKES = (Fault.DROP_AFTER, Fault.TIMEOUT_AFTER)


@dataclass(frozen=True)
class Post:
    """A message as the channel shows it."""

    ts: str
    channel: str
    payload: Mapping[str, Any]

    @property
    def text(self) -> str:
        return str(self.payload.get("text", ""))

    @property
    def thread(self) -> str | None:
        return self.payload.get("thread_ts")


@dataclass
class SlackServer:
    """One workspace with one channel."""

    web: WebServer = field(default_factory=WebServer)
    posts: list[Post] = field(default_factory=list)
    refusal: str | None = None  # an error code every post is answered with from now on
    closed_threads: set[str] = field(default_factory=set)  # their first messages were deleted
    _faults: list[Fault | None] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    clock: int = 1_572_598_800  # the last message's time stamp

    def __enter__(self) -> Self:
        self.web.__enter__()
        self.web.serve(WEBHOOK_PATH, self._webhook)
        methods: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "chat.postMessage": self._post_message,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
        }
        for name, method in methods.items():
            self.web.serve(f"/api/{name}", lambda ask, method=method: self._api(ask, method))
        self.web.serve("/api/auth.test", self._auth)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.web.__exit__(kind, error, trace)

    @property
    def webhook_url(self) -> str:
        return self.web.url(WEBHOOK_PATH)

    @property
    def api_url(self) -> str:
        return self.web.url("/api/")

    def misbehave(self, *faults: Fault | None) -> None:
        """The next posts go wrong in these ways, one each; None: that one goes well."""
        with self._lock:
            self._faults.extend(faults)

    def next_fault(self) -> Fault | None:
        with self._lock:
            return self._faults.pop(0) if self._faults else None

    def _auth(self, ask: Ask) -> Answer:
        if ask.headers.get("authorization") != f"Bearer {TOKEN}":
            return _json({"ok": False, "error": "invalid_auth"})
        return _json({"ok": True, "user": "letterwatch", "team": "Council"})

    def _webhook(self, ask: Ask) -> Answer:
        if self.refusal:
            gone = self.refusal in ("no_service", "channel_not_found", "channel_is_archived")
            status = 410 if self.refusal == "channel_is_archived" else 404 if gone else 400
            return Answer(self.refusal, status)
        payload = json.loads(ask.body)
        error = find_fault(payload)
        if error:
            return Answer(error, 400)
        fault = self.next_fault()
        if fault is None or fault in _TAKES:
            self._add(CHANNEL, payload)
        return _spoil(fault, Answer("ok"))

    def _api(self, ask: Ask, method: Callable[[dict[str, Any]], dict[str, Any]]) -> Answer:
        if ask.headers.get("authorization") != f"Bearer {TOKEN}":
            return _json({"ok": False, "error": "invalid_auth"})
        is_json = "json" in ask.headers.get("content-type", "")
        fields = (
            {name: values[0] for name, values in parse_qs(ask.body.decode()).items()} if not is_json else {}
        )
        return method_answer(self, ask.path, json.loads(ask.body) if is_json else fields, method)

    def _post_message(self, payload: dict[str, Any]) -> dict[str, Any]:
        if payload.get("thread_ts") in self.closed_threads:
            return {"ok": False, "error": "thread_not_found"}
        post = self._add(payload["channel"], payload)
        return {"ok": True, "channel": post.channel, "ts": post.ts, "message": {"text": post.text}}

    def _update(self, payload: dict[str, Any]) -> dict[str, Any]:
        for number, post in enumerate(self.posts):
            if post.ts == payload["ts"]:
                self.posts[number] = replace(post, payload={**post.payload, **payload})
                return {"ok": True, "channel": post.channel, "ts": post.ts, "text": post.text}
        return {"ok": False, "error": "message_not_found"}

    def _history(self, query: dict[str, Any]) -> dict[str, Any]:
        shown = [post for post in self.posts if not post.thread or post.payload.get("reply_broadcast")]
        return _page(list(reversed(shown)), query)

    def _replies(self, query: dict[str, Any]) -> dict[str, Any]:
        if query["ts"] in self.closed_threads:
            return {"ok": False, "error": "thread_not_found"}
        return _page([post for post in self.posts if query["ts"] in (post.ts, post.thread)], query)

    def _add(self, channel: str, payload: Mapping[str, Any]) -> Post:
        with self._lock:
            self.clock += 1
            post = Post(f"{self.clock}.000100", channel, payload)
            self.posts.append(post)
            return post


def method_answer(
    slack: SlackServer,
    path: str,
    payload: dict[str, Any],
    method: Callable[[dict[str, Any]], dict[str, Any]],
) -> Answer:
    """One Web API call: refused, spoilt by a fault, or done."""
    if payload.get("channel") != CHANNEL:
        return _json({"ok": False, "error": "channel_not_found"})
    if not path.endswith("chat.postMessage"):
        return _json(method(payload))
    error = slack.refusal or find_fault(payload)
    if error:
        return _json({"ok": False, "error": error})
    fault = slack.next_fault()
    if fault is None or fault in _TAKES:
        return _spoil(fault, _json(method(payload)))
    return _spoil(fault, _json({"ok": True}))


def _spoil(fault: Fault | None, answer: Answer) -> Answer:
    match fault:
        case None:
            return answer
        case Fault.ERROR_500:
            return Answer("Internal Server Error", 500)
        case Fault.RATE_LIMITED:
            return Answer("rate_limited", 429, {"Retry-After": str(RETRY_AFTER)})
        case Fault.DROP_BEFORE | Fault.DROP_AFTER:
            return replace(answer, drop=Drop.BEFORE_HEADERS)
        case Fault.TIMEOUT_BEFORE | Fault.TIMEOUT_AFTER:
            return replace(answer, hold=threading.Event())
        case Fault.WRONG_BODY:
            return Answer("<html>a proxy says hello</html>")


def _page(posts: Sequence[Post], query: Mapping[str, str]) -> dict[str, Any]:
    """One page of messages, newest first as given, with a cursor where there are more."""
    oldest = float(query.get("oldest", 0))
    matching = [post for post in posts if float(post.ts) > oldest]
    start, limit = int(query.get("cursor", 0)), int(query.get("limit", 100))
    with_metadata = query.get("include_all_metadata") in ("1", "true")
    more = start + limit < len(matching)
    messages = [
        {"ts": post.ts, "text": post.text}
        | ({"metadata": post.payload["metadata"]} if with_metadata and "metadata" in post.payload else {})
        for post in matching[start : start + limit]
    ]
    cursor = str(start + limit) if more else ""
    return {"ok": True, "messages": messages, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def _json(body: Mapping[str, Any]) -> Answer:
    return Answer(json.dumps(body), content_type="application/json; charset=utf-8")


def find_fault(payload: Mapping[str, Any]) -> str | None:
    """Slack's error code for a payload that breaks a documented limit; None for a good one."""
    blocks = payload.get("blocks", [])
    if not payload.get("text") and not blocks:
        return "no_text"
    if len(payload.get("text", "")) > 40_000:
        return "msg_too_long"
    if len(blocks) > 50 or not all(_is_good(block) for block in blocks):
        return "invalid_blocks"
    if sum(len(json.dumps(block, ensure_ascii=False)) for block in blocks) > 13_200:
        return "msg_blocks_too_long"
    return None


def _is_good(block: Mapping[str, Any]) -> bool:
    match block["type"]:
        case "header":
            return block["text"]["type"] == "plain_text" and _fits(block["text"], 150)
        case "section":
            fields = block.get("fields", [])
            whole = "text" not in block or _fits(block["text"], 3000)
            return (
                ("text" in block or bool(fields)) and whole and len(fields) <= 10 and _all_fit(fields, 2000)
            )
        case "context":
            return 1 <= len(block["elements"]) <= 10 and _all_fit(block["elements"], 3000)
        case "actions":
            buttons = block["elements"]
            names = {button["action_id"] for button in buttons}
            return (
                1 <= len(buttons) <= 25 and len(names) == len(buttons) and all(map(_is_good_button, buttons))
            )
        case "rich_text":
            return all(_is_good_rich_text(part) for part in block["elements"])
        case _:
            return False


def _is_good_button(button: Mapping[str, Any]) -> bool:
    return (
        button["type"] == "button"
        and button["text"]["type"] == "plain_text"
        and _fits(button["text"], 75)
        and len(button.get("url", "")) <= 3000
    )


def _is_good_rich_text(part: Mapping[str, Any]) -> bool:
    known = part["type"] in ("rich_text_section", "rich_text_quote")
    return known and all(
        bool(element["text"] if element["type"] == "text" else element.get("url"))
        and element["type"] in ("text", "link")
        for element in part["elements"]
    )


def _fits(text: Mapping[str, Any], limit: int) -> bool:
    return 1 <= len(text["text"]) <= limit


def _all_fit(texts: Sequence[Mapping[str, Any]], limit: int) -> bool:
    return all(_fits(text, limit) for text in texts)
