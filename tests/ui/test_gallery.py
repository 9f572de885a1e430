"""One window with one of everything, light and dark, in two text sizes: nothing is cut, nothing scrolls sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt

from onestop.screens.ports import Tone
from onestop.ui.colours import DARK, LIGHT
from support.qt import PRACTICE, Numbers, SampleWindow, cut, grow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme

CANVAS = QSize(1280, 720)


@pytest.fixture
def dressed(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme._dress_colours(Qt.ColorScheme.Light)


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
@pytest.mark.parametrize("percent", [100, 150])
def test_everything_fits(  # noqa: PLR0913, PLR0917 - fixtures and two axes
    qtbot: QtBot, window: SampleWindow, dressed: Theme, tmp_path: Path, scheme: Qt.ColorScheme, percent: int
) -> None:
    window.show_standing(PRACTICE)
    window.screen_shown.rows.load(Numbers(500))
    window.screen_shown.rows.toggle(2)
    window.owner_name.show_value("カーネット太郎")
    window.planned_date.show_value("R8.11.24")
    window.registration_number.show_value(("土浦", "1", "あ", "1111"))
    window.chassis_number.set_problem("入力してください。")
    window.screen_shown.busy = "状況を確認しています"
    window.screen_shown.say("車台番号を入力してください。", Tone.ERROR)
    grow(dressed, percent)
    dressed._dress_colours(scheme)
    window.airas.setFocus()
    qtbot.waitUntil(lambda: cut(window) == [])
    assert window.size() == CANVAS
    assert window.rows.horizontalScrollBar().maximum() == 0
    picture = window.grab()
    assert picture.size() == CANVAS
    assert picture.save(str(tmp_path / f"gallery-{scheme.name}-{percent}.png"))
    paper = (DARK if scheme == Qt.ColorScheme.Dark else LIGHT).practice.paper
    assert picture.toImage().pixelColor(2, 2).name() == paper
