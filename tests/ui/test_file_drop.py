"""Files that are dropped onto a window, wherever in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl  # noqa: TID251 - it goes into no clipboard
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from onestop.screens.places import ImportPlace
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.ui.file_drop import MOST_FILES
from onestop.ui.windows.importing import ImportWindow
from onestop.ui.windows.lookup import LookupWindow
from support.shaken import KEI, REGISTERED

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from support.qt import Stand
    from support.screens import Stage

COPY = Qt.DropAction.CopyAction


def of(*urls: QUrl, text: str = "") -> QMimeData:
    data = QMimeData()
    data.setUrls(urls)
    if text:
        data.setText(text)
    return data


def drop(widget: QWidget, data: QMimeData) -> tuple[bool, bool]:
    """Drag over a widget and drop there; return whether each was taken."""
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(4, 4), COPY, data, *keys)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    dropped = QDropEvent(QPointF(4, 4), COPY, data, *keys)
    dropped.ignore()
    QApplication.sendEvent(widget, dropped)
    return enter.isAccepted(), dropped.isAccepted()


@pytest.fixture
def lookup(stand: Stand, at_desk: Stage) -> LookupWindow:
    window: LookupWindow = stand(LookupWindow(LookupScreen(at_desk.surroundings)))
    return window


def test_files_dropped_onto_the_list_or_the_search_go_to_the_import(lookup: LookupWindow, at_desk: Stage) -> None:
    files = [QUrl.fromLocalFile(str(path)) for path in (KEI, REGISTERED)]
    for widget in (lookup, lookup.search.input):
        assert drop(widget, of(*files, text=str(KEI))) == (True, True)
    assert at_desk.navigator.went == [ImportPlace((KEI, REGISTERED))] * 2
    assert lookup.search.input.text() == ""


def test_what_is_no_file_of_this_machine_is_not_taken(lookup: LookupWindow, at_desk: Stage) -> None:
    assert drop(lookup, of(QUrl("https://example.invalid/car.json"))) == (False, False)
    assert drop(lookup, of(text="1234")) == (False, False)
    assert at_desk.navigator.went == []


def test_a_text_dropped_into_the_search_is_searched_for(lookup: LookupWindow) -> None:
    drop(lookup.search.input, of(text="1234"))
    assert lookup.search.input.text() == "1234"


def test_of_very_many_files_the_first_are_taken(lookup: LookupWindow, at_desk: Stage) -> None:
    drop(lookup, of(*(QUrl.fromLocalFile(f"/{number}.json") for number in range(MOST_FILES + 1))))
    (place,) = at_desk.navigator.went
    assert isinstance(place, ImportPlace)
    assert len(place.documents) == MOST_FILES


def test_files_dropped_onto_the_import_stand_behind_its_own(stand: Stand, at_desk: Stage) -> None:
    window = stand(ImportWindow(ImportScreen(at_desk.surroundings, (REGISTERED,))))
    assert drop(window, of(QUrl.fromLocalFile(str(KEI)))) == (True, True)
    assert window.screen_shown.left == [Path(KEI)]
