"""Tests of the fields, by key events in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from onestop.ui.fields.fields import Field
from support.qt import SampleWindow, confirm, edits, press, write

Key = Qt.Key


def test_every_input_has_its_label_and_its_english_name(window: SampleWindow) -> None:
    for field in window.fields:
        proxy = field.focusProxy()
        assert proxy is not None
        assert proxy.accessibleName().startswith(field.label)
        assert window.findChildren(QWidget, proxy.objectName()) == [proxy]
    assert window.owner_name.input.objectName() == "owner_name"
    assert [part.objectName() for part in window.registration_number.parts] == [
        "registration_number_area",
        "registration_number_class_number",
        "registration_number_kana",
        "registration_number_serial",
    ]


def test_each_key_is_told_and_leaving_folds(window: SampleWindow) -> None:
    window.chassis_number.setFocus()
    write(window.chassis_number.input, "abc")
    assert edits(window) == [("chassis_number", "a"), ("chassis_number", "ab"), ("chassis_number", "abc")]
    press(window.chassis_number.input, Key.Key_Tab)
    assert window.chassis_number.value() == "ABC"
    assert edits(window)[-1] == ("chassis_number", "ABC")


def test_showing_a_value_tells_nobody_and_leaves_the_cursor(window: SampleWindow) -> None:
    field = window.owner_name
    field.show_value("カーネット太郎")
    field.setFocus()
    field.input.setCursorPosition(2)
    field.show_value("カーネット花子")
    assert field.input.cursorPosition() == 2
    field.show_value("カ")
    assert field.input.cursorPosition() == 1
    assert edits(window) == []
    press(field.input, Key.Key_Tab)
    assert edits(window) == []


def test_showing_the_same_text_keeps_undo(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    write(window.owner_name.input, "ab")
    window.owner_name.show_value("ab")
    assert window.owner_name.input.isUndoAvailable()


def test_a_locked_field_is_read_and_not_changed(window: SampleWindow) -> None:
    for field in window.fields:
        field.set_locked(True)
        field.set_locked(True)
    write(window.owner_name.input, "x")
    write(window.planned_date.input, "x")
    write(window.registration_number.parts[0], "x")
    window.owner_name.show_value(" 氏名 ")
    window.owner_name.settle()
    window.registration_number.settle()
    assert window.owner_name.value() == " 氏名 "
    assert not window.party_kind.input.isEnabled()
    assert window.filing_id.input.isEnabled()
    assert edits(window) == []


def test_tab_stops_at_a_locked_text_only_while_there_is_something_to_read(window: SampleWindow) -> None:
    lines = (window.owner_name, window.api_password)
    for field in lines:
        field.set_locked(True)
        assert (field.input.focusPolicy(), field.input.isReadOnly()) == (Qt.FocusPolicy.ClickFocus, True)
    window.owner_name.show_value("カーネット太郎")
    assert window.owner_name.input.focusPolicy() == Qt.FocusPolicy.StrongFocus
    for nothing in ("***", ""):
        window.owner_name.show_value(nothing)
        assert window.owner_name.input.focusPolicy() == Qt.FocusPolicy.ClickFocus
    for field in lines:
        field.set_locked(False)
        assert (field.input.focusPolicy(), field.input.hasFrame()) == (Qt.FocusPolicy.StrongFocus, True)


def test_a_problem_has_frame_words_and_description(window: SampleWindow) -> None:
    field = window.chassis_number
    before = field.grab().toImage()
    field.set_problem("車台番号を入力してください。")
    assert field.problem == "車台番号を入力してください。"
    assert field.note.text() == "! 車台番号を入力してください。"
    assert field.input.accessibleDescription() == "車台番号を入力してください。"
    assert field.grab().toImage() != before
    field.set_problem(None)
    assert field.note.text() == ""
    assert field.input.accessibleDescription() == ""
    assert field.grab().toImage() == before


def test_a_note_that_is_cut_stands_whole_in_its_tooltip(window: SampleWindow) -> None:
    note = window.chassis_number.note
    window.chassis_number.set_problem("長い" * 100)
    assert note.toolTip() == "! " + "長い" * 100
    window.chassis_number.set_problem("短い")
    assert note.toolTip() == ""


def test_focus_is_framed(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    focused = window.owner_name.grab().toImage()
    window.chassis_number.setFocus()
    assert window.owner_name.grab().toImage() != focused


def test_an_accelerator_reaches_its_field(window: SampleWindow) -> None:
    window.filing_id.setFocus()
    press(window.focusWidget(), Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert window.owner_name.input.hasFocus()


# --- dates


def test_a_date_is_echoed_in_both_calendars(window: SampleWindow) -> None:
    field = window.planned_date
    field.setFocus()
    write(field.input, "R8.11.2")
    assert field.problem is None, "it is not wrong while it is typed"
    write(field.input, "4")
    assert field.echo.text() == "令和8年11月24日(火) 2026/11/24"
    assert edits(window)[-1] == ("planned_date", "R8.11.24")


def test_a_date_that_cannot_be_read_stays_as_typed(window: SampleWindow) -> None:
    field = window.planned_date
    field.setFocus()
    confirm(field.input, "あした")
    press(field.input, Key.Key_Tab)
    assert field.value() == "あした"
    assert field.problem == "日付として読めません。"
    field.set_problem("過ぎています。")
    assert field.problem == "日付として読めません。"
    field.show_value("R8.11.24")
    assert field.problem == "過ぎています。"
    field.set_problem(None)
    assert field.problem is None


# --- choices


def test_a_choice_is_made_by_digit_and_by_arrow(window: SampleWindow) -> None:
    field = window.party_kind
    field.setFocus()
    press(field.input, Key.Key_2)
    assert field.value() == "company"
    press(field.input, Key.Key_Up)
    press(field.input, Key.Key_9)
    assert edits(window) == [("party_kind", "company"), ("party_kind", "individual")]


def test_a_choice_opens_by_alt_down_and_never_by_f4(window: SampleWindow) -> None:
    field = window.party_kind
    field.setFocus()
    press(field.input, Key.Key_F4)
    assert window.screen_shown.done == ["start"]
    assert not field.input.view().isVisible()
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_F4, Qt.KeyboardModifier.NoModifier)
    field.input.keyPressEvent(event)
    assert not event.isAccepted()
    assert not field.input.view().isVisible()
    press(field.input, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert field.input.view().isVisible()
    field.input.hidePopup()


def test_the_wheel_changes_no_choice(window: SampleWindow) -> None:
    field = window.party_kind
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), none, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - Qt's order of arguments
    )  # fmt: skip
    QApplication.sendEvent(field.input, event)
    assert field.value() == "individual"


def test_an_unknown_word_is_shown_as_it_came(window: SampleWindow) -> None:
    field = window.party_kind
    field.show_value("外国法人")
    assert field.input.currentText() == "外国法人"
    field.set_options([("individual", "個人"), ("company", "法人"), ("other", "その他")])
    assert field.value() == "外国法人"
    field.set_options([])
    field.set_options([])
    field.show_value("company")
    assert field.value() == "company"
    assert edits(window) == []


# --- ticks, secrets, plates, values


def test_space_turns_a_tick(window: SampleWindow) -> None:
    field = window.officially_stamped
    unticked = field.grab().toImage()
    field.setFocus()
    press(field.input, Key.Key_Space)
    assert edits(window) == [("officially_stamped", True)]
    assert field.value()
    field.clearFocus()
    window.owner_name.setFocus()
    assert field.grab().toImage() != unticked
    field.show_value(value=False)
    assert not field.value()
    assert len(edits(window)) == 1


def test_a_secret_is_never_shown_copied_or_undone(window: SampleWindow) -> None:
    field = window.api_password
    field.show_stored(stored=True)
    assert "設定済み" in field.input.placeholderText()
    field.setFocus()
    write(field.input, "999000")
    assert edits(window)[-1] == ("api_password", "999000")
    assert "9" not in field.input.displayText()
    QGuiApplication.clipboard().clear()
    field.input.selectAll()
    field.input.copy()
    assert QGuiApplication.clipboard().text() == ""
    field.show_value("")
    field.input.undo()
    assert field.value() == ""
    field.show_stored(stored=False)
    assert field.input.placeholderText() == "未設定"


def test_the_line_end_of_a_cell_that_was_copied_is_left_out_and_a_stored_one_is_shown(window: SampleWindow) -> None:
    field = window.owner_name
    field.setFocus()
    field.show_value("見本")
    QGuiApplication.clipboard().setText("太郎\r\n")
    field.input.paste()
    assert field.value() == "見本太郎"
    assert edits(window)[-1] == ("owner_name", "見本太郎")
    assert field.input.cursorPosition() == len("見本太郎")
    field.show_value("見本\n花子")
    assert field.value() == "見本\n花子"
    QGuiApplication.clipboard().clear()


def test_a_whole_plate_pasted_into_the_first_part_is_spread(window: SampleWindow) -> None:
    field = window.registration_number
    field.setFocus()
    QGuiApplication.clipboard().setText("土浦1あ1111")
    field.parts[0].paste()
    assert field.value() == ("土浦", "1", "あ", "1111")
    assert field.parts[3].hasFocus()
    assert edits(window) == [("registration_number", ("土浦", "1", "あ", "1111"))]
    QGuiApplication.clipboard().clear()


def test_a_whole_plate_typed_is_spread_on_leaving(window: SampleWindow) -> None:
    field = window.registration_number
    field.setFocus()
    for character in "土浦1あ1111":
        confirm(field.parts[0], character)
    assert field.value()[0] == "土浦1あ1111"
    press(field.parts[0], Key.Key_Return)
    assert field.value() == ("土浦", "1", "あ", "1111")
    assert field.parts[1].hasFocus()


def test_the_parts_of_a_plate_are_folded(window: SampleWindow) -> None:
    field = window.registration_number
    field._folds = (str, str, str, str.strip)
    field.show_value(("土浦", "1", "あ", ""))
    field.parts[3].setFocus()
    write(field.parts[3], "12 ")
    press(field.parts[3], Key.Key_Tab)
    assert field.value() == ("土浦", "1", "あ", "12")
    assert edits(window)[-1] == ("registration_number", ("土浦", "1", "あ", "12"))


def test_a_value_wraps_and_can_be_copied_by_keyboard(window: SampleWindow) -> None:
    value = window.filing_id
    value.show_value("茨城県古河市" * 20)
    assert value.input.heightForWidth(200) > value.input.fontMetrics().height() * 2
    value.setFocus()
    press(value.input, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(value.input, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == value.value()
    value.show_value("")
    assert value.value() == "–"
    QGuiApplication.clipboard().clear()


def test_markup_in_a_value_stays_text(window: SampleWindow) -> None:
    window.filing_id.show_value("<b>太</b>")
    assert window.filing_id.value() == "<b>太</b>"
    assert window.filing_id.input.textFormat() == Qt.TextFormat.PlainText


def test_a_field_without_a_kind_is_no_field(window: SampleWindow) -> None:
    bare = Field("bare", "何もない")
    bare.setParent(window)
    with pytest.raises(NotImplementedError):
        bare.show_value("")
    with pytest.raises(NotImplementedError):
        bare.value()
    assert not bare.composing


def test_leaving_the_window_keeps_what_was_typed(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    write(window.owner_name.input, " abc ")
    window.settle()
    assert window.owner_name.value() == "abc"
    assert isinstance(window.focusWidget(), QLineEdit)


def test_a_choice_without_words_has_no_value(window: SampleWindow) -> None:
    field = window.party_kind
    field.set_options([])
    field.input.setCurrentIndex(-1)
    field.set_options([("", "指定しない"), ("1", "指定する")])
    assert field.value() == ""
    assert field.input.currentText() == "指定しない"


def test_each_part_of_a_plate_carries_its_own_problem(window: SampleWindow) -> None:
    field = window.registration_number
    wrong = {field.name: "かなを入力してください。", f"{field.name}_kana": "かなを入力してください。"}
    field.blame(wrong.get)
    told = {part.objectName(): part.accessibleDescription() for part in field.parts}
    assert told == {
        "registration_number_area": "",
        "registration_number_class_number": "",
        "registration_number_kana": "かなを入力してください。",
        "registration_number_serial": "",
    }
    assert field.note.text() == "! かなを入力してください。"
    field.blame({field.name: "登録番号として読めません。"}.get)
    assert {part.accessibleDescription() for part in field.parts} == {"登録番号として読めません。"}
    field.blame(lambda _name: None)
    assert {part.accessibleDescription() for part in field.parts} == {""}
