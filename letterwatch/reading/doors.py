"""Sessions with two doors: named hosts are asked wherever they are, all others only at public addresses."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from threading import Lock, Timer
from typing import Any, Protocol

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from scraper.public import PrivateAddressError, connect_publicly

_Watch = Callable[[socket.socket], None]


class Rules(Protocol):
    """Which addresses may be asked, and which of them must be public; `scraper.sources` has a feed's."""

    def find_objection(self, url: str) -> str | None:
        """Why an address may not be asked, in one line; None where it may."""

    def must_be_public(self, url: str) -> bool:
        """True for an address that nobody named."""


class Session(requests.Session):
    """For one document: no netrc, no proxy that would resolve names differently, and an end.

    When its seconds are over, every connection that it opened is ended, whatever trickles in through it.
    """

    def __init__(self, rules: Rules, seconds: float, agent: str | None = None) -> None:
        super().__init__()
        self.trust_env = False
        self.headers.update({"User-Agent": agent} if agent else {})
        self._rules = rules
        self._glass = _Hourglass(seconds)
        self._named, self._public = _Adapter(self._glass.watch, _NAMED), _Adapter(self._glass.watch, _PUBLIC)

    @property
    def is_over(self) -> bool:
        """True once its seconds are over."""
        return self._glass.is_over

    def get_adapter(self, url: str | bytes) -> HTTPAdapter:
        """The door that an address is asked through."""
        return self._public if self._rules.must_be_public(str(url)) else self._named

    def close(self) -> None:
        """Closes both doors."""
        super().close()
        self._named.close()
        self._public.close()
        self._glass.close()


def find_refusal(error: BaseException) -> str | None:
    """Why a connection was not opened, where we were it that did not."""
    if any(isinstance(each, PrivateAddressError) for each in _chain(error)):
        return "the host is not a public one, nor named in the configuration"
    if any(isinstance(each, NameResolutionError) for each in _chain(error)):
        return "the host is not known"
    return None


class _Hourglass:
    """Ends connections when its time is up; by twins of theirs, for a TLS handshake takes the first away."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._lock = Lock()
        self._twins: list[socket.socket] = []
        self._timer = Timer(seconds, self._run_out)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        """Takes a connection that was opened."""
        with self._lock:
            self._twins.append(connection.dup())
        if self.is_over:
            self._run_out()

    def close(self) -> None:
        """Nothing is to be ended any more."""
        self._timer.cancel()
        with self._lock:
            while self._twins:
                self._twins.pop().close()

    def _run_out(self) -> None:
        with self._lock:
            self.is_over = True
            for twin in self._twins:
                with suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)


class _Connection(HTTPConnection):
    watch: _Watch

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self.watch(connection)
        return connection


class _PublicConnection(_Connection):
    """Looks its host up and connects in one step: no second look-up can lead elsewhere."""

    def _new_conn(self) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            connection = connect_publicly(self._dns_host, self.port, timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except PrivateAddressError as error:
            raise NewConnectionError(self, str(error)) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"no connection in {timeout} seconds") from error
        except OSError as error:
            raise NewConnectionError(self, f"no connection ({error.strerror})") from error
        self.watch(connection)
        return connection


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class _PublicSecureConnection(_PublicConnection, HTTPSConnection):
    pass


_NAMED = {"http": _Connection, "https": _SecureConnection}
_PUBLIC = {"http": _PublicConnection, "https": _PublicSecureConnection}
_POOLS = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}


class _Adapter(HTTPAdapter):
    def __init__(
        self, watch: Callable[[socket.socket], None], kinds: Mapping[str, type[_Connection]]
    ) -> None:
        self._kinds = {
            scheme: type(kind.__name__, (kind,), {"watch": staticmethod(watch)})
            for scheme, kind in kinds.items()
        }
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {
            scheme: type("Pool", (_POOLS[scheme],), {"ConnectionCls": kind})
            for scheme, kind in self._kinds.items()
        }


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
