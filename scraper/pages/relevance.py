"""Which stories of a feed may be about children's services: judged wide, since headlines are weak.

A story that is opened for nothing costs one request; one that is not opened is missed. So a headline passes
that speaks of inspection and of children, of either beside a council or a served authority's name, or of
social work at all. Only what speaks of none of it, as nine in ten stories do, stays closed.
"""

import re
from collections.abc import Collection, Iterable

from scraper.pages.feeds import FeedItem

_SURE = re.compile(
    r"ofsted|children'?s (?:services|social|care|trust|commissioner|directorate|department)"
    r"|child(?:ren)? in care|social (?:work|care|services)|care leavers?|looked.after|foster|safeguarding"
    r"|monitoring (?:visit|report|letter)|special measures|child protection|corporate parent"
    r"|joint (?:targeted )?area|vulnerable (?:child|young|kid|people|pupil)"
    r"|\b(?:child|kid)\w* (?:at risk|unsafe|failed|let down)"
    r"|inspectors?\b|\binadequate\b|requires improvement|improvement (?:plan|board|notice)"
    r"|widespread (?:deterioration|weakness|failing|failure)|last inspection"
)
_CHILDREN = re.compile(
    r"\b(?:child(?:ren)?|kids?|youngsters?|young people|youth|famil(?:y|ies)|teenagers?)\b"
)
_JUDGED = re.compile(
    r"\b(?:inspect\w*|watchdog\w*|outstanding|improv\w+|progress\w*|damning|scathing|failings?"
    r"|fail(?:ed|ing|ure)s?|weakness\w*|praise\w*|rated|rating|report|review\w*"
    r"|turnaround|commissioner|intervention|trust)\b"
)
_COUNCIL = re.compile(r"\b(?:council\w*|authority|county hall|town hall|city hall|cabinet member|director)\b")
_SERVICE = re.compile(r"\b(?:services?|care|department|directorate)\b")


def may_matter(item: FeedItem, names: Collection[str] = ()) -> bool:
    """Whether a story may be about children's services; `names`: the served authorities', lower case."""
    slug = re.sub(r"[^a-z]+", " ", item.url.lower().partition("://")[2].partition("/")[2])
    text = f"{item.title} {item.summary} {slug}".lower().replace("’", "'")
    if _SURE.search(text) or len(item.title.split()) < 2:
        return True
    judged, about_children = _JUDGED.search(text) is not None, _CHILDREN.search(text) is not None
    is_local = _COUNCIL.search(text) is not None or any(name in text for name in names)
    return (judged and about_children) or (judged and is_local and _SERVICE.search(text) is not None)


def select(items: Iterable[FeedItem], names: Collection[str] = ()) -> tuple[FeedItem, ...]:
    """The stories worth opening, in the feed's order."""
    return tuple(item for item in items if may_matter(item, names))
