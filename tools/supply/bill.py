"""The bill of materials: every package that runs, with version and hashes, as CycloneDX JSON: `make sbom`."""

import argparse
import subprocess
import sys
from pathlib import Path

from tools.supply import ROOT, RUNTIME

BILL = ROOT / "dist" / "letterwatch.cdx.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=BILL)
    file = parser.parse_args().file
    file.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(RUNTIME)]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "-o", str(file)]
    subprocess.run(command, check=True)
    print(f"{file}: written")


if __name__ == "__main__":
    main()
