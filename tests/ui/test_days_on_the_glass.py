"""A day has one look for each kind of place: the table in screens/display.py, held to every window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView, QWidget

from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import ReadOnlyValue
from support.places import WINDOWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.ui.desk_window import DeskWindow

SHORT: Final = re.compile(r"\b[MTSHR]\d{1,2}\.\d{1,2}\.\d{1,2}")
"""R8.11.24, as it is typed."""
ERA: Final = re.compile(r"(明治|大正|昭和|平成|令和)(元|\d+)年\d+月\d+日")
BOTH: Final = re.compile(ERA.pattern + r"\(.\) \d{4}/\d\d/\d\d")


def cells(window: QWidget) -> list[str]:
    """Return what stands in all tables of a window."""
    tables = [each.model() for each in window.findChildren(QTableView)]
    return [
        str(model.index(row, column).data() or "")
        for model in tables
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


@pytest.mark.parametrize("name", WINDOWS)
def test_every_day_looks_as_its_kind_of_place_wants_it(open_place: Callable[[str], DeskWindow[Any]], name: str) -> None:
    window = open_place(name)
    QApplication.processEvents()
    assert [each for each in cells(window) if SHORT.search(each) or ERA.search(each)] == []
    words = [each.text() for each in window.findChildren(QWidget) if isinstance(each, QLabel | QAbstractButton)]
    assert [each for each in words if SHORT.search(each)] == []
    alone = [each.value() for each in window.findChildren(ReadOnlyValue)]
    echoes = [each.echo.text() for each in window.findChildren(DateField)]
    assert [each for each in (*alone, *echoes) if ERA.search(each) and not BOTH.search(each)] == []


def test_something_was_looked_at(open_place: Callable[[str], DeskWindow[Any]]) -> None:
    assert any(re.search(r"\d{4}/\d\d/\d\d", each) for each in cells(open_place("LOOKUP")))
    typed = [each for each in open_place("VEHICLE").findChildren(DateField) if each.value()]
    assert typed
    assert all(BOTH.search(each.echo.text()) for each in typed if each.name != "first_registration")
