"""Tests of what every window shows and asks, and of the ways out of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from shiboken6 import isValid

from onestop.errors import NotAllowed
from onestop.screens.function_key import FunctionKey
from onestop.screens.ports import Choice, Message, Question, Tone
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.fields import TextField
from onestop.ui.first_size import first_size
from onestop.ui.question import QuestionDialog
from support.qt import KEYS, PRACTICE, REAL, SampleScreen, SampleWindow, Stand, done, press, wait_active, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from onestop.errors import OneStopError
    from onestop.ui.background import QtBackground
    from support.screens import Stage

Key = Qt.Key


def test_a_window_needs_its_screen(qtbot: QtBot, stage: Stage) -> None:
    bare: DeskWindow[SampleScreen] = DeskWindow()
    qtbot.addWidget(bare)
    bare.fill(SampleScreen(stage.surroundings))
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


def test_the_strip_cuts_a_very_long_message(window: SampleWindow) -> None:
    window.screen_shown.say("長" * 20_000, Tone.ERROR)
    assert window.strip.text.text() == "長" * 400 + "…(全文はF1)"
    assert len(window.strip.text.accessibleName()) < 500


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

        def fill(self, screen: SampleScreen) -> None:
            self.fills += 1
            if self.fills == 1:
                screen.message = Message("変わりました。")
                self.refresh()

    restless = Restless(SampleScreen(stage.surroundings))
    qtbot.addWidget(restless)
    assert restless.fills == 2
    assert restless.strip.text.text() == "変わりました。"


class Counting(DeskWindow[SampleScreen]):
    """Counts how often it is filled."""

    def __init__(self, screen: SampleScreen, looks_up: Callable[[SampleScreen], None] = SampleScreen.lookup) -> None:
        super().__init__()
        self.chassis_number = TextField("chassis_number", "車台番号")
        self.body.hold(self.chassis_number)
        self.bind(screen, (FunctionKey("F7", "検索", looks_up),), "数える")
        self.fills = 0

    def fill(self, screen: SampleScreen) -> None:
        self.fills = self.fills + 1 if hasattr(self, "fills") else 0
        self.chassis_number.setEnabled(screen.busy is None)


def test_a_key_shows_what_came_of_it_once(qtbot: QtBot, stage: Stage) -> None:
    def looks_up(screen: SampleScreen) -> None:
        screen.say("検索します。")
        screen.say("見つかりました。")

    window = Counting(SampleScreen(stage.surroundings), looks_up)
    qtbot.addWidget(window)
    window.press("F7")
    assert window.fills == 1
    assert window.strip.text.text() == "見つかりました。"


@pytest.mark.parametrize("fails", [False, True])
def test_a_result_is_shown_once(qtbot: QtBot, stage: Stage, background: QtBackground, *, fails: bool) -> None:
    class Telling(SampleScreen):
        def failed(self, error: OneStopError) -> None:
            super().failed(error)
            self.say("見つかりません。")

    def job() -> str:
        if fails:
            raise NotAllowed
        return "見つかりました。"

    own = background.for_window()
    screen = Telling(dataclasses.replace(stage.surroundings, background=own))
    window = Counting(screen)
    qtbot.addWidget(window)
    screen.work("検索中", job, screen.say)
    before = window.fills
    qtbot.waitUntil(lambda: not background.busy)
    assert window.fills == before + 1
    assert window.strip.text.text() == ("見つかりません。" if fails else "見つかりました。")
    own.close()


def test_a_field_that_a_key_makes_ready_takes_the_focus(qtbot: QtBot, stage: Stage) -> None:
    def looks_up(screen: SampleScreen) -> None:
        screen.busy = None
        screen.say("車台番号を入力してください。", field="chassis_number")

    screen = SampleScreen(stage.surroundings)
    screen.busy = "検索中"
    window = Counting(screen, looks_up)
    qtbot.addWidget(window)
    window.show()
    wait_active(qtbot, window)
    assert not window.chassis_number.isEnabled()
    window.press("F7")
    assert window.chassis_number.input.hasFocus()


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
    window._keys = (*KEYS[:-1], FunctionKey("F12", "閉じる", lambda screen: screen.close()))
    write(window.owner_name.input, " x ")
    match way:
        case "Esc":
            press(window.focusWidget(), Key.Key_Escape)
        case "F12":
            press(window.focusWidget(), Key.Key_F12)
        case _:
            assert not window.close()
    assert asked == ["close"]
    assert window.isVisible()
    assert window.owner_name.value() == "x"


def test_dismissing_closes_drops_callbacks_and_deletes(background: QtBackground, stage: Stage) -> None:
    screen = SampleScreen(stage.surroundings)
    own = background.for_window()
    screen.background = own
    window = SampleWindow(screen)
    window.show()
    heard: list[int] = []
    own.run(lambda: 1, heard.append, screen.failed)
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
        ([Key.Key_Right, Key.Key_Enter], "delete"),
        ([Key.Key_Right, Key.Key_Left, Key.Key_Return], "keep"),
        ([Key.Key_Backtab, Key.Key_Space], "delete"),
    ],
)
def test_a_question_is_answered_by_keys(qtbot: QtBot, window: SampleWindow, keys: list[Qt.Key], answer: str) -> None:
    answers: list[str] = []
    window.ask(a_question(answers))
    dialog = asked(qtbot, window)
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    assert [button.accessibleName() for button in dialog.buttons] == ["削除しない", "削除する"]
    assert dialog.buttons[0].hasFocus()
    for key in keys:
        press(dialog.focusWidget(), key)
    assert answers == [answer]


def test_a_question_shows_which_button_enter_presses_and_each_has_a_letter(qtbot: QtBot, window: SampleWindow) -> None:
    answers: list[str] = []
    window.ask(a_question(answers))
    dialog = asked(qtbot, window)
    widths = [button.width() for button in dialog.buttons]
    assert [button.text() for button in dialog.buttons] == ["削除しない(&B) [Enter]", "削除する(&Y)"]
    press(dialog.focusWidget(), Key.Key_Tab)
    assert [button.text() for button in dialog.buttons] == ["削除しない(&B)", "削除する(&Y) [Enter]"]
    assert [button.width() for button in dialog.buttons] == widths
    press(dialog.focusWidget(), Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: answers == ["delete"])


@pytest.mark.parametrize("letters", [3, 40])
def test_the_answers_stand_beside_each_other_where_the_screen_has_room_for_them(
    qtbot: QtBot, window: SampleWindow, letters: int
) -> None:
    answers = (Choice("あ" * letters, lambda: None, safe=safe) for safe in (True, False, False))
    window.ask(Question("削除", "消しますか。", tuple(answers)))
    dialog = asked(qtbot, window)
    heights = {button.y() for button in dialog.buttons}
    assert (len(heights), dialog.width() <= first_size(dialog)[0]) == (1 if letters == 3 else 3, True)
    dialog.reject()


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
    dialog.buttons[0].clearFocus()
    QApplication.sendEvent(dialog, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert answers == []
    dialog.reject()


def test_a_file_is_chosen_without_blocking(window: SampleWindow, tmp_path: Path, qtbot: QtBot) -> None:
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
    wait_active(qtbot, window)


def test_a_window_that_a_chosen_file_opens_stays_in_front(
    window: SampleWindow, tmp_path: Path, stage: Stage, stand: Stand, qtbot: QtBot
) -> None:
    file = tmp_path / "車検証.json"
    file.write_text("{}", encoding="utf-8")
    opened: list[SampleWindow] = []
    window.ask_open_file(
        "取込", "(*.json)", lambda _path: opened.append(stand(SampleWindow(SampleScreen(stage.surroundings))))
    )
    dialog = window.findChild(QFileDialog, "open_file")
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(file))
    dialog.accept()
    wait_active(qtbot, opened[0])
    assert not window.isActiveWindow()


def test_a_folder_that_is_gone_is_not_proposed_as_a_file(window: SampleWindow, tmp_path: Path) -> None:
    window.ask_open_file("取込", "車検証ファイル (*.json)", lambda _path: None, str(tmp_path / "Downloads"))
    dialog = window.findChild(QFileDialog, "open_file")
    assert isinstance(dialog, QFileDialog)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    assert name.text() == ""
    dialog.reject()
