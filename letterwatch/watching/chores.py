"""What a long-lived process does again and again, on APScheduler's clock; a failure is told, no more."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from letterwatch.clock import Clock
from letterwatch.failures import Failure

log = logging.getLogger(__name__)

# A job whose last run is not done yet, since the database is away, is told of by its own failure.
logging.getLogger("apscheduler.scheduler").addFilter(
    lambda record: "maximum number of running instances" not in record.getMessage()
)

Job = Callable[[], Awaitable[None]]


class Chores:
    """Jobs at their times; runs of one never overlap, and a missed time is made up once."""

    def __init__(self) -> None:
        self.scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        self.under_way: set[asyncio.Task[None]] = set()

    def every(self, interval: timedelta, job: Job) -> None:
        """A job at once, and then at every interval; in real time, also in a rehearsal."""
        trigger = IntervalTrigger(seconds=interval.total_seconds(), timezone=UTC)
        self.scheduler.add_job(self.guarded, trigger, [job], next_run_time=Clock().now())

    def on(self, trigger: BaseTrigger, job: Job) -> None:
        """A job whenever the trigger says."""
        self.scheduler.add_job(self.guarded, trigger, [job])

    def begin(self, job: Job) -> None:
        """A job now, beside all others."""
        self.under_way.add(asyncio.create_task(self.guarded(job)))  # a task that nobody holds may vanish

    async def guarded(self, job: Job) -> None:
        """Runs a job so that its failure is told and the next one still comes."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a coroutine that runs has its task
        self.under_way.add(task)
        try:
            await job()
        except Failure as failure:
            log.error("%s", failure)
        except Exception:  # the job's edge: whatever broke must not end the watch
            log.exception("a job failed; it will be tried again at its next time")
        finally:
            self.under_way.discard(task)

    async def finish(self) -> None:
        """Waits for what is under way."""
        await asyncio.gather(*self.under_way, return_exceptions=True)
