"""Tests of how a key's meaning finds room: smaller, then in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF

from onestop.ui.keys.key_button import KeyButton, in_two

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("ワンストップサービス", ("ワンストップ", "サービス")),
        ("申請書発行", ("申請書", "発行")),
        ("再設定ー", ("再設", "定ー")),
        ("一", ("一", "")),
    ],
)
def test_no_line_begins_with_what_cannot_stand_first(label: str, lines: tuple[str, str]) -> None:
    assert in_two(label) == lines


@pytest.mark.parametrize(("share", "lines"), [(1.0, ("ヘルプ",)), (0.8, ("ヘルプ",)), (0.7, ("ヘル", "プ"))])
def test_a_meaning_is_written_smaller_before_it_is_broken(qtbot: QtBot, share: float, lines: tuple[str, ...]) -> None:
    button = KeyButton("F1", "ヘルプ")
    qtbot.addWidget(button)
    width = button.fontMetrics().horizontalAdvance("ヘルプ") * share
    shown, size = button._fitted(QRectF(0, 0, width, 100))
    assert shown == lines
    assert size == (share if len(lines) == 1 else 1.0)
