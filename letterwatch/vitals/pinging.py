"""The dead man's switch: an address told after each look; where it hears nothing, it raises the alarm."""

import logging
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from letterwatch.config import HealthConfig
from notifier.channels.failures import judge_failure

log = logging.getLogger(__name__)

TIMEOUTS = (5.0, 10.0)  # seconds to connect, seconds to wait for the answer


class Pinger:
    """Pings from a thread of its own, that nobody waits for: a slow receiver cannot hold up the watch."""

    def __init__(self, settings: HealthConfig, note: Callable[[bool], None] = lambda _taken: None) -> None:
        self._address = settings.ping
        self._note = note
        self._thread: threading.Thread | None = None

    def tell(self, *, good: bool) -> None:
        """Tells of a good look or a bad one; left out while the ping before it is still under way."""
        if self._address is None or (self._thread and self._thread.is_alive()):
            return
        address = self._address.get_secret_value()
        self._thread = threading.Thread(
            target=self._ping, args=(address if good else _say_failed(address),), name="ping", daemon=True
        )
        self._thread.start()

    def wait(self, seconds: float = sum(TIMEOUTS)) -> None:
        """For a command that ends after its one ping."""
        if self._thread:
            self._thread.join(seconds)

    def _ping(self, address: str) -> None:
        objection = _ask(address)
        if objection:
            log.warning("the ping was not taken: %s", objection)
        self._note(objection is None)


def _say_failed(address: str) -> str:
    """The address with `/fail` behind its path, as Healthchecks.io has it."""
    parts = urlsplit(address)
    return parts._replace(path=f"{parts.path.rstrip('/')}/fail").geturl()


def _ask(address: str) -> str | None:
    """Why a ping was not taken; the words hold nothing of the address, which is a secret."""
    import requests  # noqa: PLC0415  5 MB, only where somebody is pinged

    with requests.Session() as session:
        session.trust_env = False
        session.headers["User-Agent"] = "Letterwatch"
        try:
            with session.get(address, timeout=TIMEOUTS, allow_redirects=False, stream=True) as answer:
                good = 200 <= answer.status_code < 300
                return None if good else f"[health] ping: answered {answer.status_code}"
        except (requests.RequestException, OSError, ValueError) as error:
            return judge_failure("[health] ping", error).reason
