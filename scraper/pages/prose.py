"""A story's paragraphs without what pages print between and onto them."""

import re
from collections.abc import Iterable, Iterator

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONGEST = 5_000  # characters of a paragraph that is read

# Lines that are the page's, not the story's, in lower case from the line's beginning.
_FURNITURE = (
    r"(?:hide ad|advertisement|advert|ad|promoted stories|related (?:topics|articles)"
    r"|more on this story|share this article|comments?|image (?:source|caption)|video caption|loading"
    r"|story continues below)[.:]?$",
    r"image (?:source|caption), |\(?(?:photo|picture|pic|image|credit)s?: .{0,80}$",
    r"read (?:more|also|next|this)\b|(?:more|related|watch|listen): |see also\b|click here\b|>> ?",
    r"(?:visit )?shots!|watch more of our videos|visit shots|.{0,60}\bshots ?tv\b",
    r"sign up (?:to|for)\b.{0,200}(?:newsletter|email|alerts|inbox|app|daily)",
    r".{0,80}\bnewsletters?\b.{0,60}(?:sign up|inbox)",
    r"(?:get|keep up|stay).{0,120}(?:to your inbox|newsletter|by signing up)",
    r"thank you for (?:signing up|subscribing)|by entering your email|you can unsubscribe",
    r"we use your sign-up|our privacy (?:notice|policy)|did you know with a|subscribe (?:to|now|today|for)\b",
    r"join our (?:whatsapp|facebook|community|dedicated)|follow (?:us|bbc)\b|send (?:us )?your story",
    r"listen to (?:the best of )?bbc\b|listen to (?:highlights|news)\b.{0,60}\bsounds\b",
    r"do you have a story|get in touch with\b.{0,60}(?:email|@)|additional reporting by .{0,60}$",
    r"we use cookies|this (?:web)?site uses cookies|.{0,40}accept (?:all )?cookies|manage (?:your )?cookies",
    r"cookie settings|to continue reading|already (?:a |have a )?subscri|already registered",
    r"this (?:article|content|story) is (?:only )?(?:for|available to) ",
    r"register (?:for free|now|to (?:read|continue))",
    r"log ?in to (?:read|continue)|you(?:'ve| have) (?:reached|read) .{0,40}(?:limit|free)",
    r"(?:published|posted|updated|date)\b[^.]{0,60}\b(?:19|20)\d\d[^.]{0,20}$",
    r"(?:by )?(?:[a-z'’-]+,? ){0,4}local democracy reporting service[.]?$",
    r"(?:by )?(?:[a-z'’-]+,? ){1,4}local democracy reporter[.]?$",
)
_LINES = re.compile("|".join(f"(?:{pattern})" for pattern in _FURNITURE))
_GLUED_IN_FRONT = re.compile(r"^(?:(?:Advertisement|Hide Ad)\s*)+(?=[A-Z0-9“\"‘'])|^(?:ADVERTISEMENT\s*)+")
_GLUED_BEHIND = re.compile(r"(?<=[.!?”\"’'])\s*(?:Advertisement|ADVERTISEMENT|Hide Ad)+$")
_SERVICE_BEHIND = re.compile(
    r"(?<=[.!?”\"’'])\s*(?:[-–—|(]\s*)?(?:By\s+(?:[A-Z][\w'’-]+\s*){1,3},?\s*)?"
    r"(?:The\s+)?(?:Local Democracy Reporting Service|LDRS|LOCAL DEMOCRACY REPORTING SERVICE)\)?\.?$"
)
_TWICE = re.compile(r"^(.{12,})\s*\1$", re.DOTALL)


def clean_paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    """The story's own paragraphs, in order; a caption that the page prints twice stands once."""
    kept: list[str] = []
    for line in lines:
        text = clean_paragraph(line)
        if text and not _is_repeated(text, kept):
            kept.append(text)
    return tuple(kept)


def clean_paragraph(line: str) -> str:
    """One line without what is glued to it; empty where nothing of it is the story's."""
    text = flatten(line)[:_LONGEST].removeprefix("- ")
    text = _GLUED_BEHIND.sub("", _GLUED_IN_FRONT.sub("", text))
    text = _SERVICE_BEHIND.sub("", text)
    twice = _TWICE.match(text)
    text = (twice[1] if twice else text).strip()
    return "" if _LINES.match(text.lower()) else text


def flatten(text: str) -> str:
    """A text on one line, without characters that nobody sees."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def count_words(paragraphs: Iterable[str]) -> int:
    """The words of some paragraphs."""
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _is_repeated(text: str, kept: list[str]) -> bool:
    """Captions stand twice in a row; a quotation pulled out for show may stand anywhere."""
    return text in kept[-2:] or (len(text) > 40 and text in kept)


def split_lines(text: str) -> Iterator[str]:
    """The non-empty lines of an extracted or JSON text."""
    return (line for line in re.split(r"[\r\n]+|<br\s*/?>|</p>", text) if line.strip())
