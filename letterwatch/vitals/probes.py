"""`/healthz` and `/readyz`: what a supervisor or a load balancer asks."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from letterwatch.clock import Clock
from letterwatch.vitals.health import examine
from letterwatch.vitals.pulse import Pulse
from state import Store


def probe_routes(store: Store, pulse: Pulse | None = None) -> list[Route]:
    """The two probes: 200, or 503 with a reason. Open to all, so they name no place and no secret.

    `pulse`: that of the daemon where it answers itself; else the state's record of it is believed.
    """

    async def answer_alive(_request: Request) -> JSONResponse:
        assert pulse is not None  # noqa: S101  routed only then
        return _answer("alive", None if pulse.is_beating else "the scheduler hangs")

    def read_alive(_request: Request) -> JSONResponse:
        return _answer("alive", None if examine(store, Clock()).alive else "no sign of life of a daemon")

    def read_ready(_request: Request) -> JSONResponse:
        ready = examine(store, Clock()).ready
        return _answer("ready", None if ready else "no full look at every page yet, or no state to be read")

    return [
        Route("/healthz", answer_alive if pulse else read_alive, methods=["GET"]),
        Route("/readyz", read_ready, methods=["GET"]),
    ]


def _answer(what: str, fault: str | None) -> JSONResponse:
    return JSONResponse(
        {what: fault is None, "fault": fault},
        status_code=503 if fault else 200,
        headers={"Cache-Control": "no-store"},
    )
