"""Reads the tables and documents that ship in resources/."""

from __future__ import annotations

import csv
import json
from typing import Any

from onestop.paths import RESOURCES


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file, by its path below resources/."""
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document_of(name: str) -> dict[str, Any]:
    """Return what is in a JSON file, by its path below resources/."""
    document: dict[str, Any] = json.loads((RESOURCES / name).read_text(encoding="utf-8"))
    return document
