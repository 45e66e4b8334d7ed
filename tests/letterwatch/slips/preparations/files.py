"""What an operator did to the configuration, to a secret, or to a document that is to be read."""

import json

from tests.letterwatch.slips.bench import Bench
from tests.letterwatch.slips.preparations.registry import PREPARATIONS, Preparation, prepared

WEBHOOK = "https://hooks.slack.com/services/T0/B0/hush"
WEBHOOK_FILE = "channels__newsdesk__webhook_url"
PAGE = b"<!DOCTYPE html><html><body><h1>Page not found</h1></body></html>"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'


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
