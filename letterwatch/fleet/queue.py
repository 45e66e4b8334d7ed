"""The queue of looks: one job for each source that is due, taken by one worker, given on where it dies."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.worker import Worker

from letterwatch.sources.watched import WatchedSource
from state import LockTakenError, RoomAddress, StateError

log = logging.getLogger(__name__)
logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # jobs tell of themselves, in our words

LOOKS = "looks"
BEAT_EVERY = 2.0  # seconds
STALLED_AFTER = 10.0  # seconds without a beat; then a worker's jobs are another's
ASK_AGAIN_AFTER = 2  # seconds, where another process is at the source still
GLANCE_EVERY = 1.0  # seconds between looks at the queue, which says nothing of a job that was given on


class GiveBackError(Exception):
    """The job is not done and is another worker's now."""


class _AnotherTime(BaseRetryStrategy):
    """Jobs that were given back go on at once, those whose source is taken in a moment; no other is repeated:
    its source's next look is planned like any other."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        if isinstance(exception, GiveBackError):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, LockTakenError):
            return RetryDecision(retry_in={"seconds": ASK_AGAIN_AFTER})
        return None


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turns what the queue's library raises inside the block into StateError."""
    try:
        yield
    except ConnectorException as error:
        why = " ".join(str(error.__cause__ or error).split())[:200]
        raise StateError(f"the queue beside the state does not answer ({why}); see PostgreSQL") from error


class Queue:
    """The queue at one state.

    A job's priority is how often its look was cut off: such looks come first, the oldest before all.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._worker: Worker | None = None

    async def defer(self, source: WatchedSource) -> bool:
        """Asks for a look; False where one is asked for already."""
        task = self._app.configure_task("look", queue=LOOKS, lock=source.name, queueing_lock=source.name)
        with _plain_errors():
            try:
                await task.defer_async(source=source.name)
            except AlreadyEnqueued:
                return False
            return True

    async def list_asked(self) -> frozenset[str]:
        """The sources for which a look is asked or under way."""
        with _plain_errors():
            jobs = await self._app.job_manager.list_jobs_async(queue=LOOKS)
        return frozenset(job.lock or "" for job in jobs)

    async def give_on(self, forsaken: Collection[str]) -> None:
        """Gives the looks at forsaken sources, and those of workers without a sign of life, to others."""
        manager = self._app.job_manager
        with _plain_errors():
            doing = [*await manager.list_jobs_async(queue=LOOKS, status="doing")] if forsaken else []
            stalled = [*await manager.get_stalled_jobs(queue=LOOKS, seconds_since_heartbeat=STALLED_AFTER)]
        cut_off = {job.id: job for job in [*(job for job in doing if job.lock in forsaken), *stalled]}
        for job in cut_off.values():
            try:
                await manager.retry_job(job, priority=job.priority + 1)
            except ConnectorException:  # another was quicker, or the worker lives and is done
                continue
            log.warning("%s: the worker that had it is gone; another takes it", job.lock)

    async def beat(self) -> None:
        """Tells the queue that this worker lives."""
        if self._worker is not None and self._worker.worker_id is not None:
            with _plain_errors():
                await self._app.job_manager.update_heartbeat(self._worker.worker_id)

    async def work(self, at_once: int) -> None:
        """Takes jobs until told to stop; raises StateError where the database is away."""
        self._worker = Worker(
            self._app,
            queues=[LOOKS],
            concurrency=at_once,
            fetch_job_polling_interval=GLANCE_EVERY,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=86_400,  # `beat` does, which no failure ends
            stalled_worker_timeout=STALLED_AFTER,
        )
        try:
            with _plain_errors():
                await self._worker.run()  # type: ignore[no-untyped-call]
        finally:
            self._worker = None

    def stop(self) -> None:
        """Takes no more jobs; `work` returns when those under way are done."""
        if self._worker is not None:
            self._worker.stop()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def open_queue(
    address: RoomAddress, look: Callable[[str, int], Awaitable[None]] | None = None
) -> AsyncIterator[Queue]:
    """Opens the queue; raises StateError where it cannot be reached.

    `look` is what a worker does with a source's name, and with how often a look at it was cut off.
    """
    connector = PsycopgConnector(
        conninfo=address.conninfo, kwargs=address.arguments, min_size=1, max_size=4, timeout=10.0
    )
    app = App(connector=connector)

    @app.task(name="look", queue=LOOKS, retry=_AnotherTime(), pass_context=True)
    async def look_at(context: JobContext, source: str) -> None:
        assert look is not None  # noqa: S101  only workers take jobs
        await look(source, context.job.priority)

    try:
        await app.open_async()
    except Exception as error:
        raise StateError(
            f"the queue beside the state cannot be opened ({error}); start PostgreSQL"
        ) from error
    try:
        yield Queue(app)
    finally:
        await app.close_async()
