"""Who may see the page: anybody on this machine, else the holder of the token or whom a proxy lets in."""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers

from letterwatch.config import WebConfig
from letterwatch.config.values import is_loopback, split_address

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""What a supervisor asks without a token; these say no more than that the daemon lives."""

OUR_FILES = "/static/"
"""The page's own style and script hold nothing of the state: the page that asks for the token needs them."""

_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Access:
    """Judges a request by its headers and the address it came from."""

    web: WebConfig

    def is_for_us(self, headers: Headers) -> bool:
        """False where the Host header names another site: a page elsewhere that points its name at us."""
        names = self._names()
        return not names or split_address(headers.get("host", "").lower())[0] in names

    def is_guarded(self, path: str) -> bool:
        """True where not everybody who can reach the page may see this."""
        is_open = path in OPEN_PATHS or path.startswith(OUR_FILES)
        return not is_open and (self.web.token is not None or self.web.proxy_header is not None)

    def is_allowed(self, path: str, headers: Headers, peer: str) -> bool:
        """True for a request that may be answered."""
        web = self.web
        if not self.is_guarded(path):
            return True
        if web.token is not None and any(
            _same(web.token.get_secret_value(), word) for word in _offered(headers)
        ):
            return True
        return bool(web.proxy_header and peer in web.proxies and headers.get(web.proxy_header, "").strip())

    def _names(self) -> frozenset[str]:
        """The names we answer to; none: any, since a token or a proxy guards the door."""
        host = split_address(self.web.listen)[0]
        names = [split_address(name)[0] for name in self.web.hosts]
        if is_loopback(host):
            return frozenset((*_LOCAL_NAMES, host, *names))
        return frozenset((*_LOCAL_NAMES, host, *names)) if names else frozenset()


def _offered(headers: Headers) -> Iterable[str]:
    """The token in an Authorization header: as a bearer's, or as the password a browser asks for."""
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        yield rest.strip()
    elif scheme.lower() == "basic":
        try:
            yield base64.b64decode(rest, validate=True).decode().partition(":")[2]
        except ValueError:
            return


def _same(one: str, other: str) -> bool:
    """Equal, told in the same time however much of it is."""
    digests = [sha256(text.encode()).digest() for text in (one, other)]
    return hmac.compare_digest(*digests)
