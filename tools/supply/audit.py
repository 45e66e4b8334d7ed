"""Asks a vulnerability service about every locked package: `make audit`.

Exit codes: 0 nothing is known against any, 1 something is, 75 the service could not be asked.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.supply import DEVELOPMENT, RUNTIME

SERVICE = "https://api.osv.dev/v1/query"
CLEAN, FOUND, NOT_ASKED = 0, 1, 75


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locks", type=Path, nargs="*", default=[RUNTIME, DEVELOPMENT])
    parser.add_argument("--service", default=SERVICE, help="an address that answers as OSV's does")
    options = parser.parse_args()
    try:
        packages = ask(options.locks, options.service)
    except ConnectionError as error:
        print(f"audit: NOT DONE, {options.service} could not be asked ({error})", file=sys.stderr)
        sys.exit(NOT_ASKED)
    faults = [(package, fault) for package in packages for fault in package.get("vulns", ())]
    for package, fault in faults:
        mend = ", ".join(fault["fix_versions"]) or "no version yet"
        print(
            f"{package['name']} {package['version']}: {fault['id']}, mended by {mend}: {fault['description']}"
        )
    left_out = [package["name"] for package in packages if "skip_reason" in package]
    if left_out:
        print(f"audit: NOT DONE for {', '.join(left_out)}", file=sys.stderr)
    print(f"audit: {len(packages)} packages asked about, {len(faults)} known faults")
    sys.exit(FOUND if faults else NOT_ASKED if left_out else CLEAN)


def ask(locks: list[Path], service: str) -> list[dict[str, Any]]:
    """What pip-audit was told of each package; raises ConnectionError where it was told nothing."""
    files = [word for lock in locks for word in ("-r", str(lock))]
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", *files]
    command += ["-s", "osv", "--osv-url", service, "-f", "json", "--progress-spinner", "off"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(answer.stdout)["dependencies"]
    except ValueError:
        lines = answer.stderr.strip().splitlines() or ["no reason given"]
        raise ConnectionError(lines[-1].partition(":")[0]) from None
    return packages


if __name__ == "__main__":
    main()
