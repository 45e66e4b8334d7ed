"""Does one fault, lets it end, and says what was seen, and whether all was told exactly once."""

import re
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

from state import DeliveryState
from tests.letterwatch.faults.catalogue import Fault
from tests.letterwatch.faults.town import House, Town, move_in

_VERDICT = re.compile(
    r"^(?P<source>ofsted|news|govuk): (?P<verdict>\w+)(?: \((?P<cause>.*)\))?: [^:]*, \d+ recorded",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"127\.0\.0\.1:\d{3,}")
_DATABASE = re.compile(r"postgresql\+psycopg://\S+")
_PID = re.compile(r"\bpid \d+")
_DEAD_CHANNEL = re.compile(r"^Channel (\w+) does not deliver$", re.MULTILINE)
_HELD = "held back\n---"
_WELL = "ok"


@dataclass(frozen=True)
class Row:
    """One fault as the table shows it."""

    step: str
    fault: str
    seen: str
    exit: int
    incident: str
    told: str
    lost: tuple[str, ...]
    doubled: tuple[str, ...]

    def render(self) -> str:
        """The row in Markdown."""
        lost, doubled = (", ".join(names) or "none" for names in (self.lost, self.doubled))
        seen = self.seen.replace("|", "\\|")
        cells = (self.step, self.fault, seen, str(self.exit), self.incident, self.told, lost, doubled)
        return f"| {' | '.join(cells)} |"


def try_fault(fault: Fault, folder: Path, town: Town) -> Row:
    """The fault while all appears; then, after it has ended, the operator's remedy, and one more look."""
    how = fault.how
    with move_in(town, folder) as house:
        how.furnish(house)
        town.publish()
        how.befall(house)
        done = how.run(house)
        assert "Traceback" not in done.stderr, done.stderr
        house.fault.close()
        town.mend()
        seen, opened, alarms = _see(house, done), _name_incidents(house), _name_alarms(house)
        is_told = all(min(counts) for counts in town.count_told().values())
        how.remedy.do(house)
        after = house.check(how.after)
        assert after.returncode == 0, after.stdout + after.stderr
        left = [each.source for each in house.incidents() if each.closed_at is None]
        with house.store() as store:
            assert store.outbox.count_open() == {}, "something waits still, and would be told again"
        told = town.count_told()
    incidents = [f"{opened}; {'still open' if left else 'over'} after"] if opened else []
    incident = ", ".join([*incidents, *alarms]) or "none"
    lost = tuple(name for name, counts in told.items() if min(counts) < 1)
    doubled = tuple(name for name, counts in told.items() if max(counts) > 1)
    when = "at once" if is_told else how.remedy.words
    return Row(fault.step, fault.name, seen, done.returncode, incident, when, lost, doubled)


def _see(house: House, done: CompletedProcess[str]) -> str:
    """What an operator sees: a failed command's line, an ill source's, or a failed delivery's."""
    if done.returncode < 0:
        return "nothing: the process is gone"
    if done.stderr:
        return _plainly(house, done.stderr.splitlines()[0].removeprefix("letterwatch: "))
    found = [match.groupdict() for match in _VERDICT.finditer(done.stdout)]
    ill = [
        f"{each['source']} {each['verdict']}: {each['cause']}" for each in found if each["verdict"] != _WELL
    ]
    if ill:
        return _plainly(house, ill[0])
    with house.store() as store:
        late = [each for each in store.deliveries() if each.state is not DeliveryState.SENT]
        late = sorted((each for each in late if each.last_error or each.hold), key=lambda each: each.channel)
        failed = [look for run in store.runs() for look in store.looks(run.id)]
    if late:
        return f"in `deliveries`, {late[0].state.value}: {late[0].last_error or late[0].hold}"
    return _plainly(house, f"in `runs`: {failed[0].page} {failed[0].cause}") if failed else "nothing"


def _plainly(house: House, text: str) -> str:
    """The same words each time: names for addresses, one number for all processes."""
    text = _ADDRESS.sub("reports.ofsted.gov.uk", house.town.plainly(text))
    text = _DATABASE.sub("postgresql+psycopg://…", text)
    return _PID.sub("pid 4711", text).replace(f"{house.folder}/", "")


def _name_incidents(house: House) -> str:
    """The incidents that a fault opened."""
    return ", ".join(sorted(f"{each.source} {each.verdict.value}" for each in house.incidents()))


def _name_alarms(house: House) -> list[str]:
    """What else operators were told: of channels, and of alerts that are held."""
    channels = _DEAD_CHANNEL.findall(house.journal)
    return [
        *(f"channel {name} broken" for name in channels),
        *(["flood held"] if _HELD in house.journal else []),
    ]
