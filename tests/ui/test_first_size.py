"""The first size of a window: as large as the work area of its screen allows, title bar and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from onestop.ui.first_size import FRAME, LARGEST, fit, place, size_within

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

AREAS = {
    "Full HD at 100 %": (1920, 1032),
    "Full HD at 150 %": (1280, 672),
    "Full HD at 175 %": (1097, 569),
    "1366 x 768": (1366, 720),
    "1024 x 768": (1024, 728),
}


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_a_window_fits_between_the_edges_and_the_taskbar(area: tuple[int, int]) -> None:
    width, height = size_within(area)
    assert width + FRAME[0] <= area[0]
    assert height + FRAME[1] <= area[1]


def test_a_window_fills_the_work_area_of_a_usual_screen_and_a_part_of_a_larger_one() -> None:
    assert size_within((1920, 1032)) == (1904, 992)
    assert size_within((3840, 2112)) == LARGEST


def test_a_window_is_no_larger_than_its_screen_and_may_be_as_small(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    for made in (fit, place):
        window = QWidget()
        qtbot.addWidget(window)
        made(window)
        area = window.screen().availableGeometry()
        assert (window.width() + FRAME[0], window.height() + FRAME[1]) <= (area.width(), area.height())
        assert window.minimumWidth() <= window.width()
        assert area.contains(window.geometry())
