"""Every event: when it is told, and to whom unless asked otherwise."""

from fnmatch import fnmatchcase

from notifier import SubscriptionSettings
from state import EventName
from tools.reference.markdown import table
from tools.reference.meaning import get_meaning

_HEAD = """\
# Events

What Letterwatch can tell somebody. `events` of a subscription names those it wants, `*` stands for anything
(`"publication.*"`); one that names none gets those marked *yes*. An event goes to every subscription it
matches, once. What each channel promises: [channels.md](../channels.md).
"""


def render_events() -> str:
    """The whole page."""
    wanted = SubscriptionSettings.model_fields["events"].default
    rows = [
        (
            f"`{event.value}`",
            get_meaning(EventName, event.name),
            "yes" if any(fnmatchcase(event.value, pattern) for pattern in wanted) else "no",
        )
        for event in EventName
    ]
    return f"{_HEAD}\n{table(('event', 'told when', 'unless asked otherwise'), rows)}"
