"""The command as a process of its own, which is limited, or killed at a step of the way."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from subprocess import CompletedProcess
from typing import Any
from unittest.mock import patch

from state import DeliveryState
from tests.letterwatch.faults.how import How, Run
from tests.letterwatch.faults.town import MORNING, House
from tests.servers.slack import WEBHOOK_PATH
from tests.servers.web import Answer, Ask


def run_process(
    house: House,
    at: str = MORNING,
    prefix: tuple[str, ...] = (),
    limit: Callable[[], None] | None = None,
    begun: Callable[["subprocess.Popen[str]"], None] = lambda _process: None,
) -> CompletedProcess[str]:
    """`letterwatch check` as a process of its own, which may be limited or killed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LETTERWATCH_")}
    with subprocess.Popen(
        [*prefix, sys.executable, "-m", "letterwatch", "check"],
        cwd=house.folder,
        env=kept | house.environment(at),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,  # noqa: PLW1509  it only sets a limit
    ) as process:
        begun(process)
        out, err = process.communicate(timeout=110)
    return CompletedProcess((), process.returncode, out, err)


def kill_at(path: str, front: str = "front") -> Run:
    """Killed while its first request to a path waits for an answer."""

    def run(house: House) -> CompletedProcess[str]:
        def begun(process: "subprocess.Popen[str]") -> None:
            def watch(ask: Ask) -> None:
                if ask.path.startswith(path) and process.poll() is None:
                    _kill(process)

            getattr(house.town.web, front).watch = watch

        return run_process(house, begun=begun)

    return run


def kill_in_settling(house: House) -> CompletedProcess[str]:
    """Killed while it waits to write: another program holds the database from its last request on."""
    holder = house.fault.enter_context(
        closing(sqlite3.connect(house.database, isolation_level=None, check_same_thread=False))
    )

    def begun(process: "subprocess.Popen[str]") -> None:
        def watch(ask: Ask) -> None:
            if ask.path.startswith("/v1/file/") and process.poll() is None:
                holder.execute("BEGIN IMMEDIATE")
                killer = _begin_timer(2.0, process.kill)
                house.fault.callback(killer.cancel)

        house.town.web.front.watch = watch

    return run_process(house, begun=begun)


def wait_for_others(house: House, channel: str) -> None:
    """Until every other channel's messages are sent and noted: what happens then is this one's alone."""
    with house.store() as store:
        for _ in range(600):
            others = [each for each in store.deliveries() if each.channel != channel]
            if all(each.state is DeliveryState.SENT for each in others):
                return
            threading.Event().wait(0.05)


def kill_while_told(*, taken: bool) -> Run:
    """Killed while the webhook's receiver has the message: before, or after it took it."""

    def run(house: House) -> CompletedProcess[str]:
        def begun(process: "subprocess.Popen[str]") -> None:
            def take(ask: Ask) -> Answer:
                wait_for_others(house, "program")
                if taken:
                    house.town.posted["/hook"].append(ask)
                _kill(process)
                return Answer("")

            house.town.hooks.serve("/hook", take)

        return run_process(house, begun=begun)

    return run


def kill_once_slack_has_it(house: House) -> CompletedProcess[str]:
    """Killed once Slack's bot had posted: only Slack knows of it, and is asked."""

    def begun(process: "subprocess.Popen[str]") -> None:
        add = house.town.slack._add

        def add_and_kill(channel: str, payload: Any) -> Any:
            post = add(channel, payload)
            if "channel" in payload and process.poll() is None:
                wait_for_others(house, "bot")
                _kill(process)
            return post

        house.fault.enter_context(patch.object(house.town.slack, "_add", add_and_kill))

    return run_process(house, begun=begun)


def kill_once_slacks_webhook_has_it(house: House) -> CompletedProcess[str]:
    """Killed once Slack's webhook had posted: nobody can be asked about it."""

    def begun(process: "subprocess.Popen[str]") -> None:
        slack = house.town.slack

        def take_and_kill(ask: Ask) -> Answer:
            answer = slack._webhook(ask)
            wait_for_others(house, "newsdesk")
            _kill(process)
            return answer

        slack.web.serve(WEBHOOK_PATH, take_and_kill)
        house.fault.callback(slack.web.serve, WEBHOOK_PATH, slack._webhook)

    return run_process(house, begun=begun)


def kill_once_the_mail_is_taken(
    house: House, at: str = MORNING, channel: str = "office"
) -> CompletedProcess[str]:
    """Killed once the mail server had all of a channel's mail, and before it said so."""

    def begun(process: "subprocess.Popen[str]") -> None:
        judge = house.town.mail.next_refusal

        def judge_and_kill(step: str) -> str | None:
            if step == "DATA" and process.poll() is None:
                wait_for_others(house, channel)
                _kill(process)
            return judge(step)

        house.fault.enter_context(patch.object(house.town.mail, "next_refusal", judge_and_kill))

    return run_process(house, at, begun=begun)


def _kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()


def _begin_timer(seconds: float, then: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, then)
    timer.start()
    return timer


IN_A_CRAWL: dict[str, How] = {
    "killed at the search page": How(run=kill_at("/search")),
    "killed at an authority's page": How(run=kill_at("/provider/")),
    "killed at the document": How(run=kill_at("/v1/file/")),
    "killed at the article": How(run=kill_at("/news/", "press")),
    "killed at GOV.UK's search": How(run=kill_at("/api/search", "office")),
}
WHILE_TOLD: dict[str, dict[str, How]] = {
    "send, killed": {
        "killed while the webhook is being told": How(run=kill_while_told(taken=False)),
    },
    "acknowledge, killed": {
        "killed once the webhook had the message": How(run=kill_while_told(taken=True)),
        "killed once the mail server had the mail": How(run=kill_once_the_mail_is_taken),
        "killed once Slack had the bot's message": How(run=kill_once_slack_has_it),
        "killed once Slack had the webhook's message": How(run=kill_once_slacks_webhook_has_it),
    },
}
