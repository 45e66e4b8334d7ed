"""`/metrics` for Prometheus: counted while the daemon runs, or read from the state when asked.

docs/operating.md explains every name; a test holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from letterwatch import __version__
from letterwatch.clock import Clock
from letterwatch.vitals.health import LETTER_SOURCES
from notifier import DeliveryFigures
from state import Settlement, SourceRow, StateError, Store, Verdict

_HEADERS = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
_TIMES: tuple[tuple[str, str, Callable[[SourceRow], datetime | None]], ...] = (
    ("last_look", "When it was last looked at", lambda row: row.last_look_at),
    ("last_good", "When a look was last good", lambda row: row.last_good_at),
    ("swept", "When all of it was last looked at", lambda row: row.swept_at),
)
_SECONDS = (1, 5, 15, 60, 300, 900, 3600, 14_400)


class Meter:
    """What one process counts, and the registry of all its figures."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(_StateCollector(store, clock))
        self._runs = Counter("letterwatch_runs", "Runs by verdict", ["source", "verdict"], registry=registry)
        self._seconds = Histogram(
            "letterwatch_crawl_seconds", "Time of a run", ["source"], buckets=_SECONDS, registry=registry
        )
        self._attempts = Counter(
            "letterwatch_attempts", "Attempts to deliver by outcome", ["outcome"], registry=registry
        )
        self._requests = Counter(
            "letterwatch_requests",
            "Requests by host, repeats included",
            ["host"],
            registry=registry,
        )
        self._bytes = Counter(
            "letterwatch_received_bytes", "Bytes of bodies as received, by host", ["host"], registry=registry
        )
        self._pings = Counter("letterwatch_pings", "Pings by outcome", ["outcome"], registry=registry)

    def note_run(self, settlement: Settlement, seconds: float) -> None:
        """Counts a settled run and how long it took."""
        self._runs.labels(settlement.source, settlement.verdict.verdict.value).inc()
        self._seconds.labels(settlement.source).observe(seconds)

    def note_delivery(self, figures: DeliveryFigures) -> None:
        """Counts what became of attempts to deliver."""
        for outcome, number in (
            ("sent", figures.sent),
            ("retried", figures.retried),
            ("parked", figures.parked),
        ):
            self._attempts.labels(outcome).inc(number)

    def note_request(self, host: str) -> None:
        """Counts a request that leaves for a host."""
        self._requests.labels(host).inc()

    def note_bytes(self, host: str, number: int) -> None:
        """Counts what a host sent."""
        self._bytes.labels(host).inc(number)

    def note_ping(self, taken: bool) -> None:
        """Counts a ping."""
        self._pings.labels("taken" if taken else "failed").inc()

    def render(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self.registry)

    def route(self) -> Route:
        """`/metrics`."""

        def metrics(_request: Request) -> Response:
            return Response(self.render(), headers=_HEADERS)

        return Route("/metrics", metrics, methods=["GET"])


class _StateCollector(Collector):
    """Reads the state at each scrape; a state that cannot be read is a figure, too."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: that would read the state."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of this moment."""
        yield _gauge("letterwatch_build_info", "The version that runs", [((__version__,), 1.0)], "version")
        now = self._clock.now()
        try:
            figures = [*self._of_sources(now), *self._of_outbox(now)]
        except StateError:
            figures = []
        yield _number("letterwatch_state_up", "1 where the state can be read", float(bool(figures)))
        yield from figures

    def _of_sources(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        rows = self._store.sources()
        verdicts = [
            ((row.name, verdict.value), float(row.verdict is verdict)) for row in rows for verdict in Verdict
        ]
        yield _gauge("letterwatch_source_verdict", "1 for a source's verdict", verdicts, "source", "verdict")
        failures = [((row.name,), float(row.failures)) for row in rows]
        yield _gauge("letterwatch_source_failures", "Bad runs in a row", failures, "source")
        for name, meaning, find in _TIMES:
            times = [((row.name,), at.timestamp()) for row in rows if (at := find(row))]
            yield _gauge(f"letterwatch_source_{name}_timestamp_seconds", meaning, times, "source")
        letters = [row for row in rows if row.name in LETTER_SOURCES]
        ages = [((row.name,), age) for row in letters if (age := _find_age(row, now)) is not None]
        yield _gauge("letterwatch_source_newest_age_seconds", "Age of the newest letter", ages, "source")
        lasting = len(self._store.incidents(1000, open_only=True))
        yield _number("letterwatch_incidents_open", "Incidents that last", lasting)

    def _of_outbox(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        backlog = self._store.backlog(now)
        states = [((state.value,), float(number)) for state, number in backlog.by_state.items()]
        yield _gauge("letterwatch_outbox", "Deliveries by state", states, "state")
        wait = (now - backlog.oldest_at).total_seconds() if backlog.oldest_at else 0.0
        yield _number(
            "letterwatch_outbox_overdue_seconds", "Age of the longest overdue delivery", max(wait, 0)
        )
        beaten_at = self._store.find_heartbeat()
        if beaten_at:
            meaning = "The scheduler's last sign of life"
            yield _number("letterwatch_heartbeat_timestamp_seconds", meaning, beaten_at.timestamp())


def _number(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)


def _gauge(
    name: str, meaning: str, samples: Iterable[tuple[tuple[str, ...], float]], *labels: str
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _find_age(row: SourceRow, now: datetime) -> float | None:
    """Seconds since the day of a source's newest item began; None where it has none."""
    if row.newest_on is None:
        return None
    return max((now - datetime.combine(row.newest_on, time(), UTC)).total_seconds(), 0.0)
