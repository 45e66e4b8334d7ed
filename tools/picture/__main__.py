"""Draws docs/architecture.svg."""

from pathlib import Path

from tools.picture.drawing import draw

FILE = Path(__file__).resolve().parents[2] / "docs" / "architecture.svg"

if __name__ == "__main__":
    FILE.write_text(draw(), "utf-8")
    print(FILE)
