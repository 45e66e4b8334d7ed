"""Templates to HTML: everything is escaped, and nothing that turns text around gets through."""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from letterwatch import __version__
from letterwatch.plain_words import clean
from letterwatch.web import wording
from state import CLOSES, OPENS

_MARKS = re.compile(f"[{OPENS}{CLOSES}]")


def render(template: str, values: Mapping[str, Any]) -> str:
    """A page's HTML."""
    return _environment().get_template(template).render(values)


def mark_matches(snippet: str) -> Markup:
    """A snippet with what was found marked."""
    marked = Markup("")
    for place, part in enumerate(_MARKS.split(snippet)):
        marked += Markup("<mark>{}</mark>").format(clean(part)) if place % 2 else escape(clean(part))
    return marked


@cache
def find_stamp(name: str) -> str:
    """Tells one state of a static file from the next, so that browsers may keep it for good."""
    return sha256((files("letterwatch.web") / "static" / name).read_bytes()).hexdigest()[:12]


def make_link(path: str, **query: object) -> str:
    """An address of the page; parameters without a value are left out."""
    given = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return quote(path) + (f"?{urlencode(given)}" if given else "")


def _finalize(value: Any) -> Any:
    if value is None:
        return ""
    return clean(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("letterwatch.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=wording.say_day,
        moment=wording.say_moment,
        month=wording.say_month,
        size=wording.say_size,
        plain=wording.say_plain,
        matches=mark_matches,
        safe_link=wording.find_link,
    )
    environment.globals.update(
        kinds=wording.KINDS,
        paces=wording.PACES,
        grades=wording.GRADES,
        judgement_names=wording.JUDGEMENTS,
        short_judgements=wording.SHORT_JUDGEMENTS,
        roles=wording.ROLES,
        summary_headings=wording.SUMMARY,
        move_names=wording.MOVES,
        section_names=wording.SECTIONS,
        days=wording.say_days,
        number=wording.say_number,
        link=make_link,
        static=lambda name: f"/static/{name}?{find_stamp(name)}",
        program=__version__,
    )
    return environment
