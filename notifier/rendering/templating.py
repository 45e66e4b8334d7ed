"""Jinja for texts and mails: the built-in templates, or the operator's own in place of them, sandboxed."""

from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment


def open_templates(folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Templates of this package; a file of the same name in `folder` goes before.

    Raises ValueError where the folder is not there, has none of these names, or one that is no template.
    """
    loaders: list[BaseLoader] = [FileSystemLoader(folder)] if folder else []
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, PackageLoader("notifier", "templates")]),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    if folder:
        _check_templates(environment, folder)
    return environment


def _check_templates(environment: ImmutableSandboxedEnvironment, folder: Path) -> None:
    """Compiles the operator's templates, so that a slip shows at the start and not with the next letter."""
    if not folder.is_dir():
        raise ValueError(f"templates: there is no folder {folder}")
    known = PackageLoader("notifier", "templates").list_templates()
    names = [name for name in known if (folder / name).is_file()]
    if not names:
        raise ValueError(f"templates: {folder} holds no template; there may be {', '.join(known)}")
    for name in names:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            raise ValueError(f"templates: {folder / name}, line {error.lineno}: {error.message}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"templates: {folder / name} cannot be read: save it as UTF-8 text") from error
