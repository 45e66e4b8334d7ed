"""Sessions with two doors: named hosts are asked wherever they are, all others only at public addresses."""

import socket
from collections.abc import Collection, Iterator
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from scraper.public import PrivateAddressError, connect_publicly


def open_session(hosts: Collection[str], agent: str | None = None) -> requests.Session:
    """A session for one document: no netrc, no proxy that would resolve names differently.

    `hosts`: names or name:port that the configuration holds; `agent`: who asks.
    """
    session = requests.Session()
    session.trust_env = False
    session.headers.update({"User-Agent": agent} if agent else {})
    session.mount("https://", _PublicAdapter())
    for host in hosts:
        session.mount(f"https://{host}/", HTTPAdapter())
    return session


def find_refusal(error: BaseException) -> str | None:
    """Why a connection was not opened, where we were it that did not."""
    if any(isinstance(each, PrivateAddressError) for each in _chain(error)):
        return "the host is not a public one, nor named in the configuration"
    if any(isinstance(each, NameResolutionError) for each in _chain(error)):
        return "the host is not known"
    return None


class _PublicConnection(HTTPSConnection):
    """Looks its host up and connects in one step: no second look-up can lead elsewhere."""

    def _new_conn(self) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            return connect_publicly(self._dns_host, self.port, timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except PrivateAddressError as error:
            raise NewConnectionError(self, str(error)) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"no connection in {timeout} seconds") from error
        except OSError as error:
            raise NewConnectionError(self, f"no connection ({error.strerror})") from error


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"https": _PublicPool}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
