"""照会 finds a car however a clerk writes what is stored otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.store.shelves.vehicle_search import ways_to_find
from support.builders import a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")


def found_with(tmp_path: Path, text: str, **car: str) -> bool:
    """Tell whether a text finds the one car that is stored."""
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle(**car))
        return len(database.lists.vehicles(text, 10)) == 1


def test_who_asks_for_a_day_is_asked_no_other_way() -> None:
    (only,) = ways_to_find("満了日 2026/12/05", 10)
    assert only.is_enough
    assert "2026-12-05" not in repr(only)


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


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("渡邉花子", "渡辺"),
        ("渡邊花子", "渡辺花子"),
        ("渡辺花子", "渡邉"),
        ("渡辺花子", "渡邊"),
        ("齋藤一郎", "斎藤"),
        ("斎藤一郎", "齋藤"),
        ("齊藤一郎", "斎藤"),
        ("澤商会", "沢"),
        ("沢商会", "澤"),
        ("株式会社髙濵", "高浜"),
        ("葛\U000e0100城太郎", "葛城"),
    ],
)
def test_t64_a_name_is_found_by_its_variants_and_stays_as_it_is(tmp_path: Path, stored: str, text: str) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle(owner_name=stored))
        (row,) = database.lists.vehicles(text, 10)
        assert row.user_name == stored


@pytest.mark.parametrize(
    "text",
    ["ABC12─345678", "ABC12━345678", "C12 345678", "12─345678", "345 678", "abc12\u200b345678", "Ｃ１２ー345678"],
)
def test_t60_a_chassis_number_is_found_whatever_stands_for_its_hyphen(tmp_path: Path, text: str) -> None:
    assert found_with(tmp_path, text, plate="土浦300さ9999", chassis_number="ABC12-345678")


@pytest.mark.parametrize("text", ["多摩 C あ ・・12", "Ｃあ・・１２", "C・・12"])
def test_t01_its_short_number_is_found_with_fillers(tmp_path: Path, text: str) -> None:
    assert found_with(tmp_path, text, plate="多摩Cあ12", chassis_number="ZX4-000001")
