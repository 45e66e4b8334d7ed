"""The outbox: claimed with a lease, tried on record, acknowledged; nothing is ever dropped."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from state.errors import StateError
from state.records.events import Event
from state.records.takes import Delivery, Routing
from state.records.vocabulary import AttemptOutcome, DeliveryState
from state.storage.database import Database
from state.storage.owners import is_gone
from state.storage.presence import find_silent
from state.storage.schema import attempts, events, outbox, publications

FURTHEST = timedelta(days=9)
"""No row is put off for longer, be it by a weekly digest: a clock that ran ahead set a later time."""

_UNCERTAIN = tuple(
    outcome.value for outcome in (AttemptOutcome.STARTED, AttemptOutcome.INTERRUPTED, AttemptOutcome.UNCLEAR)
)


class Outbox:
    """Rows to deliver. A claim belongs to this object; one that was lost to another can record no retry."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claims: dict[str, str] = {}

    def claim_due(
        self,
        owner: str,
        now: datetime,
        limit: int,
        lease: timedelta,
        channels: Collection[str] | None = None,
    ) -> list[Delivery]:
        """Claims due rows, oldest first, of these channels only if any are named.

        The rows of a digest come together, whatever the limit. A claim whose lease ran out, whose process on
        this host is no more, or whose worker elsewhere gives no sign of life, is claimed anew.
        """
        token = secrets.token_hex(8)
        with self._database.writing() as connection:
            claimable = _claimable(connection, now)
            if channels is not None:
                claimable &= outbox.c.channel.in_(channels)
            ids = _pick(connection, claimable, limit)
            if not ids:
                return []
            connection.execute(
                sa.update(outbox)
                .where(outbox.c.id.in_(ids))
                .values(
                    state=DeliveryState.CLAIMED.value,
                    claimed_by=owner,
                    claim=token,
                    claimed_until=now + lease,
                )
            )
            _close_attempts(connection, ids, AttemptOutcome.INTERRUPTED, None, now)
            deliveries = _load(connection, ids)
        self._claims.update(dict.fromkeys(ids, token))
        return deliveries

    def record_attempt(self, delivery_id: str, now: datetime) -> bool:
        """Notes that a send begins; False where the claim was lost, and nothing must be sent."""
        with self._database.writing() as connection:
            updated = connection.execute(
                sa.update(outbox).where(self._own(delivery_id)).values(attempts=outbox.c.attempts + 1)
            )
            if updated.rowcount == 0:
                self._claims.pop(delivery_id, None)
                return False
            connection.execute(
                sa.insert(attempts).values(
                    delivery_id=delivery_id, started_at=now, outcome=AttemptOutcome.STARTED.value
                )
            )
        return True

    def record_sent(self, delivery_id: str, receipt: str | None, now: datetime) -> None:
        """Acknowledges a success; it stands even where the claim was lost meanwhile."""
        with self._database.writing() as connection:
            connection.execute(
                sa.update(outbox)
                .where(outbox.c.id == delivery_id, outbox.c.state != DeliveryState.SENT.value)
                .values(**_unclaimed(DeliveryState.SENT), sent_at=now, receipt=receipt, last_error=None)
            )
            _close_attempts(connection, [delivery_id], AttemptOutcome.SENT, receipt, now)
        self._claims.pop(delivery_id, None)

    def record_retry(
        self, delivery_id: str, reason: str, next_at: datetime, now: datetime, *, in_doubt: bool = False
    ) -> None:
        """Puts a row off; `in_doubt` where it may have arrived all the same (a lost answer)."""
        outcome = AttemptOutcome.UNCLEAR if in_doubt else AttemptOutcome.RETRY
        self._give_back(delivery_id, DeliveryState.PENDING, outcome, reason, now, due_at=next_at)

    def record_parked(self, delivery_id: str, reason: str, now: datetime) -> None:
        """Puts a row aside until the operator's `deliveries retry`."""
        self._give_back(delivery_id, DeliveryState.PARKED, AttemptOutcome.PARKED, reason, now)

    def retry(self, delivery_id: str, now: datetime) -> None:
        """Makes a parked or waiting row due now; raises StateError where there is nothing to retry."""
        with self._database.writing() as connection:
            row = connection.execute(sa.select(outbox).where(outbox.c.id == delivery_id)).one_or_none()
            if row is None:
                raise StateError(f"there is no delivery {delivery_id}; `letterwatch deliveries` lists them")
            if row.state == DeliveryState.SENT:
                raise StateError(
                    f"delivery {delivery_id} was sent at {row.sent_at:%Y-%m-%d %H:%M} UTC already"
                )
            if row.state == DeliveryState.HELD:
                raise StateError(f"delivery {delivery_id} is held; run `letterwatch release {row.hold}`")
            if row.state == DeliveryState.CLAIMED:
                raise StateError(
                    f"delivery {delivery_id} is being sent by {row.claimed_by}; look again later"
                )
            again = {"state": DeliveryState.PENDING.value, "due_at": now}
            connection.execute(sa.update(outbox).where(outbox.c.id == delivery_id).values(again))

    def release(self, hold: str, now: datetime) -> int:
        """Lets what a hold kept go out; returns how many rows, raises StateError where there are none."""
        with self._database.writing() as connection:
            held = (outbox.c.hold == hold) & (outbox.c.state == DeliveryState.HELD.value)
            due_at = sa.case((outbox.c.due_at > now, outbox.c.due_at), else_=now)
            released = connection.execute(
                sa.update(outbox).where(held).values(state=DeliveryState.PENDING.value, due_at=due_at)
            ).rowcount
            once_held = connection.scalar(sa.select(outbox.c.id).where(outbox.c.hold == hold).limit(1))
        if once_held is None:
            raise StateError(f"nothing is held as {hold}; `letterwatch deliveries --state held` lists all")
        if not released:
            raise StateError(f"{hold} was released already; `letterwatch deliveries` says what became of it")
        return released

    def due_channels(self, now: datetime) -> list[str]:
        """The channels that have something to send now."""
        with self._database.reading() as connection:
            return sorted(
                connection.scalars(sa.select(outbox.c.channel).distinct().where(_claimable(connection, now)))
            )

    def find_receipt(self, channel: str, recipient: str, urn: str, file_id: str) -> str | None:
        """The receipt of the first message sent about a publication on a channel: its thread hangs there."""
        about = (publications.c.urn == urn) & (publications.c.file_id == file_id)
        statement = (
            sa.select(outbox.c.receipt)
            .join(events, events.c.id == outbox.c.event_id)
            .join(publications, publications.c.id == events.c.publication_id)
            .where(about, outbox.c.channel == channel, outbox.c.recipient == recipient)
            .where(outbox.c.state == DeliveryState.SENT.value, outbox.c.digest.is_(None))
            .order_by(outbox.c.sent_at, outbox.c.id)
            .limit(1)
        )
        with self._database.reading() as connection:
            return connection.execute(statement).scalar()

    def find_own_receipt(self, channel: str, recipient: str, event_key: str) -> str | None:
        """The receipt of the message that told of an event; None where it was not sent by itself."""
        statement = (
            sa.select(outbox.c.receipt)
            .join(events, events.c.id == outbox.c.event_id)
            .where(events.c.key == event_key, outbox.c.channel == channel, outbox.c.recipient == recipient)
            .where(outbox.c.state == DeliveryState.SENT.value, outbox.c.digest.is_(None))
            .order_by(outbox.c.sent_at, outbox.c.id)
            .limit(1)
        )
        with self._database.reading() as connection:
            return connection.execute(statement).scalar()

    def count_open(self) -> dict[str, int]:
        """How many rows are not sent, by state: waiting for their time or a retry, held, parked."""
        unsent = sa.select(outbox.c.state, sa.func.count()).where(outbox.c.state != DeliveryState.SENT.value)
        with self._database.reading() as connection:
            rows = connection.execute(unsent.group_by(outbox.c.state)).all()
        return {row[0]: row[1] for row in rows}

    def next_due_at(self) -> datetime | None:
        """When the next row falls due, or a lease runs out; None where nothing waits."""
        waits = sa.case(
            (outbox.c.state == DeliveryState.CLAIMED.value, outbox.c.claimed_until), else_=outbox.c.due_at
        )
        waiting = outbox.c.state.in_([DeliveryState.PENDING.value, DeliveryState.CLAIMED.value])
        with self._database.reading() as connection:
            return connection.scalar(
                sa.select(sa.type_coerce(sa.func.min(waits), outbox.c.due_at.type)).where(waiting)
            )

    def _own(self, delivery_id: str) -> sa.ColumnElement[bool]:
        return (
            (outbox.c.id == delivery_id)
            & (outbox.c.state == DeliveryState.CLAIMED.value)
            & (outbox.c.claim == self._claims.get(delivery_id, ""))
        )

    def _give_back(
        self,
        delivery_id: str,
        state: DeliveryState,
        outcome: AttemptOutcome,
        reason: str,
        now: datetime,
        **values: datetime,
    ) -> None:
        with self._database.writing() as connection:
            given = connection.execute(
                sa.update(outbox)
                .where(self._own(delivery_id))
                .values(**_unclaimed(state), last_error=reason, **values)
            )
            if given.rowcount:
                _close_attempts(connection, [delivery_id], outcome, reason, now)
        self._claims.pop(delivery_id, None)


