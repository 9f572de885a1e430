"""値の出所 on the glass: opened by its key in 車両, read by the arrows, kept by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from onestop.screens.vehicle.sources_screen import NO_DOCUMENT, SourcesScreen
from onestop.ui.windows.vehicle_sources import SourcesWindow
from support.qt import press

if TYPE_CHECKING:
    from support.desks import DeskRoom
    from support.qt import Stand
    from support.screens import Stage


def test_the_list_is_read_by_the_arrows_and_enter_keeps_a_file(stand: Stand, at_desk: Stage, room: DeskRoom) -> None:
    window = stand(SourcesWindow(SourcesScreen(at_desk.surroundings, room.a_car())))
    assert window.rows.hasFocus()
    assert window.full.text().startswith("登録番号: ")
    press(window.rows, Qt.Key.Key_Down)
    assert window.full.text().startswith("車台番号: ")
    press(window.rows, Qt.Key.Key_Return)
    assert window.strip.text.text().endswith(NO_DOCUMENT)
