"""What is held: the database, whoever works on it, and the archive."""

from collections.abc import Iterator

from letterwatch.clock import Clock
from letterwatch.config import Config
from letterwatch.doctor.finding import Finding, fail, ok, warn
from letterwatch.vitals.health import judge_fleet, judge_heartbeat, say_end
from state import Archive, ArchiveError, DeliveryState, StateError, Store

SAMPLE = 20  # documents of the archive that are read and compared with their hashes
PATIENCE = 5.0  # seconds to wait for another writer


def check_state(config: Config, clock: Clock) -> Iterator[Finding]:
    """Opens the state without making one; then its integrity, its holders, its outbox, its archive."""
    try:
        archive = Archive(config.state.archive)
        store = Store.open(config.state.url, rehearsal=clock.rehearsal, create=False, timeout=PATIENCE)
    except StateError as error:
        yield _explain_unopened(error)
        return
    try:
        yield from _check_open(store, archive, clock)
    finally:
        store.close()


def _explain_unopened(error: StateError) -> Finding:
    words, _, mend = str(error).rpartition("; ")
    if "there is no state" in words:
        return warn("database", words, "run `letterwatch check` for the first look")
    return fail("database", words or str(error), mend or "see the message")


def _check_open(store: Store, archive: Archive, clock: Clock) -> Iterator[Finding]:
    for check, name in ((_check_database, "database"), (_check_outbox, "deliveries")):
        try:
            yield check(store, clock)
        except StateError as error:
            words, _, mend = str(error).rpartition("; ")
            yield fail(name, words, mend)
    yield _check_daemon(store)
    yield from _check_archive(store, archive)


def _check_database(store: Store, clock: Clock) -> Finding:  # noqa: ARG001
    damage = store.find_damage()
    if damage:
        return fail("database", f"damaged: {damage}", "restore it: letterwatch restore")
    return ok("database", f"open, schema current, whole, writable ({store.place})")


def _check_outbox(store: Store, clock: Clock) -> Finding:
    backlog = store.backlog(clock.now())
    parked, held = backlog.by_state[DeliveryState.PARKED], backlog.by_state[DeliveryState.HELD]
    if parked:
        mend = "letterwatch deliveries --state parked says why; then letterwatch deliveries retry ID"
        return warn("deliveries", f"{parked} parked: refused for good", mend)
    if held:
        return warn("deliveries", f"{held} held back by the flood guard", "letterwatch release")
    if backlog.oldest_at and (clock.now() - backlog.oldest_at).total_seconds() > 3600:
        return warn("deliveries", "some are overdue by more than an hour", "letterwatch deliveries says why")
    return ok("deliveries", "none is parked, held or overdue")


def _check_daemon(store: Store) -> Finding:
    """A lock dies with its holder: one that is held has a living one."""
    try:
        with store.lock("daemon"):
            pass
    except StateError as error:
        late = judge_heartbeat(store.find_heartbeat(), Clock().now())
        if late is None:
            return ok("daemon", str(error).partition(";")[0].replace("another process", "a daemon"))
        return fail("daemon", f"it holds its lock, but {late.partition(';')[0]}", "restart `letterwatch run`")
    fleet = [each for each in store.workers() if each.alive]
    lack = judge_fleet(fleet)
    if lack:
        words, _, mend = lack.rpartition("; ")
        return fail("daemon", words, mend)
    if fleet:
        return ok("daemon", f"a fleet is watching: {', '.join(each.role for each in fleet)}")
    ended_at = store.find_end()
    ended = f": it {say_end(ended_at)}" if ended_at else ""
    return warn("daemon", f"no daemon is running on this state{ended}", "start `letterwatch run`")


def _check_archive(store: Store, archive: Archive) -> Iterator[Finding]:
    sample = store.sample_documents(SAMPLE)
    lost = []
    for digest in sample:
        try:
            archive.get(digest)
        except ArchiveError as error:
            lost.append(str(error))
    for line in lost[:3]:
        words, _, mend = line.rpartition("; ")
        yield fail("archive", words, mend)
    if not lost:
        yield ok("archive", f"{len(sample)} documents taken at random are there and whole")
