"""Tests of what every window does, by real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from onestop.screens.function_key import FunctionKey
from onestop.screens.ports import Choice, Message, Question, Tone
from onestop.ui.desk_window import DeskWindow
from onestop.ui.function_bar import FunctionBar
from onestop.ui.question import QuestionDialog
from support.qt import KEYS, PRACTICE, REAL, SampleScreen, SampleWindow, compose, confirm, press, wait_active, write
from support.screens import Stage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from onestop.ui.background import QtBackground
    from onestop.ui.theme import Theme

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier


def done(window: SampleWindow) -> list[str]:
    return window.screen_shown.done


# --- function keys


def test_every_key_of_the_table_does_its_action(window: SampleWindow, stage: Stage) -> None:
    for key in (Key.Key_F1, Key.Key_F4, Key.Key_F5, Key.Key_F7, Key.Key_F8):
        press(window.focusWidget(), key)
    assert stage.navigator.went == [("show_help", "sample")]
    assert done(window) == ["start", "issue", "lookup", "start"]


def test_a_key_works_by_mouse_too_and_takes_no_focus(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    QTest.mouseClick(window.bar.buttons["F7"], Qt.MouseButton.LeftButton)
    assert done(window) == ["lookup"]
    assert window.owner_name.input.hasFocus()


def test_a_disabled_key_is_dim_and_answers_why(window: SampleWindow) -> None:
    button = window.bar.buttons["F2"]
    allowed = [button.allowed]
    assert button.toolTip() == button.accessibleDescription() == "申請済みのデータです。"
    press(window.focusWidget(), Key.Key_F2)
    assert window.strip.message == Message("[F2 削除] は使えません: 申請済みのデータです。", Tone.WARNING)
    dim = button.grab().toImage()
    window.screen_shown.deletable = True
    window.refresh()
    assert [*allowed, button.allowed] == [False, True]
    assert button.toolTip() == ""
    assert button.grab().toImage() != dim
    press(window.focusWidget(), Key.Key_F2)
    assert done(window) == ["delete"]


def test_the_bar_has_twelve_slots_with_names(window: SampleWindow) -> None:
    assert [*window.bar.buttons] == [f"F{number}" for number in range(1, 13)]
    assert window.bar.buttons["F5"].accessibleName() == "F5 発行"
    assert not window.bar.buttons["F3"].isEnabled()


def test_a_held_key_fires_once(window: SampleWindow) -> None:
    actions = [action for action in window.actions() if action.shortcut().toString() == "F5"]
    assert [action.autoRepeat() for action in actions] == [False]


def test_no_function_key_fires_while_text_is_composed(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    compose(window.owner_name.input, "にほん")
    for key in (Key.Key_F5, Key.Key_F7, Key.Key_F8, Key.Key_F12):
        press(window.owner_name.input, key)
    assert done(window) == []
    assert window.isVisible()
    confirm(window.owner_name.input, "日本")
    press(window.owner_name.input, Key.Key_F7)
    assert done(window) == ["lookup"]
    assert window.owner_name.value() == "日本"


def test_composing_ends_when_the_focus_leaves(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    compose(window.owner_name.input, "に")
    window.chassis_number.setFocus()
    assert not window.owner_name.composing


def test_what_is_typed_is_settled_before_a_key_acts(window: SampleWindow) -> None:
    window.chassis_number.setFocus()
    write(window.chassis_number.input, "abc")
    press(window.chassis_number.input, Key.Key_F5)
    assert window.screen_shown.edits[-1] == ("chassis_number", "ABC")
    assert done(window) == ["issue"]


def test_only_the_active_window_hears_a_key(qtbot: QtBot, window: SampleWindow) -> None:
    inner = Stage()
    child = SampleWindow(SampleScreen(inner.surroundings), window)
    child.open()
    wait_active(qtbot, child)
    press(child.focusWidget(), Key.Key_F5)
    assert done(child) == ["issue"]
    assert done(window) == []
    child.dismiss()


@pytest.mark.parametrize("key", ["F13", "1", "F5"])
def test_a_table_with_a_strange_or_double_key_is_refused(qtbot: QtBot, key: str) -> None:
    bar = FunctionBar()
    qtbot.addWidget(bar)
    with pytest.raises(ValueError, match="twice"):
        bar.draw((*KEYS, FunctionKey(key, "変", SampleScreen.issue)))


# --- Enter


def test_enter_goes_from_field_to_field_and_never_sends(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    names = []
    for key in [Key.Key_Return, Key.Key_Enter] * 5:
        focused = window.focusWidget()
        assert focused is not None
        names.append(focused.objectName())
        press(focused, key)
    assert names == [
        "owner_name",
        "chassis_number",
        "planned_date",
        "party_kind",
        "officially_stamped",
        "registration_number_area",
        "registration_number_class_number",
        "registration_number_kana",
        "registration_number_serial",
        "api_password",
    ]
    assert window.bar.buttons["F5"].hasFocus()
    assert done(window) == []
    press(window.focusWidget(), Key.Key_Return)
    assert done(window) == ["issue"]


def test_shift_enter_goes_back(window: SampleWindow) -> None:
    window.bar.buttons["F5"].setFocus()
    press(window.focusWidget(), Key.Key_Return, Shift)
    assert window.api_password.input.hasFocus()
    window.owner_name.setFocus()
    press(window.focusWidget(), Key.Key_Return, Shift)
    assert window.owner_name.input.hasFocus()
    assert done(window) == []


def test_enter_passes_over_what_cannot_be_changed(window: SampleWindow) -> None:
    window.chassis_number.set_locked(True)
    window.planned_date.setEnabled(False)
    window.owner_name.setFocus()
    press(window.focusWidget(), Key.Key_Return)
    assert window.party_kind.input.hasFocus()


def test_the_enter_that_ends_a_composition_does_not_move(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    compose(window.owner_name.input, "にほん")
    press(window.owner_name.input, Key.Key_Return)
    assert window.owner_name.input.hasFocus()
    confirm(window.owner_name.input, "日本")
    press(window.owner_name.input, Key.Key_Return)
    assert window.chassis_number.input.hasFocus()


def test_no_button_is_a_default_button(window: SampleWindow) -> None:
    assert not any(button.autoDefault() or button.isDefault() for button in window.findChildren(QPushButton))


class Plain(DeskWindow[SampleScreen]):
    """A window whose field lies far down, with an ordinary button and no main key."""

    def __init__(self, screen: SampleScreen) -> None:
        super().__init__()
        self.button = QPushButton("押す")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addSpacing(3000)
        self.far = QPushButton("遠い")
        self.far.setObjectName("far")
        column.addWidget(self.far)
        area = QScrollArea()
        area.setWidget(inner)
        layout = QVBoxLayout(self.body)
        layout.addWidget(self.button)
        layout.addWidget(area)
        self.bind(screen, KEYS, "平ら")


def test_a_window_without_a_main_key_stays_where_it_is(qtbot: QtBot, stage: Stage) -> None:
    plain = Plain(SampleScreen(stage.surroundings))
    qtbot.addWidget(plain)
    plain.show()
    wait_active(qtbot, plain)
    plain.button.setFocus()
    press(plain.button, Key.Key_Return)
    assert plain.button.hasFocus()
    assert not plain.button.autoDefault()


def test_a_field_far_down_is_brought_into_sight(qtbot: QtBot, stage: Stage) -> None:
    plain = Plain(SampleScreen(stage.surroundings))
    qtbot.addWidget(plain)
    plain.show()
    assert plain.far.visibleRegion().isEmpty()
    plain.focus_field("far")
    assert not plain.far.visibleRegion().isEmpty()


def test_a_window_needs_its_screen(qtbot: QtBot) -> None:
    bare: DeskWindow[SampleScreen] = DeskWindow()
    qtbot.addWidget(bare)
    bare.fill()
    bare.show()
    with pytest.raises(RuntimeError, match="bind"):
        _ = bare.screen_shown
    bare.close()
    assert not bare.isVisible()


# --- the view


def test_the_screen_is_started_once(window: SampleWindow) -> None:
    window.hide()
    window.show()
    assert window.screen_shown.starts == 1


def test_a_message_shows_sign_words_and_focus(window: SampleWindow) -> None:
    window.screen_shown.say("車台番号を入力してください。", Tone.ERROR, "chassis_number")
    assert window.strip.text.text() == "車台番号を入力してください。"
    assert window.strip.sign.text() == "×"
    assert window.strip.text.accessibleName() == "エラー: 車台番号を入力してください。"
    assert window.chassis_number.input.hasFocus()
    window.screen_shown.quiet()
    assert window.strip.text.text() == ""
    assert window.strip.message is None


def test_the_strip_keeps_its_height(window: SampleWindow) -> None:
    before = window.strip.height()
    window.screen_shown.say("一行です。")
    assert window.strip.height() == before


def test_markup_in_a_message_stays_text(window: SampleWindow) -> None:
    window.screen_shown.say("<b>太</b>")
    assert window.strip.text.textFormat() == Qt.TextFormat.PlainText


def test_fields_are_focused_by_name_also_those_of_many_parts(window: SampleWindow) -> None:
    window.focus_field("registration_number")
    assert window.registration_number.parts[0].hasFocus()
    window.focus_field("registration_number_kana")
    assert window.registration_number.parts[2].hasFocus()
    window.focus_field("nowhere")
    assert window.registration_number.parts[2].hasFocus()


def test_the_busy_word_stands_in_the_status_line(window: SampleWindow) -> None:
    window.screen_shown.busy = "状況を確認しています"
    window.refresh()
    assert window.status.busy.text() == "… 状況を確認しています"
    assert window.status.busy.isVisible()
    window.screen_shown.busy = None
    window.refresh()
    assert not window.status.busy.isVisible()


def test_a_change_during_a_refresh_leads_to_one_more(qtbot: QtBot, stage: Stage) -> None:
    class Restless(DeskWindow[SampleScreen]):
        def __init__(self, screen: SampleScreen) -> None:
            super().__init__()
            self.fills = 0
            self.bind(screen, KEYS, "落ち着かない")

        def fill(self) -> None:
            self.fills += 1
            if self.fills == 1:
                self.screen_shown.message = Message("変わりました。")
                self.refresh()

    restless = Restless(SampleScreen(stage.surroundings))
    qtbot.addWidget(restless)
    assert restless.fills == 2
    assert restless.strip.text.text() == "変わりました。"


def test_standing_and_the_practice_frame(window: SampleWindow) -> None:
    def corner() -> str:
        return window.grab().toImage().pixelColor(2, 2).name()

    real = corner()
    window.show_standing(PRACTICE)
    assert window.status.connection.text() == "練習中 どこにも送信されません"
    assert window.status.warning.text() == "▲ 資格情報ストアが使えません"
    assert window.status.terminal.text() == "端末 DESK-01"
    assert corner() != real
    window.show_standing(REAL)
    assert window.status.connection.text() == "本番"
    assert not window.status.warning.isVisible()
    assert corner() == real


def test_an_alarm_makes_a_sound(window: SampleWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    beeps: list[None] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(None))
    window.alarm()
    assert len(beeps) == 1


# --- leaving


@pytest.mark.parametrize("way", ["Esc", "F12", "close button"])
def test_every_way_out_goes_through_the_screen(window: SampleWindow, way: str) -> None:
    asked: list[str] = []
    window.screen_shown.close = lambda: asked.append("close")  # type: ignore[method-assign] # stands for one that asks
    write(window.owner_name.input, " x ")
    match way:
        case "Esc":
            press(window.focusWidget(), Key.Key_Escape)
        case "F12":
            window._keys = (*KEYS[:-1], FunctionKey("F12", "閉じる", lambda screen: screen.close()))
            press(window.focusWidget(), Key.Key_F12)
        case _:
            assert not window.close()
    assert asked == ["close"]
    assert window.isVisible()
    assert window.owner_name.value() == "x"


def test_dismissing_closes_drops_callbacks_and_deletes(background: QtBackground, stage: Stage) -> None:
    screen = SampleScreen(stage.surroundings)
    facet = background.facet()
    screen.background = facet
    window = SampleWindow(screen)
    window.show()
    heard: list[int] = []
    facet.run(lambda: 1, heard.append, screen.failed)
    window.close()
    window.dismiss()
    window.refresh()
    assert background.wait_until_idle(10)
    assert heard == []
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(window)


# --- questions


def a_question(answers: list[str]) -> Question:
    return Question(
        "削除",
        "管理番号 2 を削除します。元に戻せません。",
        (
            Choice("削除する", lambda: answers.append("delete")),
            Choice("削除しない", lambda: answers.append("keep"), safe=True),
        ),
    )


def asked(qtbot: QtBot, window: SampleWindow) -> QuestionDialog:
    dialog = window.findChild(QuestionDialog, "question")
    assert isinstance(dialog, QuestionDialog)
    wait_active(qtbot, dialog)
    return dialog


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ([Key.Key_Escape], "keep"),
        ([Key.Key_Return], "keep"),
        ([Key.Key_Left, Key.Key_Enter], "delete"),
        ([Key.Key_Left, Key.Key_Right, Key.Key_Return], "keep"),
        ([Key.Key_Backtab, Key.Key_Space], "delete"),
    ],
)
def test_a_question_is_answered_by_keys(qtbot: QtBot, window: SampleWindow, keys: list[Qt.Key], answer: str) -> None:
    answers: list[str] = []
    window.ask(a_question(answers))
    dialog = asked(qtbot, window)
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    assert [button.text() for button in dialog.buttons] == ["削除する", "削除しない"]
    assert dialog.buttons[1].hasFocus()
    for key in keys:
        press(dialog.focusWidget(), key)
    assert answers == [answer]


def test_no_key_of_the_window_fires_behind_a_question(qtbot: QtBot, window: SampleWindow) -> None:
    answers: list[str] = []
    window.ask(a_question(answers))
    dialog = asked(qtbot, window)
    press(dialog.focusWidget(), Key.Key_F5)
    assert done(window) == []
    dialog.reject()
    assert answers == ["keep"]


def test_enter_without_a_focused_button_answers_nothing(qtbot: QtBot, window: SampleWindow) -> None:
    answers: list[str] = []
    window.ask(a_question(answers))
    dialog = asked(qtbot, window)
    dialog.buttons[1].clearFocus()
    QApplication.sendEvent(dialog, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert answers == []
    dialog.reject()


def test_a_file_is_chosen_without_blocking(window: SampleWindow, tmp_path: Path) -> None:
    file = tmp_path / "車検証.json"
    file.write_text("{}", encoding="utf-8")
    chosen: list[Path] = []
    window.ask_open_file("取込", "車検証ファイル (*.json)", chosen.append)
    dialog = window.findChild(QFileDialog, "open_file")
    assert isinstance(dialog, QFileDialog)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.selectFile(str(file))
    dialog.accept()
    assert chosen == [file]


# --- text size


def test_text_sizes_by_keys_for_the_whole_application(qtbot: QtBot, window: SampleWindow, theme: Theme) -> None:
    usual = window.owner_name.input.fontMetrics().height()
    press(window.focusWidget(), Key.Key_Plus, Ctrl)
    assert theme.percent == 110
    press(window.focusWidget(), Key.Key_Equal, Ctrl)
    assert theme.percent == 125
    qtbot.waitUntil(lambda: window.owner_name.input.fontMetrics().height() > usual)
    press(window.focusWidget(), Key.Key_Minus, Ctrl)
    assert theme.percent == 110
    press(window.focusWidget(), Key.Key_0, Ctrl)
    assert theme.percent == 100
    qtbot.waitUntil(lambda: window.owner_name.input.fontMetrics().height() == usual)
