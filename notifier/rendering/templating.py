"""Jinja for texts and mails: the built-in templates, or the operator's own in place of them, sandboxed."""

from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment


def open_templates(folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Templates of this package; a file of the same name in `folder` goes before."""
    loaders: list[BaseLoader] = [FileSystemLoader(folder)] if folder else []
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, PackageLoader("notifier", "templates")]),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
