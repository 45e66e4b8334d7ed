"""Crawls that did not come to their end, and whose doing that was. Pure."""

from state.errors import one_line
from state.records.takes import Take

OWN_FAULT = "error:"  # how a crawl says that it ended by a fault of ours: a full disk, or a bug


def is_cut_short(take: Take) -> bool:
    """True where we ended a crawl, tries again included: a page out of reach may be our haste alone."""
    return take.stopped is not None and not take.stopped.startswith(OWN_FAULT)


def tell_end(take: Take) -> str:
    """Why a crawl did not come to its end."""
    return f"ended early: {one_line(take.stopped or '')}"
