"""The API's own description, taken at its word: whatever it allows is asked, and whatever it forbids.

`make fuzz-api` asks for longer.
"""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from letterwatch.web.api.openapi import describe_api

pytestmark = pytest.mark.filterwarnings("ignore")

USUAL = 20
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", USUAL))
SCHEMA = schemathesis.openapi.from_dict(describe_api())


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES == USUAL,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: schemathesis.Case, page: str) -> None:
    case.call_and_validate(base_url=page.rstrip("/"))
