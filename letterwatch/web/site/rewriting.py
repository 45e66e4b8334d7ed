"""From an answer of the page to a file of the static copy: links made relative, forms made links. Pure.

The pages are our own: every attribute is quoted, and text from outside holds no raw quote or bracket.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import urlencode

ORIGIN = "https://site.invalid"
"""Under which name the page is asked; no file keeps it."""

Resolve = Callable[[str], str | None]
"""From a link within the page to the file's link; None: what it led to is not in the copy."""

_LINK = re.compile(r'(?P<before>\s(?:href|src)=")(?P<link>/[^"]*)"')
_ANCHOR = re.compile(r'<a\b[^>]*?\shref="(?P<link>/[^"]*)"[^>]*>(?P<inside>.*?)</a>', re.DOTALL)
_LISTED = re.compile(r'<li>\s*<a\b[^>]*?\shref="(?P<link>/[^"]*)"[^>]*>[^<]*</a>\s*</li>\n?')
_FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL)
_ACTION = re.compile(r'\saction="(?P<action>/[^"]*)"')
_SELECT = re.compile(r'<select\b[^>]*\sname="(?P<name>[^"]*)"[^>]*>(?P<options>.*?)</select>', re.DOTALL)
_OPTION = re.compile(r'<option(?:\svalue="(?P<value>[^"]*)")?[^>]*>(?P<words>[^<]*)</option>')
_FONT = re.compile(r'url\("(?P<name>[\w.-]+)"\)')
_NAMED = re.compile(re.escape(ORIGIN) + r"(?P<link>/(?:(?!&#34;)[^\"<>\s])*)")
_FOLDED = re.compile(r"\r\n[ \t]")
_CALENDAR_URL = re.compile(r"URL:" + re.escape(ORIGIN) + r"[^\r\n]*\r\n")

_MOST_OPTIONS = 20  # a longer choice, such as of an authority, has its own pages elsewhere


def open_forms(page: str) -> str:
    """A page without forms, which need a server: a short choice becomes links, one for each."""
    return _FORM.sub(lambda form: _list_choices(form["head"], form["inside"]), page)


def find_links(text: str) -> Iterator[str]:
    """Every link within the page that a text holds."""
    for match in _LINK.finditer(text):
        yield unescape(match["link"])
    for match in _NAMED.finditer(text):
        yield unescape(match["link"])


def find_fonts(sheet: str) -> Iterator[str]:
    """The files beside a style sheet that it asks for."""
    for match in _FONT.finditer(sheet):
        yield match["name"]


def relink_page(page: str, resolve: Resolve) -> str:
    """A page with relative links; what leads nowhere loses its link, and in a list its place."""

    def drop(match: re.Match[str]) -> str:
        return match[0] if resolve(unescape(match["link"])) is not None else ""

    def unlink(match: re.Match[str]) -> str:
        return match[0] if resolve(unescape(match["link"])) is not None else match["inside"]

    def relink(match: re.Match[str]) -> str:
        return f'{match["before"]}{escape(resolve(unescape(match["link"])) or "#")}"'

    return _LINK.sub(relink, _ANCHOR.sub(unlink, _LISTED.sub(drop, page)))


def relink_names(text: str, resolve: Resolve) -> str:
    """A feed, or a page's words to be copied, whose full addresses are the copy's own."""
    return _NAMED.sub(lambda match: escape(resolve(unescape(match["link"])) or "#"), text)


def relink_calendar(calendar: str, resolve: Resolve) -> str:
    """A calendar whose links lead to the copy; it has none where these would be relative."""
    text = _FOLDED.sub("", calendar)

    def relink(match: re.Match[str]) -> str:
        link = resolve(match[0].removeprefix(f"URL:{ORIGIN}").rstrip())
        return f"URL:{link}\r\n" if link and "://" in link else ""

    return _CALENDAR_URL.sub(relink, text)


def _list_choices(head: str, inside: str) -> str:
    action = _ACTION.search(head)
    if not action or "pairing" in head:
        return ""
    address, lists = unescape(action["action"]), []
    for select in _SELECT.finditer(inside):
        options = [
            (each["words"] if each["value"] is None else each["value"], each["words"])
            for each in _OPTION.finditer(select["options"])
        ]
        if len(options) <= _MOST_OPTIONS:
            name = unescape(select["name"])
            links = (_link(address, name, unescape(value), words) for value, words in options)
            lists.append(f"<ul>{''.join(links)}</ul>")
    return f'<nav class="yearlist" aria-label="Choices">{"".join(lists)}</nav>' if lists else ""


def _link(action: str, name: str, value: str, words: str) -> str:
    address = f"{action}?{urlencode({name: value})}" if value else action
    return f'<li><a href="{escape(address)}">{words}</a></li>'
