"""docs/configuration.md tells of every key there is, and of none there is not."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from letterwatch.config import Config
from state import EventName, Kind

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")


def tables_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [table for part in get_args(annotation) for table in tables_in(part)]


def sections() -> dict[str, type[BaseModel]]:
    """The heading of each table in the document, and its model."""
    found = {}
    for section, field in Config.model_fields.items():
        for table in tables_in(field.annotation):
            if "type" in table.model_fields:
                found[f'### type = "{get_args(table.model_fields["type"].annotation)[0]}"'] = table
            elif field.annotation is table:
                found[f"## [{section}]"] = table
            else:
                found[f"## [[{section}]]"] = table
    return found


@pytest.mark.parametrize(("heading", "table"), sections().items())
def test_the_keys_of_a_section_are_documented(heading, table):
    _, found, rest = DOCUMENT.partition(f"\n{heading}\n")
    assert found
    documented = re.findall(r"^\| `(\w+)` \|", re.split(r"\n##", rest)[0], re.MULTILINE)
    assert documented == [field.alias or name for name, field in table.model_fields.items()]


def test_every_kind_and_event_is_documented():
    assert [word for word in (*Kind, *EventName) if f"`{word}`" not in DOCUMENT] == []
