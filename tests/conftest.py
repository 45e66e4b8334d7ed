"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents, or a skip that says where it was looked for."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    folder = Path(os.environ.get("LETTERWATCH_CORPUS", beside))
    if not (folder / "truth.csv").exists():
        pytest.skip(f"no corpus of real documents at {folder}; set LETTERWATCH_CORPUS")
    return folder
