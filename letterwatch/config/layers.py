"""Settings laid over the file: secret files first, then the environment."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letterwatch.config.lines import KeyPath
from letterwatch.config.problems import ConfigError
from letterwatch.config.variables import PREFIX

RESERVED = frozenset(f"{PREFIX}{name}" for name in ("AT", "CONFIG", "CORPUS", "SECRETS_DIR"))
"""Variables with the prefix that are no keys."""

_DOCKER_SECRETS = "/run/secrets"
_MOST_BYTES = 64_000

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One value from outside the file: where it belongs, and where it came from."""

    path: tuple[str, ...]
    value: Any
    origin: str


def read_environment(env: Mapping[str, str]) -> Iterator[Setting]:
    """The settings in LETTERWATCH_<SECTION>__<KEY>; empty variables count as absent."""
    for name, text in env.items():
        if name.startswith(PREFIX) and name not in RESERVED and text.strip():
            yield Setting(_path_of(name), _parse_value(text), name)


def read_secrets(env: Mapping[str, str], sections: Iterable[str]) -> Iterator[Setting]:
    """The settings in files named like the variables, small letters and no prefix allowed.

    Looked for in Docker's secrets, systemd's credentials and LETTERWATCH_SECRETS_DIR, the last one winning.
    Files of other programs in the first two are left alone; in our own folder they are taken for a slip.
    Raises OSError, and ConfigError for a file that is no secret's.
    """
    known = frozenset(sections)
    for shared in (_DOCKER_SECRETS, env.get("CREDENTIALS_DIRECTORY")):
        if shared and Path(shared).is_dir():
            yield from _read_folder(Path(shared), lambda path: len(path) > 1 and path[0] in known)
    own = env.get(f"{PREFIX}SECRETS_DIR")
    if own:
        yield from _read_folder(Path(own), lambda _: True)


def lay(settings: Iterable[Setting], tree: Tree) -> dict[KeyPath, str]:
    """Puts the settings into the tree, later ones over earlier ones; returns where each came from.

    A name means the key that stands there, whatever its case and hyphens, else a new one in small letters.
    """
    origins: dict[KeyPath, str] = {}
    for setting in settings:
        node = tree
        path: KeyPath = ()
        for part in setting.path[:-1]:
            key = _matching(node, part)
            if not isinstance(node.get(key), dict):
                node[key] = {}
            node = node[key]
            path = (*path, key)
        key = _matching(node, setting.path[-1])
        node[key] = setting.value
        origins[(*path, key)] = setting.origin
    return origins


def _matching(node: Tree, part: str) -> str:
    return next((key for key in node if _fold(key) == part), part)


def _fold(key: str) -> str:
    return key.casefold().replace("-", "_")


def _path_of(name: str) -> tuple[str, ...]:
    return tuple(_fold(name).removeprefix(_fold(PREFIX)).split("__"))


def _parse_value(text: str) -> Any:
    """A JSON list where it is one, else the text."""
    if text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _read_folder(folder: Path, is_ours: Callable[[tuple[str, ...]], bool]) -> Iterator[Setting]:
    for file in sorted(folder.iterdir()):
        path = _path_of(file.name)
        if is_ours(path) and file.is_file() and not file.name.startswith("."):
            yield Setting(path, _read_secret(file), f"secret file {file}")


def _read_secret(file: Path) -> str:
    """The one line of a secret file, without the line break that editors add."""
    with file.open("rb") as secret:
        body = secret.read(_MOST_BYTES)
    try:
        text = body.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise ConfigError(f"secret file {file}: not UTF-8 text; save the file as UTF-8") from None
    if "\n" in text:
        raise ConfigError(f"secret file {file}: more than one line; the secret stands in it alone")
    return text
