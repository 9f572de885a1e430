"""What an input method may write into a field, and whose the keys are while it composes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop.ui import input_watch
from support.qt import SampleWindow, compose, confirm, edits, lets_compose, press, said, write

if TYPE_CHECKING:
    from onestop.ui.fields.fields import TextField

Key = Qt.Key


def test_the_input_method_is_kept_out_of_codes_and_let_into_names(window: SampleWindow) -> None:
    codes = (window.chassis_number, window.planned_date, window.api_password)
    assert window.chassis_number.input.inputMethodHints() & Qt.InputMethodHint.ImhLatinOnly
    for locked in (False, True, False):
        for field in (window.owner_name, window.chassis_number, window.planned_date):
            field.set_locked(locked)
        assert lets_compose(window.owner_name.input) is not locked
        assert [lets_compose(field.input) for field in codes] == [False] * 3
    assert [lets_compose(part) for part in window.registration_number.parts] == [True, False, True, False]


def test_t65b_what_is_composed_in_a_code_nonetheless_is_refused_at_once_at_the_field(window: SampleWindow) -> None:
    field = window.chassis_number
    field.setFocus()
    write(field.input, "6")
    confirm(field.input, "ああーさL30")
    assert field.value() == "6"
    assert field.problem == said(window) == "「ああーさL30」は入力できません。半角で入力してください。"
    write(field.input, "A")
    assert (field.value(), field.problem or "") == ("6A", "")
    assert edits(window) == [("chassis_number", "6"), ("chassis_number", "6A")]


def test_t65b_a_code_that_is_composed_in_full_width_is_taken_in_half_width(window: SampleWindow) -> None:
    field = window.chassis_number
    field.setFocus()
    confirm(field.input, "ＡＢ１２ー３")
    assert (field.value(), field.problem) == ("AB12-3", None)
    assert edits(window) == [("chassis_number", "AB12-3")]


def test_t65b_its_brothers_refuse_it_too(window: SampleWindow) -> None:
    plate, secret = window.registration_number, window.api_password
    plate.parts[3].setFocus()
    confirm(plate.parts[3], "じゅうに")
    assert plate.value() == ("", "", "", "")
    assert plate.problem == "「じゅうに」は入力できません。分類番号と一連指定番号は半角で入力してください。"
    confirm(plate.parts[3], "１２")
    assert (plate.value()[3], plate.problem or "") == ("12", "")
    secret.setFocus()
    confirm(secret.input, "ひみつ")
    assert (secret.value(), secret.problem) == ("", "半角で入力してください。")
    confirm(secret.input, "９９９")
    assert (secret.value(), secret.problem or "") == ("999", "")


def test_what_the_field_finds_comes_before_what_the_screen_finds(window: SampleWindow) -> None:
    field = window.chassis_number
    field.set_problem("車台番号を入力してください。")
    confirm(field.input, "あ")
    field.set_problem("車台番号を入力してください。")
    assert str(field.problem).startswith("「あ」")
    write(field.input, "A")
    assert field.problem == "車台番号を入力してください。"


def taken_back(window: SampleWindow) -> TextField:
    """Compose something in a field, and take it back."""
    field = window.owner_name
    field.setFocus()
    compose(field.input, "みほ")
    compose(field.input, "")
    return field


def test_what_was_taken_back_is_not_written_when_the_field_is_left(
    window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_watch, "AT_ONCE", 0)
    field = taken_back(window)
    confirm(field.input, "みほ")  # as Qt does for ibus
    assert field.value() == ""
    compose(field.input, "みほ")
    confirm(field.input, "みほ")
    assert field.value() == "みほ"


def test_what_an_input_method_hides_just_before_it_writes_it_is_written(
    window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_watch, "AT_ONCE", sys.maxsize)
    field = taken_back(window)
    confirm(field.input, "みほ")
    assert field.value() == "みほ"


def test_what_is_being_composed_is_written_when_the_field_is_left(
    window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_watch, "AT_ONCE", 0)
    field = window.owner_name
    field.setFocus()
    compose(field.input, "みほ")
    window.chassis_number.setFocus()
    confirm(field.input, "みほ")
    assert field.value() == "みほ"


def test_no_accelerator_fires_while_text_is_composed(window: SampleWindow) -> None:
    part = window.registration_number.parts[0]
    part.setFocus()
    compose(part, "つち")
    press(part, Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert part.hasFocus()
    assert window.registration_number.composing


@pytest.mark.parametrize(
    "key",
    [
        *(Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab, Key.Key_Space),
        *(Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Left, Key.Key_Right),
        *(Key.Key_Home, Key.Key_End, Key.Key_Backspace, Key.Key_Delete),
        *(Key.Key_F6, Key.Key_F7, Key.Key_F8, Key.Key_F9, Key.Key_F10),
    ],
)
def test_t85_every_key_belongs_to_the_input_method_while_it_composes(window: SampleWindow, key: Key) -> None:
    field = window.owner_name
    field.show_value("見本")
    field.setFocus()
    compose(field.input, "たろ")
    press(field.input, key)
    assert field.input.hasFocus()
    assert (field.value(), edits(window), window.screen_shown.done) == ("見本", [], [])
