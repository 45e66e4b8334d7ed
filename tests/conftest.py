"""What every test may ask for, and CI's rule that nothing is skipped for a missing part."""

import os
from pathlib import Path

import pytest

NO_CORPUS = "no corpus of real documents"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents, or a skip that says where it was looked for."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    folder = Path(os.environ.get("LETTERWATCH_CORPUS", beside))
    if not (folder / "truth.csv").exists():
        pytest.skip(f"{NO_CORPUS} at {folder}; set LETTERWATCH_CORPUS")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """In CI a skip is a failure, save where `../shared` decides."""
    report: pytest.TestReport = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")  # what is known to fail yet is not missing
    if os.environ.get("CI") and skipped and call.excinfo and NO_CORPUS not in str(call.excinfo.value):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where no part may be missing: {call.excinfo.value}"
    return report
