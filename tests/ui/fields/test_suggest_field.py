"""Tests of the field whose names can be chosen and typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from onestop.ui.fields.suggest_field import SuggestField
from support.qt import compose, confirm, press, write

if TYPE_CHECKING:
    from collections.abc import Callable

Key = Qt.Key


@pytest.fixture
def field(on_glass: Callable[[QWidget], None]) -> SuggestField:
    window = QWidget()
    column = QVBoxLayout(window)
    made = SuggestField("insurer", "保険会社", limit=5)
    made.set_options(("見本損保", "見本共済"))
    column.addWidget(made)
    on_glass(window)
    made.setFocus()
    return made


def test_a_name_is_typed_and_told(field: SuggestField) -> None:
    told: list[tuple[str, object]] = []
    field.edited.connect(lambda name, value: told.append((name, value)))
    write(field.input, "他の共済組合")
    assert field.value() == "他の共済組"
    assert told[-1] == ("insurer", "他の共済組")


def test_a_line_end_that_is_pasted_is_left_out_and_a_stored_one_is_shown(field: SuggestField) -> None:
    confirm(field.input, "見本\r\n")
    assert field.value() == "見本"
    field.show_value("見本\n")
    assert field.value() == "見本\n"


def test_of_a_long_name_the_beginning_is_shown_unless_it_is_being_typed(field: SuggestField) -> None:
    edit = field.input.lineEdit()
    assert edit is not None
    field.show_value("見本火災")
    assert edit.cursorPosition() == len("見本火災")
    field.input.clearFocus()
    field.show_value("見本損害保険")
    assert edit.cursorPosition() == 0


def test_arrows_choose(field: SuggestField) -> None:
    press(field.input, Key.Key_Down)
    first = field.value()
    press(field.input, Key.Key_Down)
    assert (first, field.value()) == ("見本損保", "見本共済")


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_PageUp, Key.Key_Space, Key.Key_F4])
def test_t85_no_name_is_chosen_while_one_is_composed(field: SuggestField, key: Key) -> None:
    field.show_value("見本共済")
    compose(field.input, "みほん")
    press(field.input, key)
    assert field.value() == "見本共済"
    assert field.composing
    confirm(field.input, "。")
    assert field.value() == "見本共済。"


def test_what_stands_there_stays_when_the_names_change(field: SuggestField) -> None:
    told: list[object] = []
    field.edited.connect(lambda _name, value: told.append(value))
    field.show_value("見本共済")
    field.set_options(("東西損保",))
    field.show_value("見本共済")
    assert (field.value(), told) == ("見本共済", [])


def test_the_wheel_changes_nothing(field: SuggestField) -> None:
    field.show_value("見本損保")
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes it by place only
    )
    QApplication.sendEvent(field.input, wheel)
    assert field.value() == "見本損保"


def test_a_locked_one_can_only_be_read(field: SuggestField) -> None:
    field.show_value("見本損保")
    field.set_locked(True)
    assert not field.input.isEnabled()
    assert not field.grab().isNull()
