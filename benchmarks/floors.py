"""Pinned floors and ceilings: a benchmark fails below the one and above the other; they only ever tighten."""

import tomllib
from collections.abc import Mapping
from math import floor
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.toml")
CEILINGS = Path(__file__).with_name("ceilings.toml")


def load_floors(table: str) -> dict[str, float]:
    """The floors of one benchmark, by field."""
    return {name: float(value) for name, value in tomllib.loads(FLOORS.read_text("utf-8"))[table].items()}


def find_shortfalls(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """One line for each figure that is below its floor or missing."""
    return [
        f"{name}: {figures.get(name, 0.0):.2f} is below the floor of {least:.2f}"
        for name, least in floors.items()
        if figures.get(name, 0.0) < least
    ]


def load_ceilings(table: str) -> dict[str, float]:
    """What one benchmark's figures may come to at most, by name."""
    return {name: float(value) for name, value in tomllib.loads(CEILINGS.read_text("utf-8"))[table].items()}


def find_excesses(figures: Mapping[str, float], ceilings: Mapping[str, float]) -> list[str]:
    """One line for each figure that is above its ceiling."""
    return [
        f"{name}: {figures[name]:.2f} is above the ceiling of {most:.2f}"
        for name, most in ceilings.items()
        if figures.get(name, 0.0) > most
    ]


def raise_floors(table: str, figures: Mapping[str, float]) -> list[str]:
    """Lifts each floor to what was reached, to two digits; never lowers one. Returns what changed."""
    tables = tomllib.loads(FLOORS.read_text("utf-8"))
    changed = []
    for name, value in figures.items():
        reached = floor(value * 100) / 100
        if reached > tables[table].get(name, -1.0):
            tables[table][name] = reached
            changed.append(f"{name}: {reached:.2f}")
    FLOORS.write_text(_render(tables), "utf-8")
    return changed


def _render(tables: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["# Per cent right at least; raised by `--raise-floors`, never lowered."]
    for table, floors in tables.items():
        lines += ["", f"[{table}]", *(f"{name} = {value:.2f}" for name, value in floors.items())]
    return "\n".join(lines) + "\n"
