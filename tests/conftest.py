"""What every test may ask for, and CI's rule that nothing is skipped for a missing part."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.postgres import end_server
from tests.states import LEFT_OUT, ON_POSTGRESQL, forget_states, leave_out

NO_CORPUS = "no corpus of real documents"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents, or a skip that says where it was looked for."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    folder = Path(os.environ.get("LETTERWATCH_CORPUS", beside))
    if not (folder / "truth.csv").exists():
        pytest.skip(f"{NO_CORPUS} at {folder}; set LETTERWATCH_CORPUS")
    return folder


def pytest_unconfigure() -> None:
    """The last of every process that runs tests."""
    end_server()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves out what cannot be tried on the database that is asked for."""
    leave_out(items)


if ON_POSTGRESQL:

    @pytest.fixture(autouse=True)
    def drop_states(request: pytest.FixtureRequest) -> Iterator[None]:
        """The databases of a test end with it."""
        folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
        yield
        if folder is not None:
            forget_states(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """In CI a skip is a failure, save where `../shared` decides."""
    report: pytest.TestReport = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")  # what is known to fail yet is not missing
    why = str(call.excinfo.value) if call.excinfo else ""
    if os.environ.get("CI") and skipped and call.excinfo and not (NO_CORPUS in why or LEFT_OUT in why):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where no part may be missing: {call.excinfo.value}"
    return report
