"""How the text was read that an input method writes: the kana that it composed before it converted them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from support.qt import SampleWindow, compose, confirm, press

if TYPE_CHECKING:
    from onestop.ui.fields.fields import TextField

Key = Qt.Key


@pytest.fixture
def heard(window: SampleWindow) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    window.owner_name.heard.connect(lambda name, reading: told.append((name, reading)))
    return told


def convert(field: TextField, kana: str, written: str) -> None:
    """Type kana with an input method, let it convert them, and confirm that."""
    for length in range(1, len(kana) + 1):
        compose(field.input, kana[:length])
    compose(field.input, written)
    confirm(field.input, written)


def test_the_kana_of_a_name_are_heard(window: SampleWindow, heard: list[tuple[str, str]]) -> None:
    convert(window.owner_name, "わたなべ", "渡邉")
    confirm(window.owner_name.input, "　")
    convert(window.owner_name, "けｎ", "健")
    assert heard == [("owner_name", "わたなべ"), ("owner_name", "わたなべけん")]


def test_a_name_that_is_written_as_it_was_typed_is_its_own_reading(
    window: SampleWindow, heard: list[tuple[str, str]]
) -> None:
    confirm(window.owner_name.input, "サクラ")
    assert heard == [("owner_name", "さくら")]


def test_the_next_word_may_begin_with_the_end_of_the_last(window: SampleWindow, heard: list[tuple[str, str]]) -> None:
    line = window.owner_name.input
    compose(line, "みほん")
    compose(line, "見本")
    both = QInputMethodEvent("た", [])
    both.setCommitString("見本")
    QApplication.sendEvent(line, both)
    compose(line, "たろう")
    confirm(line, "太郎")
    assert heard[-1] == ("owner_name", "みほんたろう")


def test_what_was_given_up_or_deleted_is_not_heard(window: SampleWindow, heard: list[tuple[str, str]]) -> None:
    field = window.owner_name
    compose(field.input, "やめ")
    compose(field.input, "")
    convert(field, "みほん", "見本")
    field.input.selectAll()
    press(field.input, Key.Key_Delete)
    convert(field, "たろう", "太郎")
    assert heard == [("owner_name", "みほん"), ("owner_name", "たろう")]


def test_the_reading_of_a_part_is_none(window: SampleWindow, heard: list[tuple[str, str]]) -> None:
    window.owner_name.show_value("見本")
    window.owner_name.setFocus()
    window.owner_name.input.end(False)  # noqa: FBT003 - Qt's own way
    convert(window.owner_name, "たろう", "太郎")
    confirm(window.owner_name.input, "様")
    assert heard == []
