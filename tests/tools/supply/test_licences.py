"""Licences: what runs, asks nothing of its users; and what stands in the docs is what is installed."""

from email.message import Message
from importlib.metadata import PackageMetadata
from typing import cast

import pytest

from tools.supply.licences import PAGE, find_licence, is_allowed, read_licences, render_page

OSI = "License :: OSI Approved"


def test_what_runs_has_only_allowed_licences_and_the_page_says_them() -> None:
    licences = read_licences()
    assert [name for name, licence in licences.items() if not is_allowed(licence)] == []
    assert render_page(licences) == PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("Apache-2.0 AND MIT", True),
        ("AGPL-3.0-only", False),
        ("GPL-2.0-or-later", False),
        ("MIT AND GPL-3.0-only", False),
        ("says none", False),
        ("", False),
    ],
)
def test_what_may_be_taken(licence: str, allowed: bool) -> None:
    assert is_allowed(licence) is allowed


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ([("License-Expression", "MIT")], "MIT"),
        ([("License", "Apache 2.0")], "Apache-2.0"),
        (
            [("License", "Copyright (c) somebody\n  at length"), ("Classifier", f"{OSI} :: MIT License")],
            "MIT",
        ),
        ([("License", "GPLv3"), ("Classifier", f"{OSI} :: GNU General Public License v3 (GPLv3)")], "GPLv3"),
        ([], "says none"),
    ],
)
def test_a_package_is_taken_at_its_word(headers: list[tuple[str, str]], licence: str) -> None:
    package = Message()
    for name, value in headers:
        package[name] = value
    assert find_licence(cast("PackageMetadata", package)) == licence
