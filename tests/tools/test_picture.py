"""The picture of the architecture shows the house as it stands: every room, and none that is not there."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools.picture.drawing import draw
from tools.picture.house import FILES, HOUSES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("house", HOUSES)
def test_every_room_of_a_house_is_shown_and_no_other(house: str) -> None:
    there = {
        folder.name for folder in (ROOT / house).iterdir() if folder.is_dir() and folder.name != "__pycache__"
    }
    assert set(HOUSES[house]) == there, f"tell tools/picture/house.py of {there ^ set(HOUSES[house])}"
    files = FILES[house][0].split(", ") if house in FILES else []
    assert [name for name in files if not (ROOT / house / f"{name}.py").is_file()] == []


def test_the_picture_is_drawn_from_what_is_told() -> None:
    drawn = draw()
    assert (ROOT / "docs" / "architecture.svg").read_text("utf-8") == drawn, "run `make picture`"
    words = "".join(ElementTree.fromstring(drawn).itertext())
    assert [room for rooms in HOUSES.values() for room in rooms if room not in words] == []
