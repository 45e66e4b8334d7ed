"""Every metric of `/metrics`."""

from collections.abc import Iterable

from letterwatch.vitals.figures import COUNTED, READ, Figure
from tools.reference.markdown import table

_HEAD = """\
# Metrics

`GET /metrics`, for Prometheus, on `[web] listen`; where there is a `token`, it is asked for. With these come
the usual `process_…` figures: memory, CPU, open files. Alarms worth having:
[operating.md](../operating.md#metrics).
"""


def render_metrics() -> str:
    """The whole page."""
    return "\n".join(
        [
            _HEAD,
            "## Counted by the daemon, from its start on\n",
            _render(COUNTED),
            "## Read from the state at each scrape\n",
            _render(READ),
        ]
    )


def _render(figures: Iterable[Figure]) -> str:
    return table(
        ("name", "labels", "meaning"),
        [
            (f"`{each.name}`", ", ".join(f"`{label}`" for label in each.labels), each.meaning)
            for each in figures
        ],
    )
