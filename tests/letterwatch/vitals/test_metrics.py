"""The metrics: every name documented, every figure that of the state or of what was counted."""

import asyncio

import pytest
from prometheus_client.parser import text_string_to_metric_families

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.demo.loopback import Request
from letterwatch.sources.watched import choose_sources
from letterwatch.vitals.figures import COUNTED, READ
from letterwatch.vitals.metrics import Meter
from letterwatch.watching.crawl import Crawls
from letterwatch.watching.looks import look_at
from notifier import DeliveryFigures
from state import Rhythm, StateError, Store
from tests.letterwatch.conftest import Workplace


def read(meter: Meter) -> dict[str, float]:
    """Every sample by its name with its labels, as a monitor reads it."""
    return {
        sample.name + "".join(f",{value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(meter.render().decode())
        for sample in family.samples
    }


def run_once(app: App) -> Meter:
    """One look at the site with everything counted."""

    async def look() -> None:
        settlement = await look_at(app, Crawls(app.config, meter), source, Rhythm.SWEEP)
        meter.note_run(settlement, 2.5)

    (source,) = choose_sources(app.config, ["ofsted"])
    meter = Meter(app.store, app.clock)
    asyncio.run(look())
    meter.note_delivery(DeliveryFigures(sent=3, retried=1))
    meter.note_ping(True)
    app.store.beat(Clock().now())
    return meter


def test_a_look_is_counted(workplace: Workplace) -> None:
    asked: list[Request] = []
    workplace.site.trap = asked.append
    with open_app(load_config(workplace.config, {}), Clock()) as app:
        figures = read(run_once(app))
    host = workplace.site.host
    assert figures["letterwatch_runs_total,ofsted,ok"] == 1
    assert figures["letterwatch_crawl_seconds_sum,ofsted"] == 2.5
    assert figures[f"letterwatch_requests_total,{host}"] == len(asked)
    assert figures[f"letterwatch_received_bytes_total,{host}"] > 100_000
    assert figures["letterwatch_attempts_total,sent"] == 3
    assert figures["letterwatch_attempts_total,parked"] == 0
    assert figures["letterwatch_pings_total,taken"] == 1
    assert figures["letterwatch_source_verdict,ofsted,ok"] == 1
    assert figures["letterwatch_source_verdict,ofsted,broken"] == 0
    assert figures["letterwatch_incidents_open"] == 0
    assert figures["letterwatch_outbox,pending"] == 0
    assert figures["letterwatch_state_up"] == 1
    assert figures["letterwatch_source_newest_age_seconds,ofsted"] > 0
    assert figures["process_resident_memory_bytes"] > 0


def test_a_state_that_cannot_be_read_is_a_figure(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: Store) -> None:
        raise StateError("the state is gone")

    with open_app(load_config(workplace.config, {}), Clock()) as app:
        monkeypatch.setattr(Store, "sources", fail)
        figures = read(Meter(app.store, app.clock))
    assert figures["letterwatch_state_up"] == 0
    assert "letterwatch_incidents_open" not in figures


def test_what_is_shown_is_what_is_listed(workplace: Workplace) -> None:
    with open_app(load_config(workplace.config, {}), Clock()) as app:
        meter = run_once(app)
        families = text_string_to_metric_families(meter.render().decode())
        names = {
            f"{family.name}_total" if family.type == "counter" else family.name
            for family in families
            if not family.name.startswith("process_") and not family.name.endswith("_created")
        }
    assert names == {figure.name for figure in (*COUNTED, *READ)}
