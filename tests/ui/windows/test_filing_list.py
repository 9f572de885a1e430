"""Tests of 申請書一覧 on the glass, by keys alone."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop import VERSION
from onestop.screens.filing.list_rows import FilingRows
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.places import BatchPlace, IssuePlace
from onestop.screens.screen import Surroundings
from onestop.ui.background import QtBackground
from onestop.ui.windows.filing_list import FilingListWindow
from support.clock import FixedClock
from support.counters import many
from support.desks import DeskRoom, a_desk
from support.qt import REAL, Stand, grow, press, titles_of, write
from support.screens import RecordingNavigator, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.model.lists import FilingRow
    from onestop.screens.rows import Keyed
    from onestop.ui.theme import Theme

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        made.drafts(3)
        made.desk.filings.delivery.issue(2)
        yield made


@pytest.fixture
def filings(stand: Stand, at_desk: Stage) -> FilingListWindow:
    return stand(FilingListWindow(FilingListScreen(at_desk.surroundings)))


def words(window: FilingListWindow) -> str:
    return window.strip.text.text()


def test_it_stands_with_the_manuals_title_and_the_local_rows(filings: FilingListWindow) -> None:
    assert filings.windowTitle() == f"AINAS一覧 Ver3 Rev{VERSION.rpartition('.')[0]}"
    assert filings.rows.hasFocus()
    assert filings.rows.current() == 0
    assert filings.count.text() == "3件(チェック 2件)"
    names = [(field.name, field.label) for field in filings.fields]
    assert names == [
        ("condition", "検索条件"),
        ("number_from", "管理番号 から"),
        ("number_to", "管理番号 まで"),
        ("chassis_tail", "車台番号(後方一致)"),
        ("requested_from", "依頼日時 から"),
        ("requested_to", "依頼日時 まで"),
    ]
    assert titles_of(filings.rows) == [
        "管理番号",
        "状態",
        "車両種別",
        "手続種別",
        "申請ID",
        "依頼日時",
        "申請\nステータス",
        "OSSステータス",
        "登録番号",
        "車台番号",
        "最終の\n検査申請日",
        "使用者",
    ]


def test_the_manuals_two_sentences_stand_below_the_list_and_are_not_cut(
    filings: FilingListWindow, theme: Theme, qtbot: QtBot
) -> None:
    first, second = filings.notes.text().split("\n")
    assert first.startswith("※ このプログラムから発行した申請だけが並びます。")
    assert (second[0], "車検証を受け取れる" in second) == ("※", True)
    before = filings.notes.heightForWidth(filings.notes.width())
    for _ in range(3):
        theme.larger()
    needed = filings.notes.heightForWidth(filings.notes.width())
    assert needed > before
    qtbot.waitUntil(lambda: filings.notes.height() >= needed)
    assert filings.notes.geometry().top() > filings.rows.geometry().bottom()


def test_conditions_by_keys_and_enter_lead_to_f7(filings: FilingListWindow) -> None:
    press(filings.rows, Key.Key_J, ALT)
    press(filings.focusWidget(), Key.Key_Right)
    assert filings.condition.value() == "申請前"
    press(filings.focusWidget(), Key.Key_Return)
    assert filings.number_from.input.hasFocus()
    for _ in range(4):
        press(filings.focusWidget(), Key.Key_Return)
    assert filings.requested_to.input.hasFocus()
    press(filings.focusWidget(), Key.Key_Return)
    assert filings.bar.buttons["F7"].hasFocus()
    press(filings.focusWidget(), Key.Key_Return)
    assert filings.count.text() == "2件(チェック 2件)"
    assert filings.rows.hasFocus()


def test_a_digit_chooses_the_condition(filings: FilingListWindow) -> None:
    press(filings.rows, Key.Key_J, ALT)
    press(filings.focusWidget(), Key.Key_3)
    press(filings.focusWidget(), Key.Key_7)
    assert filings.condition.value() == "申請後"
    press(filings.focusWidget(), Key.Key_F7)
    assert filings.count.text() == "1件"


def test_a_wrong_condition_has_the_focus_and_its_sentence(filings: FilingListWindow) -> None:
    press(filings.rows, Key.Key_N, ALT)
    filings.number_from.input.selectAll()
    write(filings.number_from.input, "x")
    press(filings.focusWidget(), Key.Key_F7)
    assert filings.number_from.input.hasFocus()
    assert "管理番号は 1 から 9999999999" in words(filings)
    assert filings.count.text() == "3件(チェック 2件)"


def test_widths_are_folded_on_leaving_and_days_are_echoed(filings: FilingListWindow) -> None:
    press(filings.rows, Key.Key_S, ALT)
    write(filings.chassis_tail.input, "ｚｎ６‐１")
    press(filings.focusWidget(), Key.Key_Return)
    assert filings.chassis_tail.value() == "ZN6-1"
    write(filings.requested_from.input, "R8.11.24")
    assert filings.requested_from.echo.text() == "令和8年11月24日(火) 2026/11/24"
    press(filings.focusWidget(), Key.Key_C, ALT)
    assert filings.chassis_tail.value() == ""
    assert filings.requested_from.echo.text() == ""
    assert words(filings).startswith("検索条件を最初の状態に戻しました。")


def test_enter_on_a_row_is_f5_and_space_ticks_a_draft(filings: FilingListWindow, at_desk: Stage) -> None:
    press(filings.rows, Key.Key_End)
    press(filings.rows, Key.Key_Space)
    assert filings.count.text() == "3件(チェック 1件)"
    press(filings.rows, Key.Key_Home)
    press(filings.rows, Key.Key_Down)
    press(filings.rows, Key.Key_Space)
    assert words(filings) == "申請済みの行は、一括申請に選べません。"
    press(filings.rows, Key.Key_Enter)
    press(filings.rows, Key.Key_F9)
    assert at_desk.navigator.went == [IssuePlace(None, 2), BatchPlace((1,))]


def test_sorting_by_key_by_choice_and_by_the_order(filings: FilingListWindow, qtbot: QtBot) -> None:
    press(filings.rows, Key.Key_1, CTRL)
    assert filings.rows.source.row_id(0) == 3
    assert filings.descending.value()
    press(filings.rows, Key.Key_O, ALT)
    assert filings.sort.input.hasFocus()
    press(filings.sort.input, Key.Key_9)
    assert filings.sort.value() == "registration_number"
    assert not filings.descending.value()
    press(filings.sort.input, Key.Key_G, ALT)
    qtbot.waitUntil(lambda: filings.rows.source.row_id(0) == 3)  # Qt shows a box pressed for a moment first
    assert filings.rows.horizontalHeader().sortIndicatorSection() == 8


def test_an_empty_list_says_what_to_do(on_glass: Callable[[QWidget], None], tmp_path: Path, theme: Theme) -> None:
    with a_desk(tmp_path) as room:
        made = FilingListWindow(FilingListScreen(Stage(desk=lambda: room.desk).surroundings))
        made.furnish(theme, REAL)
        on_glass(made)
        assert "申請はまだありません。" in made.rows._empty


class Asked:
    """A question without an answer, which notes that it was put. Implements screens.rows.Query."""

    def __init__(self, name: str, asked: list[str]) -> None:
        self._name = name
        self._asked = asked

    def first(self, _limit: int) -> Sequence[Keyed[FilingRow]]:
        return ()

    def ids(self) -> array[int]:
        self._asked.append(self._name)
        return array("q")

    def rows(self, _ids: Sequence[int]) -> Sequence[Keyed[FilingRow]]:
        return ()


@pytest.mark.usefixtures("qapp")
def test_of_two_sorts_one_after_another_only_the_last_is_read() -> None:
    background = QtBackground()
    asked: list[str] = []
    arrived: list[object] = []
    rows = FilingRows(background, arrived.append, lambda _row: None, FixedClock())
    for name in ("overtaken", "wanted"):
        rows.load_whole(Asked(name, asked), lambda: arrived.append("all"))
    assert background.wait_until_idle(10)
    assert (asked, arrived) == (["wanted"], ["all"])


@pytest.mark.parametrize("percent", [100, 150])
def test_no_number_is_cut_at_any_text_size(filings: FilingListWindow, theme: Theme, percent: int) -> None:
    theme._resize(percent)
    metrics = filings.rows.fontMetrics()
    for place, sample in enumerate(
        (
            "9999999999",
            "未完了",
            "小型二輪",
            "継続検査",
            "1000000008",
            "2026/11/24 09:15",
            "手続完了",
            "検査登録手数料納付待ち" if percent == 100 else "手続(交付)完了",  # the rest of it by an arrow
        )
    ):
        assert metrics.horizontalAdvance(sample) + 14 <= filings.rows.columnWidth(place), sample
    assert filings.rows.font().pointSizeF() <= filings.font().pointSizeF()


def test_at_1024_pixels_the_day_of_a_filing_its_plate_and_the_titles_are_whole(
    filings: FilingListWindow, qtbot: QtBot
) -> None:
    filings.resize(1024, 768)
    qtbot.waitUntil(lambda: filings.rows.viewport().width() < 1024)
    metrics, columns = filings.rows.fontMetrics(), filings.rows.source.columns
    for key, text in (("requested_at", "2026/11/24 09:15"), ("registration_number", "つくば330た1234")):
        room = filings.rows.columnWidth([each.key for each in columns].index(key)) - 14
        assert metrics.elidedText(text, Qt.TextElideMode.ElideRight, room).startswith(text[:10]), key
    for place, column in enumerate(columns):
        if not filings.rows.isColumnHidden(place) and filings.rows.columnWidth(place):
            needed = max(map(metrics.horizontalAdvance, column.heading.split("\n")))
            assert needed <= filings.rows.columnWidth(place), column.title


def test_larger_text_never_makes_the_list_smaller(filings: FilingListWindow, theme: Theme) -> None:
    sizes = [filings.rows.font().pointSizeF()]
    for percent in (110, 125, 150, 175, 200):
        grow(theme, percent)
        sizes.append(filings.rows.font().pointSizeF())
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]


def test_the_chosen_row_and_the_scroll_survive_f7(
    on_glass: Callable[[QWidget], None], background: QtBackground, qtbot: QtBot, tmp_path: Path, theme: Theme
) -> None:
    with a_desk(tmp_path) as room:
        many(room, 450)
        stage = Stage(desk=lambda: room.desk)
        around = Surroundings(background.for_window(), RecordingNavigator(), stage.desk, stage.clock, stage.search)
        made = FilingListWindow(FilingListScreen(around))
        made.furnish(theme, REAL)
        on_glass(made)
        qtbot.waitUntil(lambda: made.count.text() == "450件(チェック 450件)")
        made.rows.go_to(300)
        bar = made.rows.verticalScrollBar()
        bar.setValue(bar.value() + 5)
        before = bar.value()
        press(made.rows, Key.Key_F7)
        qtbot.waitUntil(lambda: made.screen_shown.busy is None and not background.busy)
        assert made.rows.current() == 300
        assert bar.value() == before
        qtbot.waitUntil(lambda: made.rows.model().index(300, 0).data() == "301")
        made.dismiss()


def test_closing_in_the_middle_of_f7_leaves_nothing_behind(
    on_glass: Callable[[QWidget], None], background: QtBackground, qtbot: QtBot, room: DeskRoom, theme: Theme
) -> None:
    stage = Stage(desk=lambda: room.desk)
    around = Surroundings(background.for_window(), RecordingNavigator(), stage.desk, stage.clock, stage.search)
    made = FilingListWindow(FilingListScreen(around))
    made.furnish(theme, REAL)
    on_glass(made)
    press(made.rows, Key.Key_F7)
    press(made.rows, Key.Key_F12)
    assert not made.isVisible()
    qtbot.waitUntil(lambda: not background.busy)
