"""What supervisors and monitors get over HTTP, from the daemon and from a page that runs alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.vitals.probes import probe_routes
from letterwatch.vitals.pulse import SILENT_AFTER
from letterwatch.vitals.signs import Vitals
from letterwatch.web import create_app
from tests.letterwatch.conftest import Workplace
from tests.letterwatch.web.conftest import served

TOKEN = "a-token-of-some-length"


@contextmanager
def opened(config: Path) -> Iterator[App]:
    with open_app(load_config(config, {"LETTERWATCH_WEB__TOKEN": TOKEN}), Clock()) as app:
        yield app


def ask(url: str, path: str, token: str | None = None) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.get(f"{url.rstrip('/')}{path}", headers=headers, timeout=20)
    return answer.status_code, answer.text


@contextmanager
def page_of(app: App, vitals: Vitals | None) -> Iterator[str]:
    routes = vitals.routes if vitals else probe_routes(app.store)
    page = create_app(
        store=app.store,
        archive=app.archive,
        register=app.register,
        config=app.config,
        clock=app.clock,
        routes=routes,
    )
    with served(page) as url:
        yield url


def test_the_daemon_is_alive_while_its_scheduler_comes_round(workplace: Workplace) -> None:
    with opened(workplace.config) as app:
        vitals = Vitals(app)
        with page_of(app, vitals) as url:
            assert ask(url, "/healthz") == (200, '{"alive":true,"fault":null}')
            vitals.pulse._beaten -= SILENT_AFTER
            assert ask(url, "/healthz") == (503, '{"alive":false,"fault":"the scheduler hangs"}')


def test_ready_is_who_has_looked_at_every_page(workplace: Workplace) -> None:
    with opened(workplace.config) as app, page_of(app, Vitals(app)) as url:
        status, text = ask(url, "/readyz")
        assert (status, "no full look" in text) == (503, True)
        workplace.check()
        assert ask(url, "/readyz") == (200, '{"ready":true,"fault":null}')


def test_metrics_ask_for_the_token_and_the_probes_do_not(workplace: Workplace) -> None:
    with opened(workplace.config) as app, page_of(app, Vitals(app)) as url:
        assert ask(url, "/metrics")[0] == 401
        status, text = ask(url, "/metrics", TOKEN)
        assert (status, "letterwatch_state_up 1.0" in text) == (200, True)
        assert ask(url, "/healthz")[0] == 200


def test_a_page_of_its_own_tells_of_the_daemon_by_the_recorded_heartbeat(workplace: Workplace) -> None:
    with opened(workplace.config) as app, page_of(app, None) as url:
        assert ask(url, "/healthz")[0] == 503
        app.store.beat(Clock().now())
        assert ask(url, "/healthz")[0] == 200
