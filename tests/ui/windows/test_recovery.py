"""復元キー on the glass: typed by keys alone, and never in sight while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop.screens.desk.recovery_words import HIDDEN
from onestop.ui.windows.recovery import RecoveryWindow
from support.qt import Stand, press, said, write
from support.recovering import KEY, a_recovery_screen

if TYPE_CHECKING:
    from support.screens import Stage

Key = Qt.Key


@pytest.fixture
def window(stand: Stand, at_desk: Stage) -> RecoveryWindow:
    return stand(RecoveryWindow(a_recovery_screen(at_desk.surroundings)))


def test_it_begins_in_the_field_with_the_key_in_sight(window: RecoveryWindow) -> None:
    assert window.windowTitle() == "復元キー"
    assert window.recovery_key.input.hasFocus()
    assert window.key.text().split() == KEY.written.split("-")


def test_what_is_typed_hides_the_key_and_a_slip_is_told(window: RecoveryWindow) -> None:
    write(window.focusWidget(), "00000" * 13)
    assert window.key.text() == HIDDEN
    press(window.focusWidget(), Key.Key_F7)
    assert "1組目" in said(window)


def test_the_right_one_closes_the_window(window: RecoveryWindow) -> None:
    write(window.focusWidget(), KEY.written)
    press(window.focusWidget(), Key.Key_F7)
    assert not window.isVisible()
