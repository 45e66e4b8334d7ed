"""What a newer reader reads differently in the same bytes, field by field. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from scraper.letters import compare_versions
from state import Letter, Reading

_WHOLE = ("kind", "title", "framework", "visited_from_on", "visited_to_on", "dated_on", "inspectors",
          "visit_number", "judged_inadequate", "areas", "not_read", "warnings")  # fmt: skip
_PARTS = ("authority", "addressee", "grades", "pace")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that a newer reader reads otherwise; None: it read nothing there."""

    field: str  #: as in `read --json`
    before: object  #: what the former reader read
    after: object  #: what this one reads


def compare_readings(old: Reading, new: Reading) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of `read --json`; readers' versions are no difference."""
    if old.letter is None or new.letter is None:
        if (old.letter is None) == (new.letter is None) and old.unreadable == new.unreadable:
            return ()
        return (FieldChange("readable", _say(old), _say(new)),)
    return tuple(_compare_letters(old.letter, new.letter))


def _say(reading: Reading) -> str:
    return reading.unreadable or "yes"


def _compare_letters(old: Letter, new: Letter) -> Iterator[FieldChange]:
    for name in _WHOLE:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FieldChange(name, before, after)
    for name in _PARTS:
        before, after = (getattr(letter, name) for letter in (old, new))
        was, now = (part.model_dump() if part else {} for part in (before, after))
        for key in dict.fromkeys((*was, *now)):
            if was.get(key) != now.get(key):
                yield FieldChange(f"{name}.{key}", was.get(key), now.get(key))
    yield from _compare_sections(old, new)
    yield from _compare_summaries(old, new)


def _compare_sections(old: Letter, new: Letter) -> Iterator[FieldChange]:
    was, now = ([(each.role.value, each.heading) for each in letter.sections] for letter in (old, new))
    if was != now:
        yield FieldChange("sections", [_head(*each) for each in was], [_head(*each) for each in now])
    for change in compare_versions(old, new):
        yield FieldChange("sections.text", change.before, change.after)


def _head(role: str, heading: str | None) -> str:
    return f"{role}: {heading}" if heading else role


def _compare_summaries(old: Letter, new: Letter) -> Iterator[FieldChange]:
    was, now = ({each.quote: each for each in letter.summary} for letter in (old, new))
    for quote in [each for each in was if each not in now]:
        yield FieldChange("summary", quote, None)
    for quote in [each for each in now if each not in was]:
        yield FieldChange("summary", None, quote)
    for quote in [each for each in was if each in now]:
        before, after = was[quote], now[quote]
        for key in ("page", "role", "themes"):
            if getattr(before, key) != getattr(after, key):
                yield FieldChange(f"summary.{key}", getattr(before, key), getattr(after, key))
