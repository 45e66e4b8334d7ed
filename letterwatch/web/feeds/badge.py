"""A badge that any page can embed: a small SVG without script, fonts of its own or colour alone. Pure."""

import unicodedata
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

TYPE = "image/svg+xml; charset=utf-8"

_HEIGHT = 22
_PAD = 8  # on each side of a text
_SIZE = 12  # the font's, in pixels
_LONGEST = 120  # characters of one side
_NARROW = set(" .,:;'|!ijltfrI()[]/-’‘")
_WIDE = set("mwMW%@—")
_FONT = "Verdana,'DejaVu Sans',Geneva,sans-serif"


@dataclass(frozen=True, slots=True)
class Badge:
    """Who it is about, what is known, and a longer sentence for those who cannot see it."""

    label: str
    message: str
    description: str
    colour: str  # of the message's field; white text on it has a contrast of 4.5 at least


def render_badge(badge: Badge) -> bytes:
    """The badge as an SVG image, as wide as its words."""
    label, message = _shorten(badge.label), _shorten(badge.message)
    left, right = _measure(label) + 2 * _PAD, _measure(message) + 2 * _PAD
    title = escape(f"{label}: {message}")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" '
        f'viewBox="0 0 {left + right} {_HEIGHT}" role="img" aria-labelledby="title description">',
        f'<title id="title">{title}</title>',
        f'<desc id="description">{escape(_clean(badge.description))}</desc>',
        f'<rect width="{left + right}" height="{_HEIGHT}" rx="3" fill="#30363d"/>',
        f'<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v{_HEIGHT - 6}a3 3 0 0 1-3 3h-{right - 3}z" '
        f"fill={quoteattr(badge.colour)}/>",
        f'<g fill="#fff" font-family="{_FONT}" font-size="{_SIZE}" aria-hidden="true">',
        _write(label, _PAD),
        _write(message, left + _PAD),
        "</g></svg>\n",
    ]
    return "".join(parts).encode()


def _write(text: str, x: int) -> str:
    """Text set to its measured width, so that it fits whatever font the reader has."""
    length = f'textLength="{_measure(text)}" lengthAdjust="spacingAndGlyphs"' if text else ""
    return f'<text x="{x}" y="15" {length}>{escape(text)}</text>'


def _measure(text: str) -> int:
    """The width of a text in pixels, near that of Verdana."""
    return round(sum(map(_measure_letter, text)))


def _measure_letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _SIZE
    if letter in _NARROW:
        return 4.9
    if letter in _WIDE:
        return 11.6
    return 8.6 if letter.isupper() or letter.isdigit() else 7.4


def _shorten(text: str) -> str:
    tidy = _clean(text)
    return tidy if len(tidy) <= _LONGEST else f"{tidy[: _LONGEST - 1].rstrip()}…"


def _clean(text: str) -> str:
    """One line without what XML cannot hold or a reader cannot see."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())
