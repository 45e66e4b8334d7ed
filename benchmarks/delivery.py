"""Delivery under random kills: what is lost, what is doubled, channel by channel.

`python -m benchmarks.delivery [--kills 1000] [--seed 1]`

A child process delivers over Slack (webhook and bot), mail, a webhook and a file, to receivers that fail
half the time (500, 429, reset, lost answer, time-out, wrong body, slow); it is killed with SIGKILL at a
random moment, and the next one goes on. Ends with 1 where something was lost, or doubled on a channel
that can be asked.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from pathlib import Path

import sqlalchemy as sa

from notifier import Channel, Dispatcher
from notifier.addresses import SmtpServer
from notifier.channels.email import Email
from notifier.channels.plain import File
from notifier.channels.slack_bot import SlackBot
from notifier.channels.slack_webhook import SlackWebhook
from notifier.channels.webhook import Webhook
from notifier.rendering.templating import open_templates
from state import Routing, Store
from state.storage.database import Database, parse_url
from state.storage.schema import attempts, outbox
from tests.notifier.letters import LETTER, WAKEFIELD
from tests.notifier.outboxes import Clock, Post
from tests.servers.slack import CHANNEL, TOKEN
from tests.states import place_state

CHANNELS = ("slack_webhook", "slack_bot", "email", "webhook", "file")
KNOW_REPEATS = ("slack bot", "file", "webhook, by Idempotency-Key", "email, by Message-ID")
LONGEST_LIFE = 0.5  # seconds a child lives at most before it is killed
STEP = timedelta(hours=25)  # between two children: every retry is due again
TIME_LIMIT = 0.15  # seconds the channels wait for an answer
IN_CALM = 10.0  # seconds they wait once nobody fails or is killed: only a busy machine is slow then


@dataclass(frozen=True)
class Result:
    """How often each of `events` arrived, by channel; `doubts` counts attempts whose outcome nobody knew."""

    events: int
    killed: int
    arrived: Mapping[str, Counter[str]]
    doubts: Mapping[str, int]
    left: int

    def lost(self, channel: str) -> int:
        return self.events - len(self.arrived[channel])

    def doubled(self, channel: str) -> int:
        return sum(count - 1 for count in self.arrived[channel].values())

    def is_kept(self) -> bool:
        """Nothing lost; nothing doubled where repeats are known; elsewhere never more than were in doubt."""
        none_lost = not self.left and not any(self.lost(channel) for channel in self.arrived)
        in_bounds = all(self.doubled(channel) <= self.doubts[channel] for channel in self.doubts)
        return none_lost and in_bounds and not any(self.doubled(channel) for channel in KNOW_REPEATS)


def run_kills(kills: int, seed: int, folder: Path) -> Result:
    """Kills as many children as asked for, then delivers what is left in calm."""
    chance = random.Random(seed)
    receivers = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.receivers", str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        addresses = _read(receivers)
        clock = Clock()
        killed = events = 0
        while killed < kills:
            events += 1
            _put(folder, f"Place {events:05d}", clock)
            killed += _live(folder, addresses, clock, chance.uniform(0, LONGEST_LIFE))
            clock.at += STEP
        _tell(receivers, "calm")
        for _ in range(6):
            clock.at += STEP
            _live(folder, addresses, clock, 60, IN_CALM)
        arrived = {name: Counter(counts) for name, counts in _tell(receivers, "report").items()}
        arrived["file"] = _count_in_file(folder / "alerts.txt")
        return Result(events, killed, arrived, *_count_rows(folder))
    finally:
        receivers.communicate()


def _put(folder: Path, name: str, clock: Clock) -> None:
    """An event of its own authority, for every channel."""
    publication = LETTER.model_copy(update={"authority": name})
    event = WAKEFIELD.model_copy(update={"key": name, "at": clock.now(), "publication": publication})
    recipient = {"email": "improvement@example.org"}
    routings = [Routing(each, each, clock.now(), recipient=recipient.get(each, "")) for each in CHANNELS]
    post = Post(folder, clock)
    post.put(event, *routings)
    post.close()


def _live(
    folder: Path, addresses: Mapping[str, str], clock: Clock, seconds: float, limit: float = TIME_LIMIT
) -> bool:
    """One child's life; True where it had to be killed."""
    child = os.fork()
    if child == 0:
        _deliver(folder, addresses, clock, limit)
        os._exit(0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _deliver(folder: Path, addresses: Mapping[str, str], clock: Clock, limit: float) -> None:
    store = Store.open(place_state(folder), rehearsal=False)
    channels = _open_channels(folder, addresses, limit)
    Dispatcher(store.outbox, channels, clock=clock.now, sleep=lambda _: None).deliver_due()


def _open_channels(folder: Path, addresses: Mapping[str, str], limit: float) -> dict[str, Channel]:
    templates = open_templates()
    sender = Address("Letterwatch", "letterwatch", "example.org")
    return {
        "slack_webhook": SlackWebhook(addresses["slack_webhook"], limit),
        "slack_bot": SlackBot(TOKEN, CHANNEL, addresses["slack_api"], limit),
        "email": Email(SmtpServer.parse(addresses["smtp"]), sender, templates, limit),
        "webhook": Webhook(addresses["webhook"], "secret", (limit, limit)),
        "file": File(folder / "alerts.txt", templates),
    }


def _read(receivers: "subprocess.Popen[str]") -> dict[str, str]:
    assert receivers.stdout
    return dict(json.loads(receivers.stdout.readline()))


def _tell(receivers: "subprocess.Popen[str]", word: str) -> dict[str, dict[str, int]]:
    assert receivers.stdin
    assert receivers.stdout
    receivers.stdin.write(f"{word}\n")
    receivers.stdin.flush()
    return dict(json.loads(receivers.stdout.readline()))


def _count_in_file(path: Path) -> Counter[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return Counter(line.partition(":")[0] for line in lines if line.startswith("Place ") and "letter" in line)


def _count_rows(folder: Path) -> tuple[dict[str, int], int]:
    """The attempts in doubt by channel, and the rows that are not sent."""
    database = Database(parse_url(place_state(folder)))
    unknown = attempts.c.outcome.in_(["interrupted", "unclear"])
    joined = sa.select(outbox.c.channel, sa.func.count()).join(
        attempts, attempts.c.delivery_id == outbox.c.id
    )
    left = sa.select(sa.func.count()).where(outbox.c.state != "sent")
    with database.reading() as connection:
        doubts = connection.execute(joined.where(unknown).group_by(outbox.c.channel)).all()
        rest = connection.scalar(left)
    database.close()
    return {channel.replace("_", " "): count for channel, count in doubts}, rest or 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = run_kills(arguments.kills, arguments.seed, Path(folder))
    took = time.monotonic() - begun
    print(f"{result.killed} of {result.events} children killed, one event each, on {len(CHANNELS)} channels")
    print(f"seed {arguments.seed}, {took:.0f} s, {result.left} rows left unsent")
    print(f"{'channel':30} {'lost':>5} {'doubled':>8} {'most of one':>12} {'in doubt':>9}")
    for channel, counts in sorted(result.arrived.items()):
        most = max(counts.values(), default=0)
        doubts = result.doubts.get(channel, "")
        print(f"{channel:30} {result.lost(channel):5} {result.doubled(channel):8} {most:12} {doubts:>9}")
    return 0 if result.is_kept() else 1


if __name__ == "__main__":
    sys.exit(main())
