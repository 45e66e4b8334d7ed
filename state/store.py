"""The store: the one object through which the app knows and remembers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from state.delivering import backlog
from state.delivering.backlog import Backlog
from state.delivering.outbox import Outbox
from state.errors import StateError
from state.judging.ofsted_rules import Expectations
from state.keeping.upkeep import Upkeep
from state.lists import queries
from state.lists.ledger import Ledger
from state.lists.library import Library
from state.lists.rehearsing import rehearse
from state.news.feeds import NEWS, load_feeds, load_openings, settle_round
from state.news.notices import GOVUK, find_notices, settle_notices
from state.news.stories import load_letters
from state.records.articles import LetterOnFile, LinkArticle, link_nothing
from state.records.events import Event
from state.records.takes import KnownAuthority, KnownFeed, Take, Validators
from state.settling import known, sourcing
from state.settling import ofsted as settling
from state.settling.announcing import CompareVersions
from state.settling.incidents import close_unwatched
from state.settling.ofsted import Rules, Settlement
from state.settling.posting import Draft, Route, post
from state.storage import heartbeat
from state.storage.database import BUSY_TIMEOUT, Database, insert_or_skip, parse_url
from state.storage.migrating import prepare
from state.storage.schema import documents, meta
from state.storage.sharing import Sharing
from state.storage.spending import load_spending, record_spending
from state.storage.turns import check_turn

_MODES = {True: "rehearsal", False: "real"}


class Store(Library, Ledger, Sharing, Upkeep):
    """What is known, on SQLite or PostgreSQL; safe to use from several threads."""

    def __init__(self, database: Database, *, rehearsal: bool) -> None:
        super().__init__(database)
        self._rehearsal = rehearsal
        self.outbox = Outbox(database)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        rehearsal: bool,
        create: bool = True,
        remains: str | None = None,
        timeout: float = BUSY_TIMEOUT,
    ) -> "Store":
        """Opens a state, making a fresh one where there is nothing; raises StateError with the mend.

        `remains` names what is left of a state whose database is gone (its archive): none is then made.
        `timeout`: seconds to wait for another writer. A state that holds real runs refuses a rehearsal,
        and the other way round.
        """
        database = Database(parse_url(url), timeout=timeout)
        try:
            prepare(database, create=create, remains=remains)
            with database.reading() as connection:
                _check_mode(connection, rehearsal=rehearsal, place=database.place)
        except BaseException:
            database.close()
            raise
        return cls(database, rehearsal=rehearsal)

    def close(self) -> None:
        """Gives all connections back."""
        self._database.close()

    def known(self, urns: Collection[str], *, now: datetime) -> Mapping[str, KnownAuthority]:
        """What a crawl compares the pages of some authorities with, by URN."""
        with self._database.reading() as connection:
            return known.load_known(connection, urns, now)

    def known_of(self, since: date, until: date, *, now: datetime) -> Sequence[KnownAuthority]:
        """The known authorities whose newest report is of these days."""
        with self._database.reading() as connection:
            urns = known.find_recent(connection, since, until)
            return tuple(known.load_known(connection, urns, now).values())

    def waiting(self, *, now: datetime) -> Sequence[KnownAuthority]:
        """The known authorities with documents that are to be asked for again."""
        with self._database.reading() as connection:
            urns = known.find_waiting(connection, now)
            return tuple(known.load_known(connection, urns, now).values())

    def find_validators(self, url: str) -> Validators | None:
        """Validators of the last settled good look at a URL."""
        return self.validators_of([url]).get(url)

    def validators_of(self, urls: Collection[str]) -> Mapping[str, Validators]:
        """Validators of the last settled good looks at some URLs, by URL."""
        with self._database.reading() as connection:
            return known.load_validators(connection, urls)

    def under_watch(self) -> frozenset[str]:
        """The URNs of the authorities whose last full inspection has an inadequate judgement."""
        with self._database.reading() as connection:
            return queries.find_under_watch(connection)

    def known_feeds(self) -> Mapping[str, KnownFeed]:
        """What is remembered of every news feed, by its source's name."""
        with self._database.reading() as connection:
            return load_feeds(connection)

    def spent(self, day: date) -> Mapping[str, int]:
        """Requests of a day (UTC) by host."""
        with self._database.reading() as connection:
            return load_spending(connection, day)

    def appearances(self, since: datetime) -> list[datetime]:
        """When publications that were news were first seen, for the rhythm to learn from."""
        with self._database.reading() as connection:
            return queries.list_appearances(connection, since)

    def find_openings(self, identities: Collection[str]) -> Mapping[str, str]:
        """The marks of those stories that were opened before, by identity."""
        with self._database.reading() as connection:
            return load_openings(connection, identities)

    def find_notices(self, paths: Collection[str]) -> frozenset[str]:
        """Those of some of the government's notices that are known, by path."""
        with self._database.reading() as connection:
            return find_notices(connection, paths)

    def find_robots(self, host: str, *, now: datetime) -> str | None:
        """A host's robots.txt if it was fetched within the last day."""
        with self._database.reading() as connection:
            return known.load_robots(connection, host, now)

    def keep_robots(self, host: str, text: str, *, now: datetime) -> None:
        """Remembers a host's robots.txt for a day."""
        with self._database.writing() as connection:
            known.keep_robots(connection, host, text, now)

    def settle(
        self,
        take: Take,
        *,
        now: datetime,
        route: Route,
        compare: CompareVersions,
        flood: int,
        announce_since: date | None = None,
        link: LinkArticle = link_nothing,
        expected: Expectations = Expectations(),  # noqa: B008  a frozen value
    ) -> Settlement:
        """Judges a take and writes it with its events and deliveries, all in one transaction.

        Interrupted anywhere, nothing of it was written, and settling again gives the same result. Raises
        LockTakenError, and writes nothing, where the take's turn at its source is over.
        """
        rules = Rules(route, compare, flood, self._find_region, announce_since, link, expected)
        with self._database.writing() as connection:
            if not self._database.is_sqlite:
                connection.execute(
                    sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("letterwatch settle")))
                )
            if take.turn is not None:
                check_turn(connection, take.source, take.turn)
            _check_mode(connection, rehearsal=self._rehearsal, place=self._database.place)
            mode = insert_or_skip(connection, meta).values(key="mode", value=_MODES[self._rehearsal])
            connection.execute(mode)
            record_spending(connection, take.spent, now)
            if take.source == GOVUK:
                return settle_notices(connection, take, rules, now=now)
            if take.source == NEWS:
                return settle_round(connection, take, rules, now=now)
            return settling.settle(connection, take, rules, now=now)

    def tell(self, event: Event, *, route: Route, now: datetime) -> int:
        """Posts one event that no run brought, such as a channel's failure; returns its deliveries."""
        with self._database.writing() as connection:
            return post(connection, [Draft(event)], route=route, run_id=None, now=now).deliveries

    def holds_documents(self) -> bool:
        """Whether any document was ever kept."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(documents.c.sha256).limit(1)) is not None

    @property
    def place(self) -> str:
        """Where the state lies, without its password."""
        return self._database.place

    def letters_on_file(self, urns: Collection[str]) -> list[LetterOnFile]:
        """The publications of some authorities, or of all if none is named, with their letters."""
        with self._database.reading() as connection:
            return load_letters(connection, urns)

    def beat(self, now: datetime) -> None:
        """Notes that the scheduler lives."""
        with self._database.writing() as connection:
            heartbeat.record_heartbeat(connection, now)

    def find_heartbeat(self) -> datetime | None:
        """When the scheduler last gave a sign of life; None where no daemon ever ran."""
        with self._database.reading() as connection:
            return heartbeat.find_heartbeat(connection)

    def note_end(self, now: datetime) -> None:
        """Notes that the scheduler ended in order."""
        with self._database.writing() as connection:
            heartbeat.record_end(connection, now)

    def find_end(self) -> datetime | None:
        """When the scheduler ended in order; None where it lives, ended otherwise, or never ran."""
        with self._database.reading() as connection:
            return heartbeat.find_end(connection)

    def backlog(self, now: datetime) -> Backlog:
        """How the outbox stands."""
        with self._database.reading() as connection:
            return backlog.load_backlog(connection, now)

    def find_planned(self, names: Collection[str]) -> Mapping[str, datetime | None]:
        """When some sources are to be looked at next, of those that were looked at."""
        with self._database.reading() as connection:
            return sourcing.find_planned(connection, names)

    def plan_look(self, source: str, at: datetime, why: str) -> None:
        """Notes when a source will be looked at next, and why then."""
        with self._database.writing() as connection:
            sourcing.plan_look(connection, source, at, why)

    def close_unwatched(self, watched: Collection[str], now: datetime) -> list[str]:
        """Ends the incidents of sources that are not among those watched; whose they were."""
        with self._database.writing() as connection:
            return close_unwatched(connection, watched, now)

    def rehearse(self, since: date, *, compare: CompareVersions) -> list[Event]:
        """Every event since a day, oldest first, and those that a baseline kept quiet about."""
        with self._database.reading() as connection:
            return rehearse(connection, since, region=self._find_region, compare=compare)

    def _find_region(self, urn: str) -> str | None:
        authority = self._register.get(urn)
        return authority.region if authority else None


def _check_mode(connection: sa.Connection, *, rehearsal: bool, place: str) -> None:
    mode = connection.scalar(sa.select(meta.c.value).where(meta.c.key == "mode"))
    if mode in (None, _MODES[rehearsal]):
        return
    if rehearsal:
        raise StateError(
            f"the state {place} holds real runs; rehearse (LETTERWATCH_AT) with another [state] url"
        )
    raise StateError(f"the state {place} holds a rehearsal; use another [state] url or set LETTERWATCH_AT")
