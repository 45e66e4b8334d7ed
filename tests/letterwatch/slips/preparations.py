"""What has happened to an operator's folder, or on the street, before a slip's command is run."""

import gzip
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

from state import DeliveryState, Store
from state.storage.schema import SCHEMA_VERSIONS
from tests.letterwatch.slips.bench import Bench
from tests.servers.web import Answer, redirect

Preparation = Callable[[Bench], object]

WEBHOOK = "https://hooks.slack.com/services/T0/B0/hush"
WEBHOOK_FILE = "channels__newsdesk__webhook_url"
PAGE = b"<!DOCTYPE html><html><body><h1>Page not found</h1></body></html>"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'
BEYOND = "9999"  # a schema of the future
PREPARATIONS: dict[str, Preparation] = {}


def prepared(prepare: Preparation) -> Preparation:
    """Registers a preparation under its name."""
    PREPARATIONS[prepare.__name__] = prepare  # type: ignore[attr-defined]
    return prepare


def _keep_secret(name: str, content: bytes, mode: int = 0o600) -> Preparation:
    def prepare(bench: Bench) -> None:
        (bench.folder / "secrets").mkdir()
        secret = bench.folder / "secrets" / name
        secret.write_bytes(content)
        secret.chmod(mode)

    return prepare


def _save(name: str, content: bytes) -> Preparation:
    return lambda bench: (bench.folder / name).write_bytes(content)


