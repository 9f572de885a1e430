"""照会 finds a car however a clerk writes what is stored otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.builders import a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path


def found_with(tmp_path: Path, text: str, **car: str) -> bool:
    """Tell whether a text finds the one car that is stored."""
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle(**car))
        return len(database.lists.vehicles(text, 10)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "多摩 C あ 12-34",
        "多摩　Ｃあ　１２-３４",
        "多摩Cあ1234",
        "Cあ1234",
        "多摩あ1234",
        "多摩C",
        "1234",
        "多摩cア・1234",
    ],
)
def test_t01_a_plate_with_a_mark_of_two_characters_is_found(tmp_path: Path, text: str) -> None:
    assert found_with(tmp_path, text, plate="多摩Cあ1234", chassis_number="ZX4-000001")


@pytest.mark.parametrize("text", ["多摩 C あ ・・12", "Ｃあ・・１２", "C・・12"])
def test_t01_its_short_number_is_found_with_fillers(tmp_path: Path, text: str) -> None:
    assert found_with(tmp_path, text, plate="多摩Cあ12", chassis_number="ZX4-000001")
