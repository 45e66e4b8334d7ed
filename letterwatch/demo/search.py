"""The search of the replica: the filters, sorting and paging that Letterwatch and its users rely on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qs, urlencode

from letterwatch.demo.replica import Replica, ReplicaAuthority

MOST_ROWS = 100
DEFAULT_ROWS = 10
LA_CHILDRENS_SERVICES = "12"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results; `next_query` leads to the following one."""

    authorities: Sequence[ReplicaAuthority]
    total: int
    next_query: str | None


def search(replica: Replica, query: str) -> Found:
    """Answers a query string as the real site does, as far as that is known."""
    asked = parse_qs(query)
    matching = [each for each in replica.authorities if _is_asked_for(replica, each, asked)]
    if asked.get("sort") == ["date"]:
        newest_first = asked.get("order", ["desc"]) == ["desc"]
        matching.sort(key=lambda each: replica.latest(each.urn).published_on, reverse=newest_first)
    start = _number(asked, "start", 0)
    rows = min(_number(asked, "rows", DEFAULT_ROWS), MOST_ROWS)
    end = start + rows
    onward = urlencode({**asked, "start": str(end)}, doseq=True) if end < len(matching) else None
    return Found(matching[start:end], len(matching), onward)


def _is_asked_for(replica: Replica, authority: ReplicaAuthority, asked: dict[str, list[str]]) -> bool:
    types = asked.get("level_2_types[]", [LA_CHILDRENS_SERVICES])
    codes = asked.get("local_authority[]", [authority.la_code])
    words = asked.get("q", [""])[0].casefold()
    first, last = (_day(asked, f"latest_report_date_{end}") for end in ("start", "end"))
    latest = replica.latest(authority.urn).published_on
    return (
        LA_CHILDRENS_SERVICES in types
        and authority.la_code in codes
        and words in authority.name.casefold()
        and (first is None or latest >= first)
        and (last is None or latest <= last)
    )


def _number(asked: dict[str, list[str]], name: str, default: int) -> int:
    text = asked.get(name, [""])[0]
    return int(text) if text.isdecimal() else default


def _day(asked: dict[str, list[str]], name: str) -> date | None:
    """A day written DD-MM-YYYY; what is no day filters nothing."""
    try:
        return datetime.strptime(asked.get(name, [""])[0], "%d-%m-%Y").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
