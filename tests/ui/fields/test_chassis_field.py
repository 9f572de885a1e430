"""Tests of 車台番号: a code, and kanji for a 職権打刻 alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from onestop.ui.fields.chassis_field import ChassisField
from support.qt import confirm, lets_compose

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def field(on_glass: Callable[[QWidget], None]) -> ChassisField:
    window = QWidget()
    made = ChassisField()
    QVBoxLayout(window).addWidget(made)
    on_glass(window)
    made.setFocus()
    return made


def test_t65b_kana_are_refused_and_the_way_to_kanji_is_said(field: ChassisField) -> None:
    confirm(field.input, "６ああーさL30")
    assert field.value() == ""
    assert field.problem == (
        "「６ああーさL30」は入力できません。半角で入力してください。"
        "漢字は「職権打刻」にチェックを付けると入力できます。"
    )


def test_the_input_method_is_let_in_for_a_stamp(field: ChassisField) -> None:
    assert not lets_compose(field.input)
    field.let_stamp(stamped=True)
    field.let_stamp(stamped=True)
    assert lets_compose(field.input)
    confirm(field.input, "国［０１］")
    field.settle()
    assert field.value() == "国[01]"
    field.let_stamp(stamped=False)
    assert not lets_compose(field.input)
