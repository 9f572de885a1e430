"""車検の履歴 on the glass: the list has the focus, Enter opens the 申請, F2 asks and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop.screens.inspection.history_screen import NO_ROWS, HistoryScreen
from onestop.screens.places import IssuePlace
from onestop.services.inspection.service import NO_REASON
from onestop.ui.windows.history import HistoryWindow
from support.qt import press

if TYPE_CHECKING:
    from support.desks import DeskRoom
    from support.qt import Stand
    from support.screens import Stage


@pytest.fixture
def car(room: DeskRoom) -> int:
    return room.a_car()


def test_a_car_without_inspections_says_how_one_begins(stand: Stand, at_desk: Stage, car: int) -> None:
    window = stand(HistoryWindow(HistoryScreen(at_desk.surroundings, car)))
    assert window.rows._empty == NO_ROWS


def test_enter_opens_the_filing_and_f2_wants_a_reason(stand: Stand, at_desk: Stage, room: DeskRoom, car: int) -> None:
    opened = room.desk.filings.open(car, None)
    room.desk.filings.save(opened.form, car, None, None)
    window = stand(HistoryWindow(HistoryScreen(at_desk.surroundings, car)))
    assert window.rows.hasFocus()
    press(window.rows, Qt.Key.Key_Return)
    assert at_desk.navigator.went == [IssuePlace(None, 1)]
    press(window.focusWidget(), Qt.Key.Key_F2)
    reason = window.fields[1]
    assert reason.problem == NO_REASON
    assert window.strip.text.text() == NO_REASON
