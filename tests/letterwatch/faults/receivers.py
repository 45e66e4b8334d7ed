"""What may befall a message on its way to those who are told."""

import json
from dataclasses import replace

from tests.letterwatch.faults.how import RETRY, Befall, How
from tests.letterwatch.faults.town import MORNING, House
from tests.servers.mail import HANG_UP
from tests.servers.slack import TOKEN, WEBHOOK_PATH
from tests.servers.slack import Fault as SlackFault
from tests.servers.web import Answer, Ask, Drop, redirect

NOON = "2019-11-01T12:00Z"
BOT_PATH = "/api/chat.postMessage"


def slack_answers(fault: SlackFault) -> Befall:
    """The next message of each of the two Slack channels goes wrong so."""
    return lambda house: house.town.slack.misbehave(fault, fault)


def slacks_answer_is_lost(path: str) -> Befall:
    """Slack takes what is posted at a path, and nobody is told."""

    def befall(house: House) -> None:
        (kept,) = house.town.slack.web._scripts[path]
        assert not isinstance(kept, Answer)
        house.town.slack.web.serve(path, lambda ask: replace(kept(ask), drop=Drop.BEFORE_HEADERS))
        house.fault.callback(house.town.slack.web.serve, path, kept)

    return befall


def webhook_is_refused(status: int, code: str) -> Befall:
    """Slack's webhook takes nothing, and answers so."""
    return lambda house: _serve(house, WEBHOOK_PATH, Answer(code, status))


def bot_is_refused(code: str) -> Befall:
    """Slack's bot may not post, for a reason."""
    answer = Answer(json.dumps({"ok": False, "error": code}), content_type="application/json; charset=utf-8")
    return lambda house: _serve(house, BOT_PATH, answer)


def _serve(house: House, path: str, answer: Answer) -> None:
    """Slack answers so at a path while the fault lasts, and does nothing."""
    web = house.town.slack.web
    kept = web._scripts[path]
    web.serve(path, answer)
    house.fault.callback(web.serve, path, *kept)


def channel_is_archived(house: House) -> None:
    """Neither the webhook nor the bot may post into the channel."""
    webhook_is_refused(410, "channel_is_archived")(house)
    bot_is_refused("is_archived")(house)


def channel_is_taken_out(house: House) -> None:
    """The receiver is away; by the time it is tried again, the configuration has no such channel."""
    hook_is_away(house)
    assert house.check(MORNING).returncode == 0
    house.rewrite("[channels.program]", "[channels.reader]")
    house.rewrite('channel = "program"', 'channel = "reader"')


def mail_answers(answer: str, at: str = "RCPT") -> Befall:
    """The next mail is answered so."""
    return lambda house: house.town.mail.refuse(answer, at)


def hook_answers(answer: Answer) -> Befall:
    """The receiver takes nothing, and answers so."""
    return lambda house: house.town.hooks.serve("/hook", answer)


def hook_takes_and_drops(house: House) -> None:
    """The receiver takes the message, and its answer is lost."""

    def take(ask: Ask) -> Answer:
        house.town.posted["/hook"].append(ask)
        return Answer(drop=Drop.BEFORE_HEADERS)

    house.town.hooks.serve("/hook", take)


def second_recipient_refused(house: House) -> None:
    """Of two recipients, the mail server takes one."""
    house.rewrite('to = ["improvement@example.org"]', 'to = ["improvement@example.org", "desk@example.org"]')
    house.town.mail.refuse("450 4.2.1 try later")


def mail_server_without_tls(house: House) -> None:
    """The configuration asks for what the mail server does not offer."""
    smtp = house.town.mail.url
    house.rewrite(smtp, f"{smtp}?starttls=required")


def mail_server_is_away(house: House) -> None:
    house.rewrite(house.town.mail.url, "smtp://127.0.0.1:1")


def hook_is_away(house: House) -> None:
    house.rewrite(house.town.hooks.url("/hook"), "http://127.0.0.1:1/hook")


def slack_is_away(house: House) -> None:
    house.rewrite(house.town.slack.webhook_url, "http://127.0.0.1:1/services")


def token_is_wrong(house: House) -> None:
    house.rewrite(TOKEN, "xoxb-another-token")


WHILE_SENDING: dict[str, Befall] = {
    "Slack answers 429, a wait of 30 s": slack_answers(SlackFault.RATE_LIMITED),
    "Slack answers 500": slack_answers(SlackFault.ERROR_500),
    "Slack answers 200, and not ok": slack_answers(SlackFault.WRONG_BODY),
    "Slack resets the connection": slack_answers(SlackFault.DROP_BEFORE),
    "Slack cannot be reached": slack_is_away,
    "the mail server refuses the recipient for now": mail_answers("450 4.2.1 try later"),
    "the mail server refuses one recipient of two": second_recipient_refused,
    "the mailbox is full": mail_answers("452 4.2.2 mailbox full"),
    "the mail server is too busy": mail_answers("421 4.7.0 too busy"),
    "the mail server refuses the mail after its text": mail_answers("451 4.3.0 try later", "DATA"),
    "the mail server cannot be reached": mail_server_is_away,
    "the webhook answers 429, a wait of an hour": hook_answers(
        Answer("slow down", 429, {"Retry-After": "3600"})
    ),
    "the webhook answers 503": hook_answers(Answer("busy", 503)),
    "the webhook answers 404": hook_answers(Answer("nothing here", 404)),
    "the webhook redirects": hook_answers(redirect("https://elsewhere.example/")),
    "the webhook resets the connection": hook_answers(Answer(drop=Drop.BEFORE_HEADERS)),
    "the webhook cannot be reached": hook_is_away,
}
REFUSED_FOR_GOOD: dict[str, Befall] = {
    "Slack's webhook was revoked": webhook_is_refused(404, "no_service"),
    "Slack's channel was archived": channel_is_archived,
    "the bot's token is wrong": token_is_wrong,
    "the bot's token was revoked": bot_is_refused("token_revoked"),
    "the mail server knows no such recipient (550)": mail_answers("550 5.1.1 no such user"),
    "the mail server refuses the mail for good (554)": mail_answers("554 5.7.1 refused", "DATA"),
    "the mail server offers no STARTTLS": mail_server_without_tls,
    "the webhook answers 410": hook_answers(Answer("gone", 410)),
}
LOST_ANSWERS: dict[str, Befall] = {
    "the answer of Slack's bot is lost": slacks_answer_is_lost(BOT_PATH),
    "the answer of Slack's webhook is lost": slacks_answer_is_lost(WEBHOOK_PATH),
    "the mail is taken, and the connection ends": mail_answers(HANG_UP, "DATA"),
    "the webhook's answer is lost": hook_takes_and_drops,
}
FAULTS: dict[str, dict[str, How]] = {
    "send": {name: How(befall) for name, befall in WHILE_SENDING.items()},
    "send, refused for good": {
        **{name: How(befall, remedy=RETRY) for name, befall in REFUSED_FOR_GOOD.items()},
        "its channel is no longer in the configuration": How(
            channel_is_taken_out, run=lambda house: house.check(NOON), remedy=RETRY
        ),
    },
    "acknowledge": {name: How(befall) for name, befall in LOST_ANSWERS.items()},
}
