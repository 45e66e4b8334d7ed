"""What may befall a message on its way to those who are told."""

from collections.abc import Callable

from tests.letterwatch.faults.town import House
from tests.servers.mail import HANG_UP
from tests.servers.slack import Fault as SlackFault
from tests.servers.web import Answer, Ask, Drop, redirect

Befall = Callable[[House], object]


def slack_answers(fault: SlackFault) -> Befall:
    """The next message of each of the two Slack channels goes wrong so."""
    return lambda house: house.town.slack.misbehave(fault, fault)


def slack_refuses(code: str) -> Befall:
    """Slack refuses everything with a code."""
    return lambda house: setattr(house.town.slack, "refusal", code)


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
    text = house.config.read_text("utf-8")
    one = 'to = ["improvement@example.org"]'
    house.config.write_text(
        text.replace(one, 'to = ["improvement@example.org", "desk@example.org"]'), "utf-8"
    )
    house.fault.callback(house.config.write_text, text, "utf-8")
    house.town.mail.refuse("450 4.2.1 try later")


def rewrite(old: str, new: str) -> Befall:
    """The channel's address is another while the fault lasts."""

    def befall(house: House) -> None:
        text = house.config.read_text("utf-8")
        assert old in text
        house.config.write_text(text.replace(old, new, 1), "utf-8")
        house.fault.callback(house.config.write_text, text, "utf-8")

    return befall


def mail_server_without_tls(house: House) -> None:
    smtp = house.town.mail.url
    rewrite(smtp, f"{smtp}?starttls=required")(house)


def slack_is_away(house: House) -> None:
    rewrite(house.town.slack.webhook_url, "http://127.0.0.1:1/services")(house)


def bots_answer_is_lost(house: House) -> None:
    """The bot's message is taken, and nobody told; the webhook, of which it could not be told, is away."""
    slack_is_away(house)
    house.town.slack.misbehave(SlackFault.DROP_AFTER)


FAULTS: dict[str, dict[str, Befall]] = {
    "send": {
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
        "the webhook answers 429, a wait of an hour": hook_answers(
            Answer("slow down", 429, {"Retry-After": "3600"})
        ),
        "the webhook answers 503": hook_answers(Answer("busy", 503)),
        "the webhook answers 404": hook_answers(Answer("nothing here", 404)),
        "the webhook redirects": hook_answers(redirect("https://elsewhere.example/")),
        "the webhook resets the connection": hook_answers(Answer(drop=Drop.BEFORE_HEADERS)),
    },
    "acknowledge": {
        "the answer of Slack's bot is lost": bots_answer_is_lost,
        "the mail is taken, and the connection ends": mail_answers(HANG_UP, "DATA"),
        "the webhook's answer is lost": hook_takes_and_drops,
    },
}
