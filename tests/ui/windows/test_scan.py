"""QR読取 on the glass: lamps in words, Enter goes on, and everything fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt

from onestop.screens.places import VehiclePlace
from onestop.screens.vehicle.scan_screen import BEGIN, COMPLETE, ScanScreen
from onestop.services.vehicle.scanning import scanned
from onestop.ui.windows.scan import ScanWindow
from support.codes import CODE_2, CODE_3, OTHER_2, SYMBOLS
from support.qt import press

if TYPE_CHECKING:
    from support.qt import Stand
    from support.screens import Stage

Key = Qt.Key


def a_scan_window(stand: Stand, at_desk: Stage, *texts: str) -> ScanWindow:
    scans = tuple(scan for text in texts if (scan := scanned(text)) is not None)
    return stand(ScanWindow(ScanScreen(at_desk.surroundings, scans)))


def test_it_begins_with_what_to_do(stand: Stand, at_desk: Stage) -> None:
    window = a_scan_window(stand, at_desk)
    assert window.heading.text() == BEGIN
    assert window.focusWidget() is window.cars
    assert not window.notices.isVisible()


def test_enter_goes_on_to_the_car(stand: Stand, at_desk: Stage) -> None:
    window = a_scan_window(stand, at_desk, *SYMBOLS)
    assert window.heading.text() == COMPLETE
    assert window.lamps.model().index(0, 2).data() == "✓ 読み取り済"
    assert window.notices.isVisible()
    press(window.focusWidget(), Key.Key_Return)
    (place,) = at_desk.navigator.went
    assert isinstance(place, VehiclePlace)


def test_one_of_several_cars_is_chosen_by_arrow(stand: Stand, at_desk: Stage) -> None:
    window = a_scan_window(stand, at_desk, CODE_2, CODE_3, OTHER_2)
    press(window.focusWidget(), Key.Key_Down)
    press(window.focusWidget(), Key.Key_Return)
    (place,) = at_desk.navigator.went
    assert isinstance(place, VehiclePlace)
    assert place.scanned is not None
    assert place.scanned.record_form.chassis_number == "XYZ99-7654321"


@pytest.mark.parametrize("size", [QSize(1024, 700), QSize(1280, 720)])
def test_everything_fits(stand: Stand, at_desk: Stage, size: QSize) -> None:
    window = a_scan_window(stand, at_desk, CODE_2, CODE_3, OTHER_2)
    window.resize(size)
    assert window.size() == size
