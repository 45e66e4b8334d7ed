"""`/metrics` for Prometheus: counted while the daemon runs, or read from the state when asked.

Every name and meaning stands in `figures`.
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
from letterwatch.vitals import figures
from letterwatch.vitals.figures import Figure
from letterwatch.vitals.health import LETTER_SOURCES
from notifier import DeliveryFigures
from state import Settlement, SourceRow, StateError, Store, Verdict

_HEADERS = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
_TIMES: tuple[tuple[Figure, Callable[[SourceRow], datetime | None]], ...] = (
    (figures.LAST_LOOK, lambda row: row.last_look_at),
    (figures.LAST_GOOD, lambda row: row.last_good_at),
    (figures.SWEPT, lambda row: row.swept_at),
)
_SECONDS = (1, 5, 15, 60, 300, 900, 3600, 14_400)


class Meter:
    """What one process counts, and the registry of all its figures."""

    def __init__(self, store: Store, clock: Clock, *, of_state: bool = True) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        if of_state:
            registry.register(_StateCollector(store, clock))
        self._runs = _count(figures.RUNS, registry)
        self._seconds = Histogram(
            figures.SECONDS.name,
            figures.SECONDS.meaning,
            figures.SECONDS.labels,
            buckets=_SECONDS,
            registry=registry,
        )
        self._attempts = _count(figures.ATTEMPTS, registry)
        self._requests = _count(figures.REQUESTS, registry)
        self._bytes = _count(figures.BYTES, registry)
        self._pings = _count(figures.PINGS, registry)

    def note_run(self, settlement: Settlement, seconds: float) -> None:
        """Counts a settled run and how long it took."""
        self._runs.labels(settlement.source, settlement.verdict.verdict.value).inc()
        self._seconds.labels(settlement.source).observe(seconds)

    def note_delivery(self, done: DeliveryFigures) -> None:
        """Counts what became of attempts to deliver."""
        for outcome, number in (
            ("sent", done.sent),
            ("retried", done.retried),
            ("parked", done.parked),
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
        yield _gauge(figures.BUILD, [((__version__,), 1.0)])
        now = self._clock.now()
        try:
            found = [*self._of_sources(now), *self._of_outbox(now), *self._of_workers()]
        except StateError:
            found = []
        yield _number(figures.STATE_UP, float(bool(found)))
        yield from found

    def _of_sources(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        rows = self._store.sources()
        verdicts = [
            ((row.name, verdict.value), float(row.verdict is verdict)) for row in rows for verdict in Verdict
        ]
        yield _gauge(figures.VERDICT, verdicts)
        yield _gauge(figures.FAILURES, [((row.name,), float(row.failures)) for row in rows])
        for figure, find in _TIMES:
            yield _gauge(figure, [((row.name,), at.timestamp()) for row in rows if (at := find(row))])
        letters = [row for row in rows if row.name in LETTER_SOURCES]
        ages = [((row.name,), age) for row in letters if (age := _find_age(row, now)) is not None]
        yield _gauge(figures.NEWEST_AGE, ages)
        yield _number(figures.INCIDENTS, len(self._store.incidents(1000, open_only=True)))

    def _of_outbox(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        backlog = self._store.backlog(now)
        states = [((state.value,), float(number)) for state, number in backlog.by_state.items()]
        yield _gauge(figures.OUTBOX, states)
        wait = (now - backlog.oldest_at).total_seconds() if backlog.oldest_at else 0.0
        yield _number(figures.OVERDUE, max(wait, 0))
        beaten_at = self._store.find_heartbeat()
        if beaten_at:
            yield _number(figures.HEARTBEAT, beaten_at.timestamp())

    def _of_workers(self) -> Iterator[GaugeMetricFamily]:
        seen = [((row.name, row.role), row.seen_at.timestamp()) for row in self._store.workers()]
        yield _gauge(figures.WORKERS, seen)


def _count(figure: Figure, registry: CollectorRegistry) -> Counter:
    return Counter(figure.name, figure.meaning, figure.labels, registry=registry)


def _number(figure: Figure, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(figure.name, figure.meaning, value=value)


def _gauge(figure: Figure, samples: Iterable[tuple[tuple[str, ...], float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(figure.name, figure.meaning, labels=figure.labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _find_age(row: SourceRow, now: datetime) -> float | None:
    """Seconds since the day of a source's newest item began; None where it has none."""
    if row.newest_on is None:
        return None
    return max((now - datetime.combine(row.newest_on, time(), UTC)).total_seconds(), 0.0)