def _unclaimed(state: DeliveryState) -> dict[str, object]:
    return {"state": state.value, "claimed_by": None, "claim": None, "claimed_until": None}


def _claimable(connection: sa.Connection, now: datetime) -> sa.ColumnElement[bool]:
    claimed = outbox.c.state == DeliveryState.CLAIMED.value
    owners = connection.scalars(sa.select(outbox.c.claimed_by).distinct().where(claimed))
    names = [owner for owner in owners if owner]
    gone = [*filter(is_gone, names), *find_silent(connection, names)]
    lost = claimed & ((outbox.c.claimed_until <= now) | outbox.c.claimed_by.in_(gone))
    due = (outbox.c.due_at <= now) | (outbox.c.due_at > now + FURTHEST)
    return ((outbox.c.state == DeliveryState.PENDING.value) & due) | lost


def _pick(connection: sa.Connection, claimable: sa.ColumnElement[bool], limit: int) -> list[str]:
    """Ids to claim; PostgreSQL passes over what another sender is claiming at this moment.

    Whoever locks a digest's first row has the digest.
    """
    as_told = (outbox.c.created_at, outbox.c.event_id, outbox.c.id)
    due = sa.select(outbox.c.id).where(claimable).with_for_update(skip_locked=True)
    single = due.where(outbox.c.digest.is_(None)).order_by(outbox.c.due_at, *as_told)
    ids = list(connection.scalars(single.limit(limit)))
    group = (outbox.c.subscription, outbox.c.recipient, outbox.c.channel, outbox.c.digest)
    digests = sa.select(*group, sa.func.min(outbox.c.id)).where(claimable, outbox.c.digest.is_not(None))
    for *values, first in connection.execute(digests.group_by(*group)).all():
        if len(ids) >= limit:
            break
        if connection.scalar(due.where(outbox.c.id == first)) is not None:
            same = sa.and_(*(column == value for column, value in zip(group, values, strict=True)))
            ids += connection.scalars(due.where(same).order_by(*as_told))
    return ids


