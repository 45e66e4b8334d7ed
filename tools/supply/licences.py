"""The licences of everything that runs: each must be one that asks nothing of Letterwatch's users.

`python -m tools.supply.licences` (`make check`) checks them and docs/licences.md; `--write` makes it anew.
"""

import argparse
import re
import sys
from importlib.metadata import PackageMetadata, metadata

from packaging.markers import Marker

from tools.supply import ROOT, RUNTIME

PAGE = ROOT / "docs" / "licences.md"
ALLOWED = frozenset(
    {
        *(
            "Apache-2.0",
            "BSD",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CNRI-Python",
            "ISC",
            "MIT",
            "MIT-0",
            "PSF-2.0",
        ),
        "ZPL-2.1",
        *("LGPL-3.0-only", "MPL-1.1", "MPL-2.0"),  # used as they are, unchanged and exchangeable
    }
)
_WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",  # pypdfium2
}
_HEAD = """# Licences

What runs with Letterwatch, every extra included, and under which licence: read from the packages themselves.
`make lock` writes this page; the versions stand in `requirements.lock`. A licence that is not among those of
`tools/supply/licences.py` fails `make check`; the GPL and the AGPL are not among them.

| package | licence |
|---|---|
"""
_PIN = re.compile(r"^([\w.-]+)==\S+(?: ; (.+?))?(?: \\)?$", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="make the page anew")
    licences = read_licences()
    refused = [f"{name}: {licence}" for name, licence in licences.items() if not is_allowed(licence)]
    page = render_page(licences)
    if parser.parse_args().write:
        PAGE.write_text(page, "utf-8")
    elif page != PAGE.read_text("utf-8"):
        refused.append("docs/licences.md is not what is installed: python -m tools.supply.licences --write")
    print("\n".join(f"licences: {line}" for line in refused or [f"{len(licences)} packages, all allowed"]))
    sys.exit(1 if refused else 0)


def read_licences() -> dict[str, str]:
    """The licence of each package that the lock file has for this platform, as the package says it."""
    found = dict.fromkeys(
        name
        for name, marker in _PIN.findall(RUNTIME.read_text("utf-8"))
        if not marker or Marker(marker).evaluate()
    )
    return {name: find_licence(metadata(name)) for name in found}


def find_licence(package: PackageMetadata) -> str:
    """In SPDX's words where the package's own can be turned into them, else in its own."""
    if "License-Expression" in package:
        return str(package["License-Expression"])
    said = str(package["License"]) if "License" in package else ""
    if said in ALLOWED or said in _WORDS:
        return _WORDS.get(said, said)
    classifiers = [each.rpartition(" :: ")[2] for each in package.get_all("Classifier") or ()]
    known = [_WORDS[each] for each in classifiers if each in _WORDS]
    return known[0] if known else " ".join(said.split())[:60] or "says none"


def is_allowed(licence: str) -> bool:
    """Whether one of the licences offered may be taken, with all that belongs to it."""
    return any(set(offer.strip("()").split(" AND ")) <= ALLOWED for offer in licence.split(" OR "))


def render_page(licences: dict[str, str]) -> str:
    """docs/licences.md."""
    return _HEAD + "".join(f"| {name} | {licence} |\n" for name, licence in licences.items())


if __name__ == "__main__":
    main()
