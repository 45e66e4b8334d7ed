"""The failures that the command line turns into one line; and the exit codes."""

from collections.abc import Mapping

from letterwatch.clock import ClockError
from letterwatch.config import ConfigError
from state import ArchiveError, RegisterError, StateError

EXIT_ERROR = 1
EXIT_USAGE = 2  # click's
EXIT_SOURCE = 3
EXIT_STOPPED = 130

EXIT_CODES: Mapping[int, str] = {
    0: "done; of `check`: every source is well, stale or quiet ones too; of `doctor`: nothing fails",
    EXIT_ERROR: "an error, or `health` found the daemon not alive; "
    "of `doctor`: our own set-up fails; of `demo --exit`: not as expected",
    EXIT_USAGE: "the command line is wrong: no such command, option or value",
    EXIT_SOURCE: "`check`: a source is broken or blocked; `doctor`: only a site we look at fails",
    EXIT_STOPPED: "ended by Ctrl-C; what was seen until then is kept",
}
"""What each exit code tells a script."""

Failure = (ArchiveError, ClockError, ConfigError, RegisterError, StateError)
"""Every exception whose message is written for the operator: what is wrong, where, and the mend."""
