"""料金表 on the glass, by keys alone: a table is chosen, two days compared, a row added and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt

from onestop.screens.rates.screen import BEGIN_FIRST, RatesScreen
from onestop.ui.windows.rates import RatesWindow
from support.qt import Stand, answer, cut, grow, press, said, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.screens import Stage

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def rates(stand: Stand, at_desk: Stage) -> RatesWindow:
    return stand(RatesWindow(RatesScreen(at_desk.surroundings)))


def test_it_stands_with_the_fees_and_nothing_to_be_typed(rates: RatesWindow) -> None:
    assert rates.windowTitle() == "料金表"
    assert rates.rows.hasFocus()
    assert rates.headings.text() == "内容の順: 国・協会 / 技術情報管理 / 計(円)"
    assert rates.adding.text() == BEGIN_FIRST
    assert all(field.locked for field in rates.typed)
    assert rates.full.text().endswith("出典: https://elaws.jp/view/326CO0000000255")


def test_a_table_and_two_days_are_chosen_by_keys(rates: RatesWindow) -> None:
    press(rates.rows, Key.Key_T, ALT)
    press(rates.focusWidget(), Key.Key_3)
    assert rates.headings.text() == "内容の順: 保険料(円)"
    press(rates.focusWidget(), Key.Key_Return)
    write(rates.focusWidget(), "2026/10/31")
    press(rates.focusWidget(), Key.Key_Return)
    write(rates.focusWidget(), "2026/11/1")
    assert rates.screen_shown.rows.row(0) == (
        "自家用乗用 12か月",
        "2023/04/01",
        "2026/10/31",
        "11,500",
        "12,250",
        "確認済",
    )


def test_a_row_is_added_by_f4_and_f10_and_taken_away_by_f2(rates: RatesWindow) -> None:
    press(rates.rows, Key.Key_F4)
    assert rates.first_day.input.hasFocus()
    write(rates.focusWidget(), "2027/4/1")
    press(rates.focusWidget(), Key.Key_Return)
    rates.amounts.input.clear()
    write(rates.focusWidget(), "1500/450/")
    press(rates.focusWidget(), Key.Key_Return)
    write(rates.focusWidget(), "官報")
    press(rates.focusWidget(), Key.Key_F10)
    assert said(rates).startswith("追加しました(普通自動車 指定整備 OSS、2027/04/01から)。")
    assert rates.rows.hasFocus()
    press(rates.rows, Key.Key_Down)
    assert rates.full.text().startswith("普通自動車 指定整備 OSS  2027/04/01から次の改定まで  国・協会 1,500")
    press(rates.rows, Key.Key_F2)
    answer("削除する")
    assert rates.screen_shown.rows.row(0) is not None
    assert (rates.screen_shown.rows.row(0) or ("", "", ""))[2] == ""


def test_what_is_wrong_is_said_at_its_field(rates: RatesWindow) -> None:
    press(rates.rows, Key.Key_F4)
    write(rates.focusWidget(), "2027/4/1")
    press(rates.focusWidget(), Key.Key_F10)
    assert said(rates) == "「普通自動車 指定整備 OSS」の出典を入力してください(官報、国土交通省のページなど)。"
    assert rates.source.input.hasFocus()


def test_the_field_of_the_word_stands_there_for_the_tables_that_take_new_ones(rates: RatesWindow) -> None:
    assert not rates.key.isVisible()
    press(rates.rows, Key.Key_T, ALT)
    press(rates.focusWidget(), Key.Key_7)
    assert rates.key.isVisible()
    assert rates.key.locked


def test_the_field_of_the_word_is_open_where_a_new_one_may_be_added(rates: RatesWindow) -> None:
    press(rates.rows, Key.Key_T, ALT)
    press(rates.focusWidget(), Key.Key_8)
    press(rates.focusWidget(), Key.Key_F4)
    assert not rates.key.locked
    assert rates.key.input.hasFocus()
    rates.key.input.clear()
    write(rates.focusWidget(), "OSS: 最終確認")
    press(rates.focusWidget(), Key.Key_Return)
    assert rates.first_day.input.hasFocus()
    assert rates.screen_shown.editor.form.key == "OSS: 最終確認"


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_everything_fits(rates: RatesWindow, theme: Theme, qtbot: QtBot, percent: int) -> None:
    grow(theme, percent)
    rates.resize(1024, 768)
    qtbot.waitUntil(lambda: cut(rates) == [])
    assert rates.size() == QSize(1024, 768)


def test_in_another_table_the_row_that_is_lit_is_the_one_that_is_told(rates: RatesWindow) -> None:
    press(rates.rows, Key.Key_Down)
    press(rates.rows, Key.Key_T, ALT)
    press(rates.focusWidget(), Key.Key_3)
    assert rates.rows.current() == 0
    assert rates.full.text().startswith("自家用乗用 12か月 ")