PREPARATIONS |= {
    "save_as_utf16": lambda bench: bench.rewrite(lambda text: text.encode("utf-16")),
    "save_as_latin1": lambda bench: bench.rewrite(lambda text: f"# für alle\n{text}".encode("latin-1")),
    "forbid_configuration": lambda bench: bench.config.chmod(0),
    "give_a_binary_file": lambda bench: bench.config.write_bytes(b"SQLite format 3\0\x10\0\x02\x02\0@  \0"),
    "give_a_huge_file": lambda bench: bench.config.write_bytes(b"# watching\n" * 100_000),
    "write_yaml": lambda bench: bench.config.write_text("ofsted:\n  poll: 10m\n", "utf-8"),
    "write_json": lambda bench: bench.config.write_text(json.dumps({"ofsted": {"poll": "10m"}}), "utf-8"),
    "leave_merge_marks": lambda bench: bench.rewrite(
        lambda text: text.replace("[ofsted]", "<<<<<<< HEAD\n[ofsted]")
    ),
    "cut_configuration": lambda bench: bench.rewrite(lambda text: text[: text.index("reports_url") + 20]),
    "remove_configuration": lambda bench: bench.config.unlink(),
    "misspell_secret": _keep_secret("channels__newsdesk__webhok_url", WEBHOOK.encode()),
    "empty_secret": _keep_secret(WEBHOOK_FILE, b"\n"),
    "forbid_secret": _keep_secret(WEBHOOK_FILE, WEBHOOK.encode(), 0),
    "wrong_secret": _keep_secret(WEBHOOK_FILE, b"hooks.slack.com/hush\n"),
    "two_lines_of_secret": _keep_secret(WEBHOOK_FILE, f"# Slack\n{WEBHOOK}\n".encode()),
    "utf16_secret": _keep_secret(WEBHOOK_FILE, WEBHOOK.encode("utf-16")),
    "save_page_as_pdf": _save("letter.pdf", PAGE),
    "save_nothing_as_pdf": _save("letter.pdf", b""),
    "save_word_as_pdf": _save("letter.pdf", b"PK\x03\x04word/document.xml"),
    "save_pdf_as_story": _save("story.html", b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"),
    "save_text_as_story": _save("story.html", b"Ofsted says the council is improving."),
    "save_feed_as_story": _save("story.html", FEED),
    "save_nothing_as_story": _save("story.html", b""),
    "unsubscribe_all": lambda bench: bench.rewrite(
        lambda text: text[: text.index("[[subscriptions]]")] + text[text.index("[web]") :]
    ),
    "publish": lambda bench: bench.street.site.publish_letter(),
}


@prepared
def save_half_a_pdf(bench: Bench) -> None:
    body = bench.street.site.letter.body.read_bytes()
    (bench.folder / "letter.pdf").write_bytes(body[: len(body) // 2])


# The state


@prepared
def remove_state(bench: Bench) -> None:
    shutil.rmtree(bench.folder / "data")


@prepared
def delete_database(bench: Bench) -> None:
    for file in bench.database.parent.glob("letterwatch.db*"):
        file.unlink()


@prepared
def move_state(bench: Bench) -> None:
    (bench.folder / "data").rename(bench.folder / "var")


@prepared
def replace_database(bench: Bench) -> None:
    delete_database(bench)
    bench.database.write_text("See the other disk.\n" * 100, "utf-8")


@prepared
def cut_database(bench: Bench) -> None:
    _fold_in(bench)
    bench.database.write_bytes(bench.database.read_bytes()[: bench.database.stat().st_size // 2])


@prepared
def make_database_a_folder(bench: Bench) -> None:
    remove_state(bench)
    bench.database.mkdir(parents=True)


@prepared
def make_data_a_file(bench: Bench) -> None:
    remove_state(bench)
    (bench.folder / "data").write_text("", "utf-8")


@prepared
def use_a_foreign_database(bench: Bench) -> None:
    remove_state(bench)
    bench.database.parent.mkdir()
    with closing(sqlite3.connect(bench.database)) as connection, connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")


@prepared
def age_the_program(bench: Bench) -> None:
    """The state was written by a Letterwatch that this one does not know."""
    _set_schema(bench, BEYOND)


@prepared
def age_the_state(bench: Bench) -> None:
    _set_schema(bench, SCHEMA_VERSIONS[0])


@prepared
def make_read_only(bench: Bench) -> None:
    _fold_in(bench)
    for path in (bench.database, bench.database.parent):
        path.chmod(0o555)
        bench.stack.callback(path.chmod, 0o755)


@prepared
def forbid_state(bench: Bench) -> None:
    for file in bench.database.parent.glob("letterwatch.db*"):
        file.chmod(0)


@prepared
def rehearse(bench: Bench) -> None:
    with closing(sqlite3.connect(bench.database)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'rehearsal' WHERE key = 'mode'")


@prepared
def lock_source(bench: Bench) -> None:
    _lock(bench, "ofsted")


@prepared
def lock_daemon(bench: Bench) -> None:
    _lock(bench, "daemon")


@prepared
def hold_database(bench: Bench) -> None:
    """Nobody waits for it here as long as an operator would."""
    connection = bench.stack.enter_context(closing(sqlite3.connect(bench.database, isolation_level=None)))
    connection.execute("BEGIN IMMEDIATE")
    bench.stack.enter_context(patch.dict(Store.open.__func__.__kwdefaults__, timeout=0.05))


@prepared
def make_archive_a_file(bench: Bench) -> None:
    shutil.rmtree(bench.archive)
    bench.archive.write_text("", "utf-8")


@prepared
def delete_archive(bench: Bench) -> None:
    shutil.rmtree(bench.archive)


@prepared
def damage_archive(bench: Bench) -> None:
    bodies = sorted(path for path in bench.archive.rglob("*") if path.is_file() and not path.suffix)
    bodies[0].write_bytes(b"%PDF-1.7 another letter %%EOF")


# Backups and holds


@prepared
def back_up(bench: Bench) -> None:
    bench.run("backup", "monday.tar")


@prepared
def remove_all_but_a_copy(bench: Bench) -> None:
    _fold_in(bench)
    shutil.copy(bench.database, bench.folder / "copy.db")
    remove_state(bench)


@prepared
def cut_backup(bench: Bench) -> None:
    _spoil_backup(bench, lambda body: body[: len(body) // 2])


@prepared
def damage_backup(bench: Bench) -> None:
    _spoil_backup(bench, lambda body: body.replace(b"%PDF-", b"%PDX-", 1))


@prepared
def compress_backup(bench: Bench) -> None:
    _spoil_backup(bench, gzip.compress)
    (bench.folder / "monday.tar").rename(bench.folder / "monday.tar.gz")


@prepared
def back_up_what_is_newer(bench: Bench) -> None:
    back_up(bench)
    bench.stack.enter_context(patch("state.keeping.restoring.SCHEMA_VERSIONS", SCHEMA_VERSIONS[:-1]))
    remove_state(bench)


@prepared
def make_a_closed_folder(bench: Bench) -> None:
    (bench.folder / "closed").mkdir(mode=0o555)


@prepared
def hold_a_flood(bench: Bench) -> None:
    bench.rewrite(lambda text: text.replace("[ofsted]", "[ofsted]\nflood = 1"))
    site = bench.street.site
    whole = site.replica
    bench.stack.callback(setattr, site, "replica", whole)
    for number in range(2):
        site.publish(
            replace(
                site.letter,
                file_id=f"5990{number:04}",
                visited_on=date(2019, 10, 1) + timedelta(days=number),
                published_on=date(2019, 11, 2),
            )
        )
    bench.run("check")
    _name_delivery(bench, DeliveryState.HELD)


@prepared
def release_once(bench: Bench) -> None:
    hold_a_flood(bench)
    bench.run("release", "flood-2")


@prepared
def tell_the_letter(bench: Bench) -> None:
    bench.street.site.publish_letter()
    bench.run("check")
    _name_delivery(bench, DeliveryState.SENT)


# The street


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


def _fold_in(bench: Bench) -> None:
    """Puts the journal into the database's file."""
    with closing(sqlite3.connect(bench.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_schema(bench: Bench, version: str) -> None:
    with closing(sqlite3.connect(bench.database)) as connection, connection:
        connection.execute("UPDATE letterwatch_schema SET version_num = ?", (version,))


def _lock(bench: Bench, name: str) -> None:
    url = f"sqlite:///{bench.database}"
    store = bench.stack.enter_context(closing(Store.open(url, rehearsal=False)))
    bench.stack.enter_context(store.lock(name))


def _spoil_backup(bench: Bench, change: Callable[[bytes], bytes]) -> None:
    back_up(bench)
    file = bench.folder / "monday.tar"
    file.write_bytes(change(file.read_bytes()))
    remove_state(bench)


def _name_delivery(bench: Bench, state: DeliveryState) -> None:
    with closing(Store.open(f"sqlite:///{bench.database}", rehearsal=False)) as store:
        bench.words["{delivery}"] = store.deliveries(state)[0].id
