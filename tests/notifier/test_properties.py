"""What channels show of any text at all: it neither acts nor breaks the message."""

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.target import HOSTILE
from benchmarks.fuzzing.texts import (
    MOMENT,
    SENDER,
    TO,
    check_mail,
    find_mrkdwn,
    make_message,
)
from notifier.composing.parts import tidied
from notifier.composing.wording import cut, tidy
from notifier.rendering.email import Envelope, render_email
from notifier.rendering.slack import escape, render_slack
from notifier.rendering.text import render_text

PIECES = [piece.decode("utf-8", "surrogatepass")[:200] for piece in HOSTILE]
TEXTS = st.lists(st.one_of(st.text(max_size=30), st.sampled_from(PIECES)), max_size=6).map("".join)
COMMON = settings(max_examples=200, deadline=None, derandomize=True)


@COMMON
@given(TEXTS)
def test_no_text_formats_mentions_or_links_in_slack(text: str) -> None:
    for part in find_mrkdwn(render_slack(tidied(make_message(text)))):
        assert not {"<!", "<@", "<#"} & {part[at : at + 2] for at in range(len(part))}
    shown = escape(text)
    assert not {"<", ">"} & set(shown)
    back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert len(back) == len(text)  # look-alikes take the place of what formats, and nothing is lost


@COMMON
@given(TEXTS)
def test_no_text_adds_a_header_or_an_element_to_a_mail(text: str) -> None:
    mail = render_email(tidied(make_message(text)), Envelope("1", "all", SENDER, TO, MOMENT))
    check_mail(bytes(mail), set(mail.keys()))


@COMMON
@given(TEXTS)
def test_no_text_moves_a_terminal(text: str) -> None:
    shown = render_text(tidied(make_message(text)))
    assert all(character.isprintable() or character == "\n" for character in shown)


@COMMON
@given(TEXTS, st.integers(min_value=2, max_value=400))
def test_a_text_is_tidied_once_and_cut_to_its_length(text: str, limit: int) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert len(cut(once, limit)) <= limit
