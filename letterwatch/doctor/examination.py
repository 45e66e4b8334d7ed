"""The whole examination, step by step; a check that fails itself is a finding, too."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from letterwatch.clock import Clock, ClockError
from letterwatch.config import Config, ConfigError, find_config_file, load_config
from letterwatch.doctor.finding import Finding, Level, fail, ok
from letterwatch.doctor.holdings import check_state
from letterwatch.doctor.machine import check_files, check_folders, check_time_zone
from letterwatch.doctor.reach import check_channels, check_feeds
from letterwatch.doctor.sites import check_hosts, check_site
from letterwatch.failures import EXIT_ERROR, EXIT_SOURCE

_MEND = "correct it; docs/reference/configuration.md explains every key"


@dataclass(frozen=True, slots=True)
class Examination:
    """All findings, in their order."""

    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """1: something of our own set-up fails; 3: only sites we look at do; 0: nothing fails."""
        failing = [finding for finding in self.findings if finding.level is Level.FAIL]
        if not failing:
            return 0
        return EXIT_SOURCE if all(finding.outside for finding in failing) else EXIT_ERROR

    def in_words(self) -> str:
        """The last line: '14 ok, 1 to look at, 0 failing'."""
        number = {level: sum(each.level is level for each in self.findings) for level in Level}
        return f"{number[Level.OK]} ok, {number[Level.WARN]} to look at, {number[Level.FAIL]} failing"


def _find_lack_of_contact(config: Config, file: Path | None) -> ConfigError | None:
    """That `run` would ask for a contact; everything else can be looked at without."""
    try:
        config.require_contact(file)
    except ConfigError as error:
        return error
    return None


def examine_all(
    path: Path | None,
    environment: Mapping[str, str],
    *,
    every_feed: bool,
    begin: Callable[[str], None] = lambda _step: None,
) -> Iterator[Finding]:
    """Every finding as it is made; `begin` hears which step comes next. Sends and changes nothing."""
    begin("configuration")
    file = path or find_config_file(environment)
    try:
        config = load_config(path, environment)
        clock = Clock.from_environment(environment)
        lack = _find_lack_of_contact(config, file)
        if lack is not None and file is None:
            raise lack
    except (ConfigError, ClockError) as error:
        for line in str(error).splitlines():
            yield fail("configuration", line, _MEND)
        return
    understood = f"{file or 'no file; defaults and environment'} is understood"
    yield ok("configuration", understood) if lack is None else fail("configuration", str(lack), _MEND)
    for name, check in _steps(config, clock, file, environment, every_feed=every_feed):
        begin(name)
        try:
            yield from check()
        except Exception as error:  # noqa: BLE001  one check that fails must not hide the others
            yield fail(name, f"the check itself failed ({type(error).__name__}: {error})"[:300], "report it")


def _steps(
    config: Config, clock: Clock, file: Path | None, environment: Mapping[str, str], *, every_feed: bool
) -> Iterable[tuple[str, Callable[[], Iterable[Finding]]]]:
    return (
        ("secrets", lambda: check_files(file, environment, config)),
        ("time zones", lambda: [check_time_zone()]),
        ("folders", lambda: check_folders(config)),
        ("state", lambda: check_state(config, clock)),
        ("hosts", lambda: check_hosts(config)),
        ("site", lambda: check_site(config)),
        ("news", lambda: check_feeds(config, clock, all_of_them=every_feed)),
        ("channels", lambda: check_channels(config)),
    )
