"""確認票 on the glass, by Space and Enter alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from onestop.model.checklist import Item
from onestop.screens.inspection.checklist_screen import SAVED, ChecklistScreen
from onestop.ui.windows.checklist import ChecklistWindow
from onestop.ui.windows.preview import PreviewWindow
from support.desks import DeskRoom, a_desk
from support.qt import Stand, cut, focused, grow, hold, press, said, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.screens import Stage

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        made.a_car(note_info="OBD検査対象")
        made.a_car(plate="土浦300さ9", chassis_number="ZN6-999999")
        yield made


@pytest.fixture
def window(stand: Stand, at_desk: Stage) -> ChecklistWindow:
    return stand(ChecklistWindow(ChecklistScreen(at_desk.surroundings, 1)))


@pytest.fixture
def plain(stand: Stand, at_desk: Stage) -> ChecklistWindow:
    """Of a car without OBD検査."""
    return stand(ChecklistWindow(ChecklistScreen(at_desk.surroundings, 2)))


def keys(*pressed: Qt.Key) -> None:
    """Press keys where the focus is."""
    for key in pressed:
        press(QApplication.focusWidget(), key)


def shown(window: ChecklistWindow) -> list[str]:
    return [field.input.currentText() for field in window.answers.values() if field.isVisible()]


def test_space_and_enter_answer_a_car_and_enter_saves_it(room: DeskRoom, plain: ChecklistWindow) -> None:
    assert shown(plain) == ["0 未確認"] * 4
    assert focused(plain) == "consent"
    for name in ("consent", "tax", "parking", "recall"):
        assert focused(plain) == name
        keys(Key.Key_Space, Key.Key_Return)
    assert focused(plain) == "answered_by"
    write(plain.answered_by.input, "mihon")
    keys(Key.Key_Return, Key.Key_Return)
    assert said(plain) == SAVED
    assert plain.verdict.value() == "すべて確認済です。"
    saved = room.desk.checklists.open(2)
    assert [saved.checklist.answer(item) for item in saved.checklist.items] == [
        "あり",
        "確認済",
        "滞納なし",
        "対象なし",
    ]


def test_the_second_car_of_a_day_needs_no_name(
    room: DeskRoom, window: ChecklistWindow, stand: Stand, at_desk: Stage
) -> None:
    for _ in range(5):
        keys(Key.Key_Space, Key.Key_Return)
    write(window.answered_by.input, "mihon")
    press(window, Key.Key_F10)
    second = stand(ChecklistWindow(ChecklistScreen(at_desk.surroundings, 2)))
    for _ in range(4):
        keys(Key.Key_Space, Key.Key_Return)
    keys(Key.Key_Return)
    assert said(second) == SAVED
    assert room.desk.checklists.open(2).history[0].answered_by == "mihon"


def test_space_goes_round_and_one_that_is_held_turns_once(window: ChecklistWindow) -> None:
    box = window.answers[Item.TAX].input
    box.setFocus()
    seen = []
    for _ in range(3):
        press(box, Key.Key_Space)
        seen.append(window.screen_shown.editor.form.tax)
    assert seen == ["確認済", "未納", "未確認"]
    hold(box, Key.Key_Space, " ")
    assert window.screen_shown.editor.form.tax == "未確認"


@pytest.mark.parametrize(
    ("letter", "field", "word"),
    [
        (Key.Key_S, "consent", "あり"),
        (Key.Key_N, "tax", "確認済"),
        (Key.Key_H, "parking", "滞納なし"),
        (Key.Key_R, "recall", "対象なし"),
        (Key.Key_B, "obd", "適合"),
    ],
)
def test_each_has_its_letter_and_its_digits(window: ChecklistWindow, letter: Qt.Key, field: str, word: str) -> None:
    press(window, letter, ALT)
    assert focused(window) == field
    keys(Key.Key_1)
    assert getattr(window.screen_shown.editor.form, field) == word
    keys(Key.Key_0)
    assert getattr(window.screen_shown.editor.form, field) == "未確認"


def test_enter_stops_at_what_an_answer_needs(window: ChecklistWindow) -> None:
    press(window, Key.Key_B, ALT)
    keys(Key.Key_Space, Key.Key_Space, Key.Key_Return)
    assert focused(window) == "obd_number"
    press(window, Key.Key_S, ALT)
    keys(Key.Key_Space, Key.Key_Space, Key.Key_Return)
    assert focused(window) == "consent_until"


def test_a_consent_for_all_that_is_noted_stands_there_to_be_read(plain: ChecklistWindow) -> None:
    keys(Key.Key_Space, Key.Key_Space)
    write(plain.answered_by.input, "mihon")
    press(plain, Key.Key_F10)
    assert plain.consent_day.locked
    assert "取り消すまで" in plain.fleet.text()


def test_a_day_is_read_as_it_will_be_kept(room: DeskRoom, plain: ChecklistWindow) -> None:
    keys(Key.Key_Space)
    plain.consent_day.input.clear()
    write(plain.consent_day.input, "11/25")
    write(plain.answered_by.input, "mihon")
    assert "令和7年11月25日" in plain.consent_day.echo.text()
    press(plain, Key.Key_F10)
    assert str(room.desk.checklists.open(2).checklist.answers[Item.CONSENT].day) == "2025-11-25"


def test_a_car_without_obd_shows_none(plain: ChecklistWindow, window: ChecklistWindow) -> None:
    assert not plain.answers[Item.OBD].isVisible()
    assert window.answers[Item.OBD].isVisible()


def test_f9_and_alt_p_show_what_will_be_printed(window: ChecklistWindow, qtbot: QtBot) -> None:
    for key, modifier, title in ((Key.Key_F9, Qt.KeyboardModifier.NoModifier, "確認票"), (Key.Key_P, ALT, "承諾書")):
        press(window, key, modifier)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
        preview = QApplication.activeWindow()
        assert preview is not None
        assert preview.windowTitle().startswith(f"印刷プレビュー {title}")
        press(preview, Key.Key_F12)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_cut_on_the_smallest_screen(window: ChecklistWindow, theme: Theme, percent: int) -> None:
    grow(theme, percent)
    window.resize(1024, 768)
    QApplication.processEvents()
    assert cut(window) == []
