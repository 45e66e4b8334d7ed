"""A long-lived process whose configuration is edited: it says so, and on SIGHUP begins anew with it."""

import asyncio
import logging
import os
import signal
import sys
from datetime import timedelta

from letterwatch.config.changes import ConfigFile
from letterwatch.vitals.pulse import Pulse
from letterwatch.watching.chores import Chores

log = logging.getLogger(__name__)

NOTICE_EVERY = timedelta(minutes=1)


class Renewal:
    """Ends a process in good order, by its event, where another is to take its place."""

    def __init__(self, config_file: ConfigFile | None, pulse: Pulse, stopping: asyncio.Event) -> None:
        self._config_file = config_file
        self._pulse = pulse
        self._stopping = stopping
        self.is_due = False
        """True once the process ends so that `begin_anew` may follow."""

    def schedule(self, chores: Chores) -> None:
        """Notices edits from now on, and heeds SIGHUP."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, chores.begin, self.heed)
        chores.every(NOTICE_EVERY, self.notice)

    async def notice(self) -> None:
        """Says once that the configuration was edited, and whether it could be used."""
        change = await asyncio.to_thread(self._config_file.find_change) if self._config_file else None
        if change:
            log.warning("%s", change)
            self._pulse.tell(change)

    async def heed(self) -> None:
        """Ends the process if the configuration on disk can be used; ConfigError if not."""
        if self._config_file is not None:
            await asyncio.to_thread(self._config_file.try_out)
            log.info("SIGHUP: the configuration is good; beginning anew")
            self.is_due = True
            self._stopping.set()


def begin_anew() -> None:
    """The same command from its beginning, in the same process, so that its supervisor sees no end."""
    os.execv(sys.executable, [sys.executable, "-m", "letterwatch", *sys.argv[1:]])  # noqa: S606  ourselves
