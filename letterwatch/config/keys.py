"""Which keys there are, and where: asked of the model, for who wrote one that is not there."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel

from letterwatch.config.lines import KeyPath

LISTED = ("news", "subscriptions")
"""Sections of which there are several: [[news]]."""
OTHER_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "state": {"database": ("url",), "path": ("url",), "file": ("url",)},
    "http": {"email": ("contact",), "user_agent": ("contact",), "rate": ("requests_per_second",)},
    "ofsted": {"url": ("reports_url",), "interval": ("poll",), "every": ("poll",)},
    "news": {"url": ("feed", "page"), "rss": ("feed",), "link": ("feed", "page"), "region": ("authorities",)},
    "feeds": {"interval": ("poll",), "every": ("poll",)},
    "channels": {
        "url": ("webhook_url", "smtp", "url"),
        "server": ("smtp",),
        "host": ("smtp",),
        "recipients": ("to",),
        "file": ("path",),
        "key": ("secret",),
    },
    "subscriptions": {
        "frequency": ("delivery",),
        "schedule": ("delivery",),
        "region": ("authorities",),
        "council": ("authorities",),
        "neighbours": ("authorities",),
    },
    "web": {"port": ("listen",), "host": ("listen",), "address": ("listen",), "password": ("token",)},
    "health": {"url": ("ping",)},
    "log": {"path": ("file",)},
}
"""What other programs, or plain English, call a key."""


def tables_in(annotation: Any) -> list[type[BaseModel]]:
    """The tables that a section, or a list or choice of them, may be."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [table for part in get_args(annotation) for table in tables_in(part)]


def types_of(table: type[BaseModel]) -> tuple[Any, ...]:
    """The values of `type` that a table is for."""
    return get_args(table.model_fields["type"].annotation)


def keys_of(model: type[BaseModel], section: str) -> list[str]:
    """The keys that any table of a section may have."""
    tables = tables_in(model.model_fields[section].annotation)
    return list(dict.fromkeys(f.alias or name for table in tables for name, f in table.model_fields.items()))


def known_keys(model: type[BaseModel], path: KeyPath, tree: Any) -> list[str]:
    """The keys that the table at a path's parent may have."""
    if len(path) == 1:
        return list(model.model_fields)
    for item in path[:-1]:
        tree = tree[item]
    return [
        field.alias or name
        for table in tables_in(model.model_fields[str(path[0])].annotation)
        if "type" not in table.model_fields or tree.get("type") in types_of(table)
        for name, field in table.model_fields.items()
    ]


def find_other_words(model: type[BaseModel], path: KeyPath, tree: Any) -> list[str]:
    """The keys of a table that a word, unknown as a key, is another word for."""
    known = known_keys(model, path, tree)
    meant = OTHER_WORDS.get(str(path[0]), {}).get(str(path[-1]), ()) if path[1:] else ()
    return [key for key in meant if key in known]


def find_sections(model: type[BaseModel], key: str) -> list[str]:
    """The sections that have a key."""
    return [section for section in model.model_fields if key in keys_of(model, section)]


def as_section(name: str) -> str:
    """How the heading of a section is written."""
    return f"[{name}.NAME]" if name == "channels" else f"[[{name}]]" if name in LISTED else f"[{name}]"
