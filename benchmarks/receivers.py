"""Slack, a mail server and a webhook on loopback that fail at random, as a process of their own.

`python -m benchmarks.receivers SEED` prints their addresses as a line of JSON. "calm" on standard input
ends the failures; "report" prints how often each message arrived.
"""

import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tests.servers.mail import HANG_UP, MailServer
from tests.servers.slack import Fault, SlackServer
from tests.servers.web import Answer, Ask, Drop, WebServer

T = TypeVar("T")

FAILURES = 0.5  # of all messages
SLOW = 0.03  # seconds
FAR_AHEAD = 3_000_000_000  # so that Slack's time stamps are later than any event's


@dataclass
class Chance:
    """Seeded bad luck, until it is calmed; every other good answer is slow."""

    seed: int
    calm: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def pick(self, faults: Sequence[T]) -> T | None:
        with self.lock:
            if self.calm:
                return None
            fault = self.random.choice(faults) if self.random.random() < FAILURES else None
            is_slow = fault is None and self.random.random() < 0.5
        if is_slow:
            threading.Event().wait(SLOW)
        return fault


class UnluckySlack(SlackServer):
    chance: Chance

    def next_fault(self) -> Fault | None:
        return self.chance.pick(list(Fault))


class UnluckyMail(MailServer):
    chance: Chance

    def next_refusal(self, at: str) -> str | None:
        """421 and 451, a hang-up after the mail was taken."""
        answers = ["451 4.3.0 try later", HANG_UP] if at == "DATA" else ["421 4.7.0 too busy", None, None]
        return self.chance.pick(answers)


def answer_webhook(chance: Chance, taken: list[Ask], ask: Ask) -> Answer:
    """The webhook's receiver: it takes a message before an answer that is lost, too."""
    faults = ("500", "429", "reset", "lost", "timeout", "body")
    fault = chance.pick(faults)
    if fault in (None, "lost", "body"):
        taken.append(ask)
    match fault:
        case "500":
            return Answer(status=500)
        case "429":
            return Answer(status=429, headers={"Retry-After": "7"})
        case "reset" | "lost":
            return Answer(drop=Drop.BEFORE_HEADERS)
        case "timeout":
            return Answer(hold=threading.Event())
        case _:
            return Answer("surprise" if fault else "")


def report(
    webhook: SlackServer, bot: SlackServer, mail: MailServer, taken: Sequence[Ask]
) -> dict[str, Counter[str]]:
    """How often each message arrived, by channel; a message is known by its authority."""
    return {
        "webhook": Counter(json.loads(ask.body)["publication"]["authority"] for ask in taken),
        "webhook, by Idempotency-Key": Counter(
            {
                ask.headers["idempotency-key"]: json.loads(ask.body)["publication"]["authority"]
                for ask in taken
            }.values()
        ),
        "slack webhook": Counter(post.text.partition(":")[0] for post in webhook.posts),
        "slack bot": Counter(post.text.partition(":")[0] for post in bot.posts),
        "email": Counter(str(each["Subject"]).partition(":")[0] for each in mail.inbox),
        "email, by Message-ID": Counter(
            {str(each["Message-ID"]): str(each["Subject"]).partition(":")[0] for each in mail.inbox}.values()
        ),
    }


def main() -> None:
    chance = Chance(int(sys.argv[1]))
    taken: list[Ask] = []
    with UnluckySlack() as webhook, UnluckySlack() as bot, UnluckyMail() as mail, WebServer() as web:
        for server in (webhook, bot, mail):
            server.chance = chance
        bot.clock = FAR_AHEAD
        web.serve("/hook", lambda ask: answer_webhook(chance, taken, ask))
        addresses = {
            "slack_webhook": webhook.webhook_url,
            "slack_api": bot.api_url,
            "smtp": mail.url,
            "webhook": web.url("/hook"),
        }
        print(json.dumps(addresses), flush=True)
        for line in sys.stdin:
            if line.strip() == "calm":
                chance.calm = True
            print(json.dumps(report(webhook, bot, mail, taken)), flush=True)


if __name__ == "__main__":
    main()
