"""Exceptions of a fetch as outcomes."""

import zlib

import pytest
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from twisted.internet.error import NoRouteError

from scraper.failures import NotAsked, judge_failure
from state import Outcome


@pytest.mark.parametrize(
    ("error", "outcome", "cause"),
    [
        (CannotResolveHostError("x"), Outcome.TRANSIENT, "the host's name could not be resolved"),
        (NoRouteError(), Outcome.TRANSIENT, "no connection to the server"),
        (zlib.error("bad"), Outcome.TRANSIENT, "the answer could not be decompressed"),
        (NotAsked(Outcome.BLOCKED, "robots"), Outcome.BLOCKED, "robots"),
        (IgnoreRequest("for\nsome reason"), Outcome.BROKEN, "for some reason"),
        (
            IgnoreRequest("Ignored response <200 http://x> because its body exceeded DOWNLOAD_MAXSIZE"),
            Outcome.BROKEN,
            "the answer is larger than allowed",
        ),
        (IgnoreRequest(), Outcome.BROKEN, "no reason given"),
        (RuntimeError("of\nour own"), Outcome.BROKEN, "RuntimeError: of our own"),
    ],
)
def test_each_has_its_outcome_and_one_line(error: Exception, outcome: Outcome, cause: str) -> None:
    judgement = judge_failure(error)
    assert (judgement.outcome, judgement.cause) == (outcome, cause)
    assert judgement.worth_retrying is (outcome is Outcome.TRANSIENT)
