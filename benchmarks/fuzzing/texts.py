"""Dates, names, queries and what is shown: nothing is made up, nothing gets through that acts."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import SMTP
from html.parser import HTMLParser

from benchmarks.fuzzing.target import Target, expect
from letterwatch.exporting.plain import defuse
from letterwatch.web.api.asking import PublicationsQuery, parse_query
from letterwatch.web.api.problems import ApiError
from notifier.addresses import parse_address
from notifier.composing.parts import Fact, Link, Message, Passage, Quote, tidied
from notifier.rendering.email import Envelope, render_email
from notifier.rendering.slack import SlackPayload, render_slack
from notifier.rendering.text import render_text
from scraper.letters.fields.dates import find_full_span, find_month, find_spans
from scraper.letters.fields.inspectors import find_visitors
from scraper.pages.markup import find_date
from scraper.pages.moments import find_moment
from state import Register, RegisterError

DATES = (
    "9 and 10 October 2019", "25 February to 8 March 2019", "12/09/2016", "Fri, 01 Nov 2019 16:52:00 GMT",
    "2019-11-01T09:30:00+00:00", "1st of Nov. 2019 at 4.30 pm", "29, 30 and 31 July and 1 August 2018",
    "The visit took place on 9 October", "28 December 2017 - 3 January 2018", "June 2018",
)  # fmt: skip
NAMES = (
    "Wakefield", "Kingston upon Hull, City of", "Bristol City Council", "St Helens", "region:North West",
    "neighbours:Wakefield", "Councils in Yorkshire: Leeds, Kirklees and the East Riding",
    "The visit was carried out by Rachel Holden HMI and Tracey Scott, Her Majesty’s Inspectors.",
    "Her Majesty’s Inspectors for the visit were Neil Penswick and Dr. Mary-Jane O’Neill-Smith.",
)  # fmt: skip
QUERIES = (
    "q=children&page=2&size=25", "kind=monitoring_visit&authority=80451&since=2019-11-01", "page=0&size=9999",
)  # fmt: skip
SHOWN = (
    "Wakefield: third monitoring visit letter", "<!channel> <https://evil.example|click> *bold* _it_ &",
    '=HYPERLINK("http://evil")', "Evil\r\nBcc: all@example.org <script>alert(1)</script>",
    "javascript:alert(1)", "https://files.ofsted.gov.uk/v1/file/50121234?a=1&b=2",
)  # fmt: skip
SENDER = parse_address("Letterwatch <letterwatch@example.org>")
TO = parse_address("desk@example.org")
MOMENT = datetime(2019, 11, 1, 9, 0, tzinfo=UTC)


def list_text_targets() -> Iterator[Target]:
    """Every text that is understood or shown."""
    yield Target("dates and times", _encode(DATES), _find_dates)
    yield Target("names of authorities and inspectors", _encode(NAMES), _find_names)
    yield Target("API queries", _encode(QUERIES), _parse_query)
    yield Target("Slack, mail and terminal escaping", _encode(SHOWN), _show)
    yield Target("CSV cells", _encode(SHOWN), _write_cell)


def _encode(texts: tuple[str, ...]) -> list[bytes]:
    return [text.encode() for text in texts]


def _find_dates(body: bytes) -> str:
    text = body.decode(errors="replace")
    days = [day for span in find_spans(text, date(2019, 11, 1)) for day in (span.first, span.last)]
    days += [day for day in (find_date(text),) if day]
    for day in days:
        _expect_printed(day.day, text)
    moment = find_moment(text)
    if moment:
        expect(moment.tzinfo is not None, "a moment without its zone")
        expect(
            any(_is_printed(moment.year + off, text) for off in (-1, 0, 1)) or "-" in text,
            "a year that is not printed",
        )
    month = find_month(text)
    expect(month is None or _is_printed(int(month[:4]), text), "a month's year that is not printed")
    find_full_span(text)
    return "found" if days or moment else "none"


def _expect_printed(number: int, text: str) -> None:
    expect(_is_printed(number, text), f"the day {number} is not printed in {text[:80]!r}")


def _is_printed(number: int, text: str) -> bool:
    return any(int(found) == number for found in re.findall(r"\d{1,4}", text)) or str(number) in text


def _find_names(body: bytes) -> str:
    text = body.decode(errors="replace")
    register = Register.load()
    found = register.find(text) or register.find_in(text)
    register.find_mentioned(text)
    for name in find_visitors(text):
        expect(all(word in text for word in name.split()), f"an inspector who is not printed: {name!r}")
    try:
        register.select(text)
    except RegisterError as error:
        expect("\n" not in str(error), "a mend of several lines")
        return "found" if found else "refused"
    return "found"


def _parse_query(body: bytes) -> str:
    text = body.decode(errors="replace")
    pairs = [(name, value) for name, _, value in (part.partition("=") for part in text.split("&"))]
    try:
        parse_query(PublicationsQuery, pairs)
    except ApiError:
        return "refused"
    return "understood"


def _show(body: bytes) -> str:
    text = _decode(body)
    message = tidied(make_message(text))
    plain = render_text(message)
    expect(
        not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain),
        "a terminal is moved",
    )
    for part in find_mrkdwn(render_slack(message)):
        expect("<!" not in part and "<@" not in part and "<#" not in part, f"Slack would act: {part[:80]!r}")
    mail = render_email(message, Envelope("1", "all", SENDER, TO, MOMENT, None))
    check_mail(bytes(mail), set(mail.keys()))
    return "shown"


def make_message(text: str) -> Message:
    """What a document, a story or a server says, wherever a message takes it; labels are ours."""
    quote = Quote(text, 1, text)
    return Message(
        headline=f"Wakefield: {text}",
        subject=f"Wakefield: {text}",
        notice=f"Wakefield: {text}",
        facts=(Fact("Inspectors", text, text), Fact("Title", text)),
        passages=(Passage(text, (quote,), text, text),),
        context=(text,),
        links=(Link("Read it", text),),
    )


def find_mrkdwn(payload: SlackPayload) -> Iterator[str]:
    """Every text of a payload that Slack would format."""
    for block in payload.blocks:
        for part in [block.get("text") or {}, *block.get("fields", []), *block.get("elements", [])]:
            if part.get("type") == "mrkdwn":
                yield part["text"]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}
        expect(not any(name.startswith("on") for name, _ in attrs), "a handler in a mail")


def check_mail(sent: bytes, names: set[str]) -> None:
    """Raises Wrong where a mail has headers or elements that we did not give it."""
    mail = message_from_bytes(sent, policy=SMTP)
    expect(set(mail.keys()) == names, f"headers {set(mail.keys()) ^ names}")
    html = mail.get_body(("html",))  # type: ignore[attr-defined]
    elements = _Elements()
    elements.feed(html.get_content())
    expect(
        not elements.found & {"script", "iframe", "object", "base", "form", "img"},
        "an element of somebody else's",
    )
    expect(
        all(link.startswith(("http://", "https://", "mailto:")) for link in elements.links),
        "a link of another scheme",
    )


def _decode(body: bytes) -> str:
    """Text with halves of characters where the bytes have them, as damaged pages can give it."""
    try:
        return body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace")


def _write_cell(body: bytes) -> str:
    text = _decode(body)
    cell = str(defuse(text))
    expect(not re.match(r"\s*[=+\-@\t\r]", cell), "a formula")
    file = io.StringIO()
    csv.writer(file).writerow([cell, "next"])
    file.seek(0)
    expect(next(csv.reader(file)) == [cell, "next"], "a cell that does not come back")
    file.getvalue().encode()
    return "written"