def _load(connection: sa.Connection, ids: Sequence[str]) -> list[Delivery]:
    """Deliveries in the order of `ids`."""
    rows = connection.execute(sa.select(outbox, events.c.facts).join(events).where(outbox.c.id.in_(ids)))
    doubtful = _find_doubtful(connection, ids)
    deliveries = {
        row.id: Delivery(
            id=row.id,
            event=Event.model_validate_json(row.facts),
            routing=Routing(row.subscription, row.channel, row.due_at, row.digest, row.recipient),
            attempts=row.attempts,
            in_doubt_at=doubtful.get(row.id),
        )
        for row in rows
    }
    return [deliveries[delivery_id] for delivery_id in ids]


def _find_doubtful(connection: sa.Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """When the last attempt began, for rows where it may have arrived unrecorded."""
    last = sa.select(sa.func.max(attempts.c.id)).where(attempts.c.delivery_id.in_(ids))
    statement = sa.select(attempts.c.delivery_id, attempts.c.started_at).where(
        attempts.c.id.in_(last.group_by(attempts.c.delivery_id)), attempts.c.outcome.in_(_UNCERTAIN)
    )
    return {row.delivery_id: row.started_at for row in connection.execute(statement)}


def _close_attempts(
    connection: sa.Connection, ids: Sequence[str], outcome: AttemptOutcome, detail: str | None, now: datetime
) -> None:
    open_ones = attempts.c.delivery_id.in_(ids) & attempts.c.ended_at.is_(None)
    connection.execute(
        sa.update(attempts).where(open_ones).values(ended_at=now, outcome=outcome.value, detail=detail)
    )
