"""How fast due deliveries reach a local webhook over 50 channels, one of them dead, beside bare requests.

`python -m benchmarks.delivery_throughput [--deliveries 10000] [--channels 50]`
"""

import argparse
import multiprocessing
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

import requests

from notifier import Dispatcher
from notifier.channels.webhook import Webhook, render_webhook
from state import Delivery, Routing
from tests.notifier.letters import WAKEFIELD
from tests.notifier.outboxes import START, Clock, Post


class Receiver(BaseHTTPRequestHandler):
    """Takes everything."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--deliveries", type=int, default=10_000)
    parser.add_argument("--channels", type=int, default=50)
    arguments = parser.parse_args()
    with running_receiver() as url:
        bare = measure_bare(url, arguments.deliveries, arguments.channels)
        ours, sent, rest = measure_ours(url, arguments.deliveries, arguments.channels)
    print(f"bare requests, {arguments.channels} threads: {arguments.deliveries / bare:7.0f} a second")
    print(f"letterwatch, from the outbox: {sent / ours:7.0f} a second")
    print(f"{sent} sent, {rest} wait for the dead channel")
    print(f"times bare: {ours / sent / (bare / arguments.deliveries):.1f}")
    return 0 if sent + rest == arguments.deliveries else 1


def measure_bare(url: str, deliveries: int, channels: int) -> float:
    """Seconds for as many posts of the same size, without any record, over as many connections."""
    body = render_webhook(Delivery("x", WAKEFIELD, Routing("all", "one", START)))

    def post(count: int) -> None:
        session = requests.Session()
        for _ in range(count):
            session.post(url, data=body, timeout=10)

    begun = time.monotonic()
    with ThreadPoolExecutor(channels) as pool:
        list(pool.map(post, [deliveries // channels] * channels))
    return time.monotonic() - begun


def measure_ours(url: str, deliveries: int, channels: int) -> tuple[float, int, int]:
    """Seconds of one pass over a full outbox, what was sent, and what waits for the dead channel."""
    with tempfile.TemporaryDirectory() as folder, dead_address() as dead:
        post = Post(Path(folder), Clock())
        names = [f"channel{number}" for number in range(channels)]
        for number in range(deliveries // channels):
            event = WAKEFIELD.model_copy(update={"key": f"event {number}"})
            post.put(event, *(Routing(name, name, START) for name in names))
        hooks = {name: Webhook(dead if name == names[0] else url, "secret") for name in names}
        dispatcher = Dispatcher(post.store.outbox, hooks, clock=post.clock.now)
        begun = time.monotonic()
        figures = dispatcher.deliver_due()
        took = time.monotonic() - begun
        rows = post.store.deliveries(limit=deliveries)
        post.close()
        dispatcher.close()
    return took, figures.sent, sum(row.state != "sent" for row in rows)


@contextmanager
def running_receiver() -> Iterator[str]:
    """The receiver in a process of its own, so that it does not share our interpreter."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_receive, args=(theirs,), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{ours.recv()}/hook"
    process.terminate()
    process.join()


@contextmanager
def dead_address() -> Iterator[str]:
    """An address that refuses connections: taken, and not listened at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/hook"


def _receive(pipe: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    pipe.send(server.server_address[1])
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
