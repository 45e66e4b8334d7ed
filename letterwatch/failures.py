"""The failures that the command line turns into one line; and the exit codes."""

from letterwatch.clock import ClockError
from letterwatch.config import ConfigError
from state import ArchiveError, RegisterError, StateError

EXIT_ERROR = 1
EXIT_SOURCE = 3
EXIT_STOPPED = 130

Failure = (ArchiveError, ClockError, ConfigError, RegisterError, StateError)
"""Every exception whose message is written for the operator: what is wrong, where, and the mend."""
