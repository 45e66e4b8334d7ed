"""Another process that holds a source's turn."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HOLD = """
import sys
from state import Store

with Store.open(sys.argv[1], rehearsal=False).lock("ofsted"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that holds Ofsted's turn in a state, until it is killed or the block ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, url],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        yield child
