"""A source of news as a crawl is told of it, and the rules for what it may lead to."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from scraper.addresses import HostRules
from scraper.pages import host_family


@dataclass(frozen=True, slots=True)
class NewsSource:
    """A feed, or a page that lists stories; its name is its row among the sources.

    `urns`: the authorities it is known to serve. `council`: what it says are a council's own words.
    `elsewhere`: its stories may lie on any public host, as those of an aggregator do.
    """

    name: str
    url: str
    is_page: bool = False
    urns: tuple[str, ...] = ()
    council: bool = False
    elsewhere: bool = False

    @property
    def rules(self) -> "SourceRules":
        """What requests for this source may ask."""
        return SourceRules(HostRules.of(self.url, ()), host_family(self.url), self.elsewhere)


@dataclass(frozen=True, slots=True)
class SourceRules:
    """The host a source was named with, its sister names (www., amp., m.), and any other where so allowed.

    Only the host that somebody named may be a private address: others are looked up before they are asked.
    """

    named: HostRules
    family: str
    elsewhere: bool = False

    def find_objection(self, url: str) -> str | None:
        """Why an address may not be asked, in one line; None where it may."""
        objection = self.named.find_objection(url)
        if objection is None:
            return None
        try:
            parts = urlsplit(url)
            related = host_family(url) == self.family and parts.port is None
            odd_port = parts.port not in (None, 80, 443)
        except ValueError:
            return "the address is malformed"
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or len(url) > 2000:
            return objection
        if odd_port or not (related or self.elsewhere):
            return f"the address leads to {parts.netloc[:100]}, which is not the source's own host"
        return None

    def must_be_public(self, url: str) -> bool:
        """True for an address that nobody named: its host must not be a private one."""
        return self.named.find_objection(url) is not None
