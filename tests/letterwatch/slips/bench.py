"""The operator's folder while one slip is tried: its files, its street, and what is to be undone."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

from tests.letterwatch.here import run_here
from tests.letterwatch.slips.street import Street


@dataclass
class Bench:
    """A folder with configuration and state; `words` stand for what is known only while it is prepared."""

    folder: Path
    street: Street
    stack: ExitStack
    words: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "letterwatch.toml"

    @property
    def database(self) -> Path:
        return self.folder / "data" / "letterwatch.db"

    @property
    def archive(self) -> Path:
        return self.folder / "data" / "archive"

    def rewrite(self, change: Callable[[str], str | bytes]) -> None:
        """Changes the configuration as a whole."""
        text = change(self.config.read_text("utf-8"))
        self.config.write_bytes(text.encode() if isinstance(text, str) else text)

    def run(self, *words: str) -> CompletedProcess[str]:
        """A command that goes well."""
        done = run_here(words, self.folder)
        assert done.returncode == 0, done
        return done
