"""Which addresses a crawl may ask: hosts that the configuration names, by the scheme it names them with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True)
class HostRules:
    """The (scheme, host, port) triples that may be asked; private hosts among them were named by somebody."""

    allowed: frozenset[tuple[str, str, int]]

    @classmethod
    def of(cls, reports_url: str, files_hosts: Iterable[str]) -> Self:
        """The rules of a configuration.

        Files hosts are names with or without a port, asked by https; by http only where they are written
        "http://…" or where the reports' own address is http, as that of a replica on loopback is.
        """
        reports = urlsplit(reports_url)
        schemes = ("https", "http") if reports.scheme == "http" else ("https",)
        allowed = {_triple(reports)}
        for host in files_hosts:
            scheme, separator, rest = host.partition("://")
            names = [(scheme, rest)] if separator else [(each, host) for each in schemes]
            allowed |= {_triple(urlsplit(f"{each}://{name}")) for each, name in names}
        return cls(frozenset(allowed))

    def find_objection(self, url: str) -> str | None:
        """Why an address may not be asked, in one line; None where it may."""
        try:
            parts = urlsplit(url)
            triple = _triple(parts)
        except ValueError:
            return "the address is malformed"
        if triple not in self.allowed:
            return self._object_to(*triple)
        if len(url) > _LONGEST:
            return f"the address is longer than {_LONGEST} characters"
        if parts.username is not None or parts.password is not None:
            return "the address carries a user name"
        return None

    def _object_to(self, scheme: str, host: str, port: int) -> str:
        if scheme not in _PORTS:
            return f"the address is no web address but {scheme[:20] or 'relative'}"
        where = host if port == _PORTS[scheme] else f"{host}:{port}"
        if any(host == known for _, known, _ in self.allowed):
            return f"the address leads to {scheme}://{where[:100]}, which is not configured so"
        return f"the address leads to {where[:100]}, which is not a configured host"


def _triple(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(parts.scheme, 0)
