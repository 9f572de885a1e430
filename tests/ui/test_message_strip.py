"""Nothing in a window moves when a message comes or goes, however long it is; and none is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from onestop.screens.desk.sharing_words import GONE
from onestop.screens.ports import Message, Tone
from onestop.screens.wording import OWN
from onestop.ui.first_size import SMALLEST
from onestop.ui.message_strip import MessageStrip
from support.qt import cut, grow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.qt import SampleWindow

SHORT = "保存しました。"
TWO_LINES = "この申請は、車両の内容が変わったあとに保存されていません。" * 3
MANY_LINES = TWO_LINES * 4
BESIDE = 13
"""Pixels on each side of the strip in a window of practice."""


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_body_stays_where_it_is(window: SampleWindow, theme: Theme, qtbot: QtBot, percent: int) -> None:
    first = window.body.geometry()
    grow(theme, percent)
    qtbot.waitUntil(lambda: percent == 100 or window.body.geometry() != first)
    before, usual = window.body.geometry(), window.strip.height()
    for text in (SHORT, TWO_LINES, MANY_LINES, SHORT):
        window.screen_shown.say(text)
        QApplication.processEvents()
        assert window.body.geometry() == before
        assert [each for each in cut(window) if text[:10] in each] == []
    assert window.strip.height() == usual
    window.screen_shown.quiet()
    assert window.strip.height() == usual


def test_two_lines_have_room_in_small_letters_and_more_cover_what_is_below(window: SampleWindow) -> None:
    usual, large = window.strip.height(), window.strip.text.font().pointSizeF()
    window.screen_shown.say(TWO_LINES)
    assert window.strip.height() == usual
    assert window.strip.text.font().pointSizeF() < large
    window.screen_shown.say(MANY_LINES)
    assert window.strip.height() > usual
    assert window.strip.geometry().bottom() > window.body.geometry().top()
    assert window.childAt(window.body.geometry().topLeft()) in (window.strip, window.strip.text)
    window.screen_shown.say(SHORT)
    assert window.strip.text.font().pointSizeF() == large


@pytest.mark.parametrize("text", [*OWN.values(), GONE])
def test_no_sentence_of_a_trouble_covers_the_first_caption_of_the_narrowest_window(qtbot: QtBot, text: str) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.show()
    usual = strip.sizeHint().height()
    strip.resize(SMALLEST[0] - 2 * BESIDE, usual)
    strip.show_message(Message(text, Tone.ERROR))
    assert strip.height() == usual


def test_a_narrower_window_makes_the_message_higher_and_a_wider_one_lower(window: SampleWindow) -> None:
    window.screen_shown.say(MANY_LINES)
    wide = window.strip.height()
    window.resize(960, 720)
    QApplication.processEvents()
    assert window.strip.height() > wide
    window.resize(1280, 720)
    QApplication.processEvents()
    assert window.strip.height() == wide
