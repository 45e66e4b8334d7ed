"""Finds, reads and checks the configuration."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from letterwatch.config.broken_toml import explain_toml
from letterwatch.config.layers import Tree, lay, read_environment, read_secrets
from letterwatch.config.lines import KeyPath, locate_keys
from letterwatch.config.model import SUBSCRIBED, WATCHED, Config, NewsConfig
from letterwatch.config.own_files import find_own_file
from letterwatch.config.problems import ConfigError, Places, Problem, explain, render_problems
from letterwatch.config.variables import PREFIX
from notifier.settings import FileSettings, SubscriptionSettings
from state import Register, RegisterError, offer, suggest

FILE_NAME = "letterwatch.toml"
_STANDING_FOR = {"news": (WATCHED, SUBSCRIBED), "subscriptions": (WATCHED,)}
_MOST_BYTES = 1_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CHANNEL_NAME = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def find_config_file(env: Mapping[str, str]) -> Path | None:
    """Where the configuration is looked for: LETTERWATCH_CONFIG, this folder, the user's config folder.

    A file that is named is returned whether or not it is there.
    """
    named = env.get(f"{PREFIX}CONFIG")
    if named:
        return Path(named)
    return next((path for path in (Path(FILE_NAME), user_config_file(env)) if path.is_file()), None)


def user_config_file(env: Mapping[str, str]) -> Path:
    """The configuration in the user's config folder."""
    folder = env.get("XDG_CONFIG_HOME") or Path(env.get("HOME") or Path.home()) / ".config"
    return Path(folder) / "letterwatch" / FILE_NAME


def find_lack(path: Path | None, env: Mapping[str, str]) -> str | None:
    """That there is no configuration, and where it was looked for; None where one is, or is named."""
    if path or find_config_file(env):
        return None
    places = f"{Path.cwd()} or {user_config_file(env).parent}"
    return f"there is no {FILE_NAME} in {places}: `letterwatch init` writes one, --config names another"


def load_config(path: Path | None, env: Mapping[str, str]) -> Config:
    """The configuration of a file (None: the one that is found), secret files and the environment.

    The environment wins over secret files, these over the file, the file over the defaults. Raises
    ConfigError with a line for each thing to mend.
    """
    file = path or find_config_file(env)
    text = _read_file(file) if file else ""
    tree = _parse_toml(text, file)
    try:
        settings = [*read_secrets(env, Config.model_fields), *read_environment(env)]
    except OSError as error:
        raise ConfigError(
            f"secret files: {error.filename}: {error.strerror}; make it readable or correct "
            "LETTERWATCH_SECRETS_DIR"
        ) from error
    places = Places(str(file) if file else None, locate_keys(text), lay(settings, tree))
    try:
        config = Config.model_validate(tree)
        problems = list(find_conflicts(config, Register.load()))
    except ValidationError as error:
        problems = list(explain(error, Config, tree))
    if problems:
        raise ConfigError("\n".join(render_problems(problems, places, tree))) from None
    return config


def find_conflicts(config: Config, register: Register) -> Iterator[Problem]:
    """What each section allows, but the whole does not: names that mean nothing, or two things."""
    named: Mapping[str, Sequence[NewsConfig | SubscriptionSettings]] = {
        "news": config.news,
        "subscriptions": config.subscriptions,
    }
    for section, entries in named.items():
        names = [entry.name for entry in entries]
        for position, entry in enumerate(entries):
            if entry.name in names[:position]:
                yield Problem((section, position, "name"), "this name is taken; every one needs its own")
            for place, spec in enumerate(entry.authorities):
                text = _object_to(spec, section, register)
                if text:
                    yield Problem((section, position, "authorities", place), text)
    for position, subscription in enumerate(config.subscriptions):
        channel = subscription.channel
        if channel not in config.channels:
            text = f"there is no [channels.{channel}]{suggest(channel, config.channels)}"
            yield Problem(("subscriptions", position, "channel"), text)
        yield from _find_unknown_themes(subscription, position)
    yield from _find_misplaced_files(config)
    for name in config.channels:
        if not _CHANNEL_NAME.fullmatch(name):
            yield Problem(("channels", name), 'a channel\'s name has letters, digits, "-" and "_" only')


def _find_misplaced_files(config: Config) -> Iterator[Problem]:
    """Files that alerts and the log would be written into, and must not be; folders that are not there."""
    written: dict[KeyPath, str] = {("log", "file"): config.log.file} if config.log.file else {}
    for name, channel in config.channels.items():
        if isinstance(channel, FileSettings):
            written["channels", name, "path"] = str(channel.path)
        templates = getattr(channel, "templates", None)
        if templates is not None and not templates.is_dir():
            yield Problem(("channels", name, "templates"), f"there is no folder {templates}")
    for path, file in written.items():
        own = "a folder" if Path(file).is_dir() else find_own_file(Path(file), config)
        if own:
            yield Problem(path, f"{file} is {own}; name another file")


def _find_unknown_themes(subscription: SubscriptionSettings, position: int) -> Iterator[Problem]:
    """A theme that no letter is ever marked with would be silence for good."""
    if not subscription.themes:
        return
    from scraper.letters.findings.themes import THEMES  # noqa: PLC0415  its phrases are built, for who names themes

    for place, theme in enumerate(subscription.themes):
        if theme.casefold() not in THEMES:
            text = f'no theme is called "{theme}"{offer(suggest(theme, THEMES), THEMES)}'
            yield Problem(("subscriptions", position, "themes", place), text)


def _object_to(spec: str, section: str, register: Register) -> str | None:
    """What is wrong with the name of an authority; None where nothing is."""
    if spec.casefold() in _STANDING_FOR[section]:
        return None
    try:
        register.select(spec)
    except RegisterError as error:
        return str(error)
    return None


def _read_file(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            body = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError(f'{file}: there is no such file; "letterwatch init" writes one') from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    if len(body) > _MOST_BYTES:
        raise ConfigError(f"{file}: larger than 1 MB; this cannot be a configuration")
    if b"\0" in body and not body.startswith(_UTF16):
        raise ConfigError(f"{file}: not a text file; this cannot be a configuration")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise ConfigError(f"{file}, line {line}: not UTF-8 text; save the file as UTF-8") from None


def _parse_toml(text: str, file: Path | None) -> Tree:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        what, _, where = str(error).rpartition(" (at ")
        line = re.search(r"line (\d+)", where)
        number = int(line[1]) if line else text.count("\n") + 1
        place, problem = explain_toml(text, what or str(error), number)
        raise ConfigError(f"{file}, line {place}: not valid TOML: {problem}") from None
