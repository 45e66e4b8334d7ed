"""A spider's arguments, understood or refused."""

from datetime import date

import pytest

from scraper.spiders.scope import Scope, ScopeError, parse_scope
from state import Rhythm


def test_without_arguments_everything_is_swept() -> None:
    assert parse_scope("", "", "sweep") == Scope(Rhythm.SWEEP, (), None)


def test_authorities_by_name_and_urn() -> None:
    assert parse_scope("wakefield", "", "sweep").urns == ("80451",)
    assert len(parse_scope("wakefield,leeds, 80451", "", "chosen").urns) == 2
    assert len(parse_scope("Bristol, City of", "", "sweep").urns) == 1


def test_since_keeps_what_has_no_date() -> None:
    scope = parse_scope("", "2019-10-01", "sweep")
    assert scope.includes(date(2019, 10, 1))
    assert scope.includes(None)
    assert not scope.includes(date(2019, 9, 30))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("atlantis", "", "sweep"), 'unknown authority "atlantis"'),
        (("wakefield,atlantis", "", "sweep"), 'unknown authority "atlantis"'),
        (("northampton county", "", "sweep"), "authority"),
        (("", "1 October 2019", "sweep"), "write it as 2019-10-01"),
        (("", "", "hourly"), "use sweep or poll"),
        (("wakefield", "", "poll"), "a poll looks at all authorities"),
    ],
)
def test_what_means_nothing_is_refused_in_one_line(arguments: tuple[str, str, str], message: str) -> None:
    with pytest.raises(ScopeError, match=message) as refused:
        parse_scope(*arguments)
    assert "\n" not in str(refused.value)
