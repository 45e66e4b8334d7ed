"""A real server on loopback that never ends: an opening at once, then a byte every now and then."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

EVERY = 0.02  # seconds: any limit on the silence between two bytes is kept


@contextmanager
def dripping(opening: bytes) -> Iterator[str]:
    """Serves one visitor so until the block is left; gives its host and port."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            visitor, _ = listener.accept()
            with visitor, suppress(OSError):
                visitor.sendall(opening)
                while not done.wait(EVERY):
                    visitor.sendall(b"a")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            done.set()
            thread.join()
