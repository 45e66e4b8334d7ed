"""Passages in quotation marks: three styles, over several paragraphs, with a reporter's edits taken out."""

import re
from collections.abc import Iterable, Iterator

from scraper.coverage.words import hash_groups, words_of
from state import QuotedWords

LONGEST = 400  # words of one passage
MOST = 200  # passages of one article
FEWEST_WORDS = 2

_OPENERS = {"“": "”", '"': '"', "„": "”", "«": "»", "‘": "’", "'": "'"}
_SINGLE = frozenset("‘'")
_GLUED_EDIT = re.compile(r"\[(\w{1,2})\](?=\w)")
_BREAK = re.compile(r"\[[^\]]{0,200}\]|\(\s*\.\.\.\s*\)|…|\.\s?\.\s?\.+")


def find_quotations(paragraphs: Iterable[str]) -> list[str]:
    """Every passage in quotation marks, as it stands, in the order of the text.

    A passage that a paragraph leaves open ends with it: the next opens with a mark of its own.
    """
    found: list[str] = []
    for paragraph in paragraphs:
        for passage in _passages(paragraph):
            if len(found) >= MOST:
                return found
            found.append(passage)
    return found


def hash_quotation(passage: str) -> list[QuotedWords]:
    """A passage as hashes; apart where a reporter left out or put in words, [in brackets] or with …."""
    pieces = []
    for piece in _BREAK.split(_GLUED_EDIT.sub(r"\1", passage)):
        words = words_of(piece)[:LONGEST]
        if len(words) >= FEWEST_WORDS:
            pieces.append(QuotedWords(words=len(words), groups=hash_groups(words)))
    return pieces


def _passages(paragraph: str) -> Iterator[str]:
    at = 0
    while at < len(paragraph):
        mark = paragraph[at]
        if mark in _OPENERS and _opens(paragraph, at):
            end = _find_end(paragraph, at)
            passage = paragraph[at + 1 : end].strip()
            if passage:
                yield passage
            at = end
        at += 1


def _opens(text: str, at: int) -> bool:
    """A mark opens where no word stands before it and one follows."""
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 2]
    return not before.isalnum() and bool(after) and not after.isspace() and after not in "”’"


def _find_end(text: str, at: int) -> int:
    """Where the passage opened at `at` ends: at its closing mark, else with the paragraph."""
    closer = _OPENERS[text[at]]
    single = text[at] in _SINGLE
    ends = [end for end in range(at + 1, len(text)) if text[end] == closer and _closes(text, end)]
    if not ends:
        return at if single else len(text)  # a lone single mark is an apostrophe
    for end in ends[:-1]:
        if not (single and _is_possessive(text, end)):
            return end
    return ends[-1]


def _closes(text: str, at: int) -> bool:
    return not text[at + 1 : at + 2].isalnum() and not text[at - 1].isspace()


def _is_possessive(text: str, at: int) -> bool:
    """ "leaders’ plans" in single marks: the mark after a plural s need not close."""
    return text[at - 1] == "s" and bool(re.match(r" [a-z]", text[at + 1 : at + 3]))
