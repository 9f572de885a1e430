"""A plate stands whole in every list, on the smallest screen: 登録番号 is what a clerk looks for."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from onestop.paths import RESOURCES
from onestop.ui.rows.painter import AIR
from onestop.ui.rows.view import RowsView
from support.places import WINDOWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.ui.desk_window import DeskWindow

SMALLEST = 1024, 768
LISTS = ("LOOKUP", "SCAN", "FILING_LIST", "BATCH", "LEDGER", "PAYMENTS", "RECONCILING")


def longest_plates() -> list[str]:
    """Return plates with each of the longest 地名, as long as the rest can be."""
    with (RESOURCES / "plates" / "plate_places.csv").open(encoding="utf-8", newline="") as file:
        places = {row["place"] for row in csv.DictReader(file)}
    longest = max(map(len, places))
    return [f"{place}300さ1234" for place in places if len(place) == longest]


def plate_columns(window: DeskWindow[Any]) -> list[tuple[RowsView, int]]:
    """Return where the lists of a window show a plate."""
    return [
        (rows, place)
        for rows in window.findChildren(RowsView)
        for place, column in enumerate(rows.source.columns)
        if column.title == "登録番号"
    ]


@pytest.mark.parametrize("name", LISTS)
def test_no_list_cuts_the_longest_plate(open_place: Callable[[str], DeskWindow[Any]], name: str) -> None:
    window = open_place(name)
    window.resize(*SMALLEST)
    columns = plate_columns(window)
    assert columns
    for rows, place in columns:
        room = rows.columnWidth(place) - 2 * AIR
        assert [each for each in longest_plates() if rows.fontMetrics().horizontalAdvance(each) > room] == []


def test_every_window_with_such_a_list_is_among_them(open_place: Callable[[str], DeskWindow[Any]]) -> None:
    assert {name for name in WINDOWS if plate_columns(open_place(name))} == {*LISTS}
