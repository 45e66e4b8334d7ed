"""A configuration that is edited while it is in use: noticed, and tried before it is used."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from letterwatch.config.loading import find_config_file, load_config
from letterwatch.config.problems import ConfigError


class ConfigFile:
    """The file that a long-lived process read at its start, and what it held when it was last looked at."""

    def __init__(self, path: Path | None, env: Mapping[str, str]) -> None:
        self._path = path or find_config_file(env)
        self._env = env
        self._known = self._digest()

    def try_out(self) -> None:
        """Raises ConfigError where the file as it stands now cannot be used."""
        load_config(self._path, self._env).require_contact(self._path)

    def find_change(self) -> str | None:
        """One line where the file is another than at the last look, with what to do; else None."""
        digest = self._digest()
        if digest == self._known:
            return None
        self._known = digest
        try:
            self.try_out()
        except ConfigError as error:
            first, *more = str(error).splitlines()
            others = f" (and {len(more)} more)" if more else ""
            return f"the configuration cannot be used as it was changed: {first}{others}"
        return f"{self._path} was changed; SIGHUP or a restart puts it to use"

    def _digest(self) -> str | None:
        try:
            return sha256(self._path.read_bytes()).hexdigest() if self._path else None
        except OSError:
            return None
