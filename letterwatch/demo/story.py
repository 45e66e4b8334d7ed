"""The demo's story: a baseline, a letter and its alerts, a paper's report of it, and then nothing new."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich.padding import Padding

from letterwatch.demo.display import draw_mail, draw_slack
from letterwatch.demo.page import find_on_page
from letterwatch.demo.paper import PaperServer
from letterwatch.demo.replica import Publication
from letterwatch.demo.stage import Pass, Stage
from letterwatch.demo.telling import draw_known, find_noise, say_pass, say_step

NOW = datetime(2019, 11, 1, 9, 0, tzinfo=UTC)
LETTER = "50121234"
QUOTED = "Work with children is now routinely recorded"
PACE = "The local authority is making steady progress in improving services for its children and young people"


async def tell_letter(stage: Stage, letter: Publication) -> list[str]:
    """Tells the story of one letter; returns what did not come as expected."""
    problems = []
    say_step(stage, 1, "The first pass: what is there is recorded, and nobody is told.")
    first = await stage.look()
    say_pass(stage, first)
    stage.console.print(Padding(draw_known(stage), (1, 0, 0, 3)))
    problems += [*first.problems, *_expect("the first pass", stage, slack=0, mails=0)]

    say_step(stage, 2, "Ofsted publishes a letter: Wakefield, Monitoring visit, 1 November 2019.")
    stage.site.publish(letter)
    second = await stage.look()
    say_pass(stage, second)
    _say_arrivals(stage, second)
    for message in stage.inbox.slack:
        stage.console.print(Padding(draw_slack(message), (1, 0, 0, 3)))
    for mail in stage.inbox.mails:
        stage.console.print(Padding(draw_mail(mail), (1, 0, 0, 3)))
    problems += [*second.problems, *_expect("the letter", stage, slack=1, mails=1)]
    problems += _find_wrong_letters(stage, letter)
    address = f"{stage.page_url}/letter/{letter.urn}/{letter.file_id}"
    stage.console.print(f"   [green]page[/]   {address}", highlight=False, soft_wrap=True)
    problems += await asyncio.to_thread(find_on_page, address, PACE)

    heard = 1
    if stage.paper:
        heard = 2
        problems += await _tell_report(stage, stage.paper)
    say_step(
        stage, heard + 2, "Another pass: nothing is new, nobody is told again, hardly anything is fetched."
    )
    third = await stage.look()
    say_pass(stage, third)
    problems += [*third.problems, *_expect("the last pass", stage, slack=heard, mails=heard)]
    return problems + find_noise(first, third)


async def _tell_report(stage: Stage, paper: PaperServer) -> list[str]:
    """The local paper reports the letter: told once, in the letter's thread, by what it quotes."""
    say_step(stage, 3, "The local paper reports it: linked by its quotations, told in the letter's thread.")
    paper.publish()
    done = await stage.look()
    say_pass(stage, done)
    for message in stage.inbox.slack[1:]:
        stage.console.print(Padding(draw_slack(message), (1, 0, 0, 3)))
    for mail in stage.inbox.mails[1:]:
        stage.console.print(Padding(draw_mail(mail), (1, 0, 0, 3)))
    problems = [*done.problems, *_expect("the report", stage, slack=2, mails=2)]
    return [*problems, *_find_loose_ends(stage, paper)]


def _find_loose_ends(stage: Stage, paper: PaperServer) -> Iterator[str]:
    """A line for a report outside the letter's thread, without link or quotation, or with more than these."""
    first, *answers = stage.inbox.mails
    for mail in answers:
        if mail.message["In-Reply-To"] != first.message["Message-ID"]:
            yield "the report's mail does not answer the letter's"
    texts = [str(each.payload) for each in stage.inbox.slack[1:]] + [mail.text for mail in answers]
    for text in texts:
        tidy = " ".join(text.split())
        if paper.story not in tidy or QUOTED not in tidy:
            yield f"a message about the report does not hold its link and “{QUOTED}”"
        if "more to do" in tidy:
            yield "a message about the report holds the reporter's text"


def _say_arrivals(stage: Stage, done: Pass) -> None:
    arrivals = [("Slack", each.at) for each in stage.inbox.slack]
    arrivals += [("e-mail", each.at) for each in stage.inbox.mails]
    for name, at in arrivals:
        stage.console.print(
            f"   [green]{name}[/] {at - done.began_at:.1f} s after the letter appeared", highlight=False
        )


def _expect(when: str, stage: Stage, *, slack: int, mails: int) -> Iterator[str]:
    """A line for each channel that holds another number of messages than expected."""
    counts = (("Slack messages", len(stage.inbox.slack), slack), ("e-mails", len(stage.inbox.mails), mails))
    for name, there, expected in counts:
        if there != expected:
            yield f"after {when} the inbox holds {there} {name}, expected {expected}"


def _find_wrong_letters(stage: Stage, letter: Publication) -> Iterator[str]:
    """A line for each message that does not lead to the letter, or does not quote its pace of progress."""
    link = f"{stage.site.url}/v1/file/{letter.file_id}"
    texts: Sequence[tuple[str, str]] = [
        *(("a Slack message", str(each.payload)) for each in stage.inbox.slack),
        *(("an e-mail", each.text) for each in stage.inbox.mails),
    ]
    for name, text in texts:
        for expected in (link, PACE):
            if expected not in " ".join(text.split()):
                yield f"{name} does not hold “{expected}”"
