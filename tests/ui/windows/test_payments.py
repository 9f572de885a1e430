"""納付一覧 and 納付消込 on the glass, worked by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop.screens.payment.list_screen import PaymentListScreen
from onestop.screens.payment.reconciling_screen import ReconcilingScreen
from onestop.screens.places import IssuePlace, ReconcilingPlace
from onestop.ui.windows.payments import PaymentListWindow
from onestop.ui.windows.reconciling import ReconcilingWindow
from support.payments import a_bank_file, a_paid_filing
from support.qt import press, press_key

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom
    from support.qt import Stand
    from support.screens import Stage


@pytest.fixture
def paid(room: DeskRoom, tmp_path: Path) -> int:
    """Return the 管理番号 of a filing whose amounts are one line of the bank's book."""
    number = a_paid_filing(room, filing_id="1000000011")
    rows = ("2026/11/23,国土交通省,26450,,", "2026/11/24,国土交通省,26450,,")
    room.desk.bank_import.read(a_bank_file(tmp_path, *rows))
    return number


def test_what_is_chosen_is_shown_and_enter_opens_a_filing(stand: Stand, at_desk: Stage, paid: int) -> None:
    window = stand(PaymentListWindow(PaymentListScreen(at_desk.surroundings)))
    assert window.rows.hasFocus()
    press(window.rows, Qt.Key.Key_Return)
    press_key(window, "Alt+K")
    assert at_desk.navigator.went == [IssuePlace(None, paid), ReconcilingPlace()]
    window.state.input.setFocus()
    press(window.state.input, Qt.Key.Key_Down)
    assert (window.state.value(), window.screen_shown.rows.count) == ("未納", 0)
    assert not window.full.isVisible()


def test_a_line_is_ticked_and_stored_by_keys(stand: Stand, at_desk: Stage, paid: int) -> None:
    window = stand(ReconcilingWindow(ReconcilingScreen(at_desk.surroundings)))
    assert window.lines.hasFocus()
    press_key(window, "F7")
    assert window.lines.current() == 1
    press(window.lines, Qt.Key.Key_Return)
    assert window.amounts.hasFocus()
    for _ in range(3):
        press(window.amounts, Qt.Key.Key_Space)
        press(window.amounts, Qt.Key.Key_Down)
    assert window.sums.text().endswith("差 ¥0")
    press_key(window, "F10")
    assert window.strip.text.text().startswith("消し込みました")
    assert window.sums.text().startswith("出金 ¥26,450   消込済")
    press(window.amounts, Qt.Key.Key_Return)
    assert at_desk.navigator.went == [IssuePlace(None, paid)]
