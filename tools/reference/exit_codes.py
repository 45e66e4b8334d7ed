"""The exit codes."""

from letterwatch.failures import EXIT_CODES
from tools.reference.markdown import table

_HEAD = """\
# Exit codes

What a command's end tells a script. The line on standard error says what is wrong, where, and how to mend it.
"""


def render_exit_codes() -> str:
    """The whole page."""
    return f"{_HEAD}\n" + table(("code", "means"), [(f"`{code}`", says) for code, says in EXIT_CODES.items()])
