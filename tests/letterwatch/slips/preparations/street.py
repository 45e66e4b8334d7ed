"""What has happened outside: channels that refuse, and templates that an operator wrote."""

import sqlite3
from contextlib import closing

from tests.letterwatch.slips.bench import Bench
from tests.letterwatch.slips.preparations.registry import prepared
from tests.servers.web import Answer, redirect


@prepared
def revoke_webhook(bench: Bench) -> None:
    bench.street.slack.refusal = "no_service"


@prepared
def archive_channel(bench: Bench) -> None:
    bench.street.slack.refusal = "channel_is_archived"


@prepared
def keep_bot_out(bench: Bench) -> None:
    bench.street.slack.refusal = "not_in_channel"


@prepared
def take_scope(bench: Bench) -> None:
    bench.street.slack.refusal = "missing_scope"


@prepared
def fill_mailbox(bench: Bench) -> None:
    bench.street.mail.refuse("452 4.2.2 mailbox full")


@prepared
def remove_mailbox(bench: Bench) -> None:
    bench.street.mail.refuse("550 5.1.1 no such user here")


@prepared
def end_hook(bench: Bench) -> None:
    bench.street.web.serve("/hook", Answer("gone", 410))


@prepared
def close_hook(bench: Bench) -> None:
    bench.street.web.serve("/hook", Answer("who are you?", 401))


@prepared
def move_hook(bench: Bench) -> None:
    bench.street.web.serve("/hook", redirect("/elsewhere"))


@prepared
def write_a_wrong_template(bench: Bench) -> None:
    (bench.folder / "templates").mkdir()
    (bench.folder / "templates" / "message.txt").write_text("Ofsted\n{{ message.subject( }}\n", "utf-8")


@prepared
def name_what_is_not_there(bench: Bench) -> None:
    (bench.folder / "templates").mkdir()
    (bench.folder / "templates" / "message.txt").write_text("{{ message.headline_of_the_day }}\n", "utf-8")


@prepared
def keep_other_templates(bench: Bench) -> None:
    (bench.folder / "templates").mkdir()
    (bench.folder / "templates" / "mesage.txt").write_text("{{ message.subject }}\n", "utf-8")


@prepared
def publish_and_revoke_webhook(bench: Bench) -> None:
    revoke_webhook(bench)
    bench.rewrite(lambda text: text.replace('channel = "bot"', 'channel = "program"'))
    bench.street.site.publish_letter()


@prepared
def drop_a_channel_with_mail_waiting(bench: Bench) -> None:
    bench.street.site.publish_letter()
    fill_mailbox(bench)
    bench.run("check")
    start = "[channels.office]"
    bench.rewrite(
        lambda text: (text[: text.index(start)] + text[text.index("[channels.program]") :]).replace(
            'channel = "office"', 'channel = "journal"'
        )
    )
    with closing(sqlite3.connect(bench.database)) as connection, connection:
        connection.execute("UPDATE outbox SET due_at = created_at WHERE state = 'pending'")
