"""What stands around a fleet: its configuration, and a program that a subscriber has told."""

import json
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from letterwatch.demo.loopback import LoopbackServer, Request, Response

CONFIG = """
[state]
archive = {archive}
[http]
contact = "https://example.org/fleet"
requests_per_second = {pace}
requests_per_day = 10000000
[ofsted]
reports_url = {site}
files_hosts = [{host}]
poll = {poll}
flood = 1000
[feeds]
poll = {poll}
[[news]]
name = "Wakefield Express"
feed = {feed}
authorities = ["Wakefield"]
[channels.hook]
type = "webhook"
url = {hook}
secret = "a secret of the benchmark"
[[subscriptions]]
name = "everything"
channel = "hook"
authorities = ["all"]
events = ["publication.*", "grade.changed", "coverage.new"]
[web]
listen = "127.0.0.1:0"
"""


def write_config(
    folder: Path, *, site: str, feed: str, hook: str, poll: str, requests_per_second: float = 1000
) -> Path:
    """Writes letterwatch.toml without a [state] url, which each process is given for itself."""
    host = urlsplit(site).netloc
    values = {"archive": str(folder / "archive"), "site": site, "host": host, "feed": feed, "hook": hook}
    path = folder / "letterwatch.toml"
    told = {name: json.dumps(value) for name, value in (values | {"poll": poll}).items()}
    told["pace"] = str(requests_per_second)
    path.write_text(CONFIG.format(**told), "utf-8")
    return path


class Hook(LoopbackServer):
    """A program of a subscriber's: it counts what it is told, by Idempotency-Key."""

    def __init__(self) -> None:
        super().__init__(self._take)
        self.bodies: dict[str, Mapping[str, object]] = {}
        self.posts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def _take(self, request: Request) -> Response:
        key = request.headers["idempotency-key"]
        with self._lock:
            self.posts[key] += 1
            self.bodies[key] = json.loads(request.body)
        return Response()

    def told(self, *events: str) -> Counter[str]:
        """How many different deliveries told of each publication."""
        with self._lock:
            found = [body for body in self.bodies.values() if body["event"] in events]
        return Counter(str(body["publication"]["file_id"]) for body in found)  # type: ignore[index]

    @property
    def repeats(self) -> int:
        """Posts of a delivery that had arrived before: its sender died between sending and recording."""
        return sum(count - 1 for count in self.posts.values())
