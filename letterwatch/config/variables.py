"""How a key is called as a variable, and what was meant by a variable that is called otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from letterwatch.config.keys import LISTED, find_sections, keys_of
from letterwatch.config.lines import KeyPath

PREFIX = "LETTERWATCH_"
_CHANNELS = "channels"
_USUAL = {"database_url": ("state", "url"), "db_url": ("state", "url"), "port": ("web", "listen")}


def name_variable(*path: str) -> str:
    """LETTERWATCH_OFSTED__POLL."""
    return PREFIX + "__".join(path).upper().replace("-", "_")


def guess_variables(model: type[BaseModel], path: KeyPath, tree: Mapping[str, Any]) -> list[str]:
    """The variables that one without its double underscores, or without its section, may have meant."""
    match path:
        case (str(name),):
            return [name_variable(*each) for each in _guess(model, name, tree)]
        case ("channels", str(rest)):
            return [name_variable(*each) for each in _split(model, rest, tree, named=True)]
        case _:
            return []


def _guess(model: type[BaseModel], name: str, tree: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    single = [each for each in model.model_fields if each not in (*LISTED, _CHANNELS)]
    joined = [(each, key) for each in single for key in keys_of(model, each) if name == f"{each}_{key}"]
    usual = [_USUAL[name]] if name in _USUAL else []
    alone = [(each, name) for each in find_sections(model, name) if each in single]
    rest = name.removeprefix(f"{_CHANNELS}_")
    return joined or usual or alone or _split(model, rest, tree, named=rest != name)


def _split(
    model: type[BaseModel], rest: str, tree: Mapping[str, Any], *, named: bool
) -> list[tuple[str, ...]]:
    """A channel's name and key that were written with one underscore between them.

    What stands before the key may be no name but the kind of service, unless it was `named`.
    """
    channels = tree.get(_CHANNELS)
    names = {each.casefold().replace("-", "_") for each in channels} if isinstance(channels, dict) else set()
    for key in sorted(keys_of(model, _CHANNELS), key=len, reverse=True):
        name, found, _ = rest.rpartition(f"_{key}") if rest.endswith(f"_{key}") else ("", rest == key, "")
        if found and (named or name in names):
            return [(_CHANNELS, name or "name", key)]
        if found and find_sections(model, key) == [_CHANNELS]:
            return [(_CHANNELS, "name", key)]
    return []
