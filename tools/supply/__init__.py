"""What Letterwatch is made of: pinned and hashed, asked for known faults, its licences known, all listed."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "requirements.lock"
"""What `run` needs, every extra included, and what builds the package."""
DEVELOPMENT = ROOT / "requirements-dev.lock"
"""What tests and tools need on top."""
EXTRAS = ("postgres", "fleet", "apprise", "parquet")
