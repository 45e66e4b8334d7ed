"""What a crawl was asked to look at: its arguments, understood or refused in one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scraper.sources import NewsSource
from state import Register, RegisterError, Rhythm, suggest


class ScopeError(ValueError):
    """An argument that means nothing; the message says which and what would."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The rhythm, and the authorities and dates it is limited to; without any, all of them."""

    rhythm: Rhythm = Rhythm.SWEEP
    urns: tuple[str, ...] = ()
    since: date | None = None

    @property
    def is_chosen(self) -> bool:
        """True for a crawl limited by somebody: it shows all that it finds, changed or not."""
        return bool(self.urns) or self.since is not None

    @property
    def is_poll(self) -> bool:
        """True where only what looks new is looked at."""
        return self.rhythm is Rhythm.POLL

    def includes(self, published_on: date | None) -> bool:
        """False for what was published too early; an entry without a date is never dropped."""
        return self.since is None or published_on is None or published_on >= self.since


def parse_scope(authority: str, since: str, rhythm: str) -> Scope:
    """Reads a spider's arguments; raises ScopeError."""
    try:
        asked = Rhythm(rhythm)
    except ValueError:
        raise ScopeError(f'rhythm "{rhythm}" is unknown; use sweep or poll') from None
    limited = Scope(asked, _parse_authorities(authority), _parse_day(since))
    if limited.is_chosen and limited.is_poll:
        raise ScopeError("a poll looks at all authorities; leave out authority and since, or rhythm=poll")
    return limited


def choose_sources(sources: Sequence[NewsSource], name: str, authority: str) -> tuple[NewsSource, ...]:
    """The sources of a name, those that serve some authorities, or all; raises ScopeError."""
    chosen = tuple(sources)
    if name.strip():
        chosen = tuple(source for source in chosen if source.name.casefold() == name.strip().casefold())
        if not chosen:
            mend = suggest(name, [source.name for source in sources])
            raise ScopeError(f'source: none is called "{name.strip()}"{mend}')
    urns = set(_parse_authorities(authority))
    if urns:
        chosen = tuple(source for source in chosen if urns & set(source.urns))
        if not chosen:
            raise ScopeError(f'authority: no source serves "{authority.strip()}"; name one in [[news]]')
    return chosen


def _parse_authorities(names: str) -> tuple[str, ...]:
    """Names or URNs, separated by commas; a name may itself have one ("Bristol, City of")."""
    if not names.strip():
        return ()
    try:
        return _select(names)
    except ScopeError:
        if "," not in names:
            raise
    parts = [part for part in names.split(",") if part.strip()]
    return tuple(dict.fromkeys(urn for part in parts for urn in _select(part)))


def _select(name: str) -> tuple[str, ...]:
    try:
        authorities = Register.load().select(name.strip())
    except RegisterError as error:
        raise ScopeError(f"authority: {error}") from error
    urns = tuple(authority.urn for authority in authorities if authority.urn and authority.current)
    if not urns:
        raise ScopeError(f'authority: "{name.strip()}" has no page of its own any more')
    return urns


def _parse_day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ScopeError(f'since "{text}" is no date; write it as 2019-10-01') from None
