"""Every word that stands for something in JSON, in lists and in the configuration: the enums."""

from enum import Enum

from letterwatch.doctor import Level
from state import (
    ArticleLabel,
    DeliveryState,
    EventName,
    FindingRole,
    Framework,
    Grade,
    Kind,
    Move,
    NoticeKind,
    Outcome,
    PaceLabel,
    PublicationStatus,
    Rhythm,
    SectionRole,
    SummaryRole,
    Verdict,
)
from tools.reference.markdown import table
from tools.reference.meaning import get_meaning

TOLD: tuple[type[Enum], ...] = (
    Kind, Framework, Grade, PaceLabel, SectionRole, FindingRole, SummaryRole, Move, PublicationStatus,
    EventName, NoticeKind, ArticleLabel, Verdict, Rhythm, Outcome, DeliveryState, Level,
)  # fmt: skip


def render_vocabulary() -> str:
    """The whole page."""
    return "\n".join(["# Vocabulary\n\nThe words that stand for something.\n", *map(_render, TOLD)])


def _render(owner: type[Enum]) -> str:
    says = " ".join((owner.__doc__ or "").split())
    rows = [(f"`{member.value}`", get_meaning(owner, member.name)) for member in owner]
    return f"## {owner.__name__}\n\n{says}\n\n{table(('word', 'meaning'), rows)}"
