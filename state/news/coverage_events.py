"""From a linked story to the event that tells of it. Pure."""

from collections.abc import Sequence
from datetime import datetime

from state.news.rows import Told, tell_article
from state.records.articles import CoverageLink
from state.records.events import CoverageFacts, Event, QuotedPassage
from state.records.filed import Filed
from state.records.letters import Letter
from state.records.vocabulary import EventName
from state.settling.announcing import show, tell_publication


def compose_event(
    story_id: int,
    told: Sequence[Told],
    filed: Filed,
    *,
    letter: Letter | None,
    link: CoverageLink,
    passages: tuple[QuotedPassage, ...],
    now: datetime,
) -> Event:
    """The one event of a story and a publication; its first article stands for all."""
    papers = sorted(told, key=lambda one: (one.found.council, one.at))
    name = EventName.COVERAGE_NEW
    return Event(
        key=f"{name.value}/{story_id}/{show(filed)}",
        name=name,
        at=now,
        publication=tell_publication(filed, None),
        letter=letter,
        article=tell_article(papers[0].found),
        coverage=CoverageFacts(
            articles=tuple(tell_article(one.found) for one in papers),
            passages=passages,
            answered=any(one.found.answered for one in told),
            council=tuple(one.found.url for one in told if one.found.council),
            score=link.score,
            evidence=link.evidence,
        ),
    )
