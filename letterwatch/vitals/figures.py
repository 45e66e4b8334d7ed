"""The figures of `/metrics`: what each is called and means, told once for Prometheus and the documents."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric: its name, its labels, and what it means."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()


RUNS = Figure(
    "letterwatch_runs_total",
    "runs by verdict: ok, degraded, stale, blocked, broken",
    ("source", "verdict"),
)
SECONDS = Figure("letterwatch_crawl_seconds", "histogram: how long a run took, settled and all", ("source",))
REQUESTS = Figure("letterwatch_requests_total", "requests, repeats and robots.txt included", ("host",))
BYTES = Figure("letterwatch_received_bytes_total", "bytes of bodies, as received", ("host",))
ATTEMPTS = Figure("letterwatch_attempts_total", "attempts to deliver: sent, retried, parked", ("outcome",))
PINGS = Figure("letterwatch_pings_total", "pings: taken, failed", ("outcome",))

BUILD = Figure("letterwatch_build_info", "1; the version that runs", ("version",))
STATE_UP = Figure(
    "letterwatch_state_up", "1 where the state can be read; 0: its figures are missing from this scrape"
)
HEARTBEAT = Figure("letterwatch_heartbeat_timestamp_seconds", "the scheduler's last recorded sign of life")
VERDICT = Figure(
    "letterwatch_source_verdict",
    "1 for the source's present verdict, 0 for the others",
    ("source", "verdict"),
)
FAILURES = Figure("letterwatch_source_failures", "bad runs in a row", ("source",))
LAST_LOOK = Figure(
    "letterwatch_source_last_look_timestamp_seconds", "when it was last looked at", ("source",)
)
LAST_GOOD = Figure("letterwatch_source_last_good_timestamp_seconds", "when a look was last good", ("source",))
SWEPT = Figure(
    "letterwatch_source_swept_timestamp_seconds", "when all of its pages were last looked at", ("source",)
)
NEWEST_AGE = Figure(
    "letterwatch_source_newest_age_seconds",
    "age of its newest letter or notice, from the beginning of its day; of `ofsted` and `govuk`",
    ("source",),
)
INCIDENTS = Figure(
    "letterwatch_incidents_open",
    "incidents that last: sources that are broken, blocked, stale, or read in part for a day",
)
OUTBOX = Figure("letterwatch_outbox", "deliveries by state: pending, claimed, sent, parked, held", ("state",))
OVERDUE = Figure(
    "letterwatch_outbox_overdue_seconds",
    "how long the longest overdue delivery waits; digests and quiet hours that are yet to end do not count",
)

WORKERS = Figure(
    "letterwatch_worker_seen_timestamp_seconds",
    "last sign of life of each clock and worker, where several share the state",
    ("worker", "role"),
)

COUNTED = (RUNS, SECONDS, REQUESTS, BYTES, ATTEMPTS, PINGS)
"""Counted by the daemon from its start on."""
READ = (
    BUILD, STATE_UP, HEARTBEAT, VERDICT, FAILURES, LAST_LOOK, LAST_GOOD, SWEPT, NEWEST_AGE, INCIDENTS, OUTBOX,
    OVERDUE, WORKERS,
)  # fmt: skip
"""Read from the state at each scrape."""
