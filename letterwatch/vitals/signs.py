"""What the daemon shows of itself: pulse, figures and pings; its jobs report here."""

from starlette.routing import Route

from letterwatch.app import App
from letterwatch.vitals.health import MAIN_SOURCE
from letterwatch.vitals.metrics import Meter
from letterwatch.vitals.pinging import Pinger
from letterwatch.vitals.probes import probe_routes
from letterwatch.vitals.pulse import Pulse
from notifier import DeliveryFigures
from state import Settlement


class Vitals:
    """The signs of life of one daemon, or of a worker, which leaves the state's figures to the clock."""

    def __init__(self, app: App, *, of_state: bool = True) -> None:
        self.pulse = Pulse(app.store)
        self.meter = Meter(app.store, app.clock, of_state=of_state)
        self._pinger = Pinger(app.config.health, self.meter.note_ping)
        self._store = app.store

    @property
    def routes(self) -> list[Route]:
        """`/healthz`, `/readyz` and `/metrics`, for the page's app."""
        return [*probe_routes(self._store, self.pulse), self.meter.route()]

    def note_run(self, settlement: Settlement, seconds: float) -> None:
        """A run was settled: counted, shown to systemd, and pinged where it is the main source's."""
        self.meter.note_run(settlement, seconds)
        self.pulse.tell(f"{settlement.source}: {settlement.in_words()}")
        if settlement.source == MAIN_SOURCE:
            self._pinger.tell(good=not settlement.verdict.verdict.is_failure)

    def note_delivery(self, figures: DeliveryFigures) -> None:
        """Deliveries were tried."""
        self.meter.note_delivery(figures)
