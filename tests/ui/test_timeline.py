"""期日の図 on the glass: its words never touch each other, and it is gone where there is no room for it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from onestop.screens.function_keys import MAIN_DAYS
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.timeline import DayKind, Mark, Timeline
from onestop.ui.colours import DARK, LIGHT, Colours, Pair
from onestop.ui.timeline import TimelineBar, apart, ink_of
from onestop.ui.windows.main import MainWindow
from support.qt import PRACTICE, Stand, grow, press, said

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.desks import DeskRoom
    from support.screens import Stage

EXPIRY = dt.date(2026, 12, 20)


def crowded() -> Timeline:
    """Return six days in one week."""
    days = [EXPIRY - dt.timedelta(days=back) for back in range(5, -1, -1)]
    names = ("満了日の2か月前", "今日", "保適証の最終日", "最終の検査申請日", "満了日", "保険終了日")
    marks = tuple(Mark(*each) for each in zip(days, ((kind,) for kind in DayKind), ((n,) for n in names), strict=True))
    return Timeline(days[0], days[-1], (days[0], days[4]), days[1], marks)


@pytest.mark.parametrize("width", [1000, 1268, 1900])
@pytest.mark.parametrize("stretch", [1, 300], ids=["a week", "a year"])
def test_no_words_touch_each_other_or_the_edges(qtbot: QtBot, width: int, stretch: int) -> None:
    bar = TimelineBar("timeline", MAIN_DAYS[0])
    qtbot.addWidget(bar)
    week = crowded()
    bar.show_timeline(Timeline(week.first, week.last + dt.timedelta(days=stretch), week.window, week.today, week.marks))
    bar.resize(width, bar.height_needed())
    assert bar.fits(width)
    above, below = bar.places()
    assert len(above) + len(below) == len(DayKind)
    for row in (above, below):
        assert all(one.left + one.width < next_one.left for one, next_one in pairwise(row))
        assert row[0].left >= 0
        assert row[-1].left + row[-1].width <= width


def test_words_stand_over_their_days_where_there_is_room() -> None:
    assert apart([(100, 40), (300, 40)], 10, 400) == [80, 280]
    assert apart([(100, 40), (110, 40)], 10, 400) == [80, 130]
    assert apart([(390, 40), (395, 40)], 10, 400) == [310, 360]


def test_it_does_not_fit_where_its_words_would_be_cut(qtbot: QtBot) -> None:
    bar = TimelineBar("timeline", MAIN_DAYS[0])
    qtbot.addWidget(bar)
    assert not bar.fits(2000)
    assert bar.places() == []
    bar.show_timeline(crowded())
    assert not bar.fits(300)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_sign_has_a_colour_whose_contrast_is_tested(colours: Colours) -> None:
    assert {Pair(ink_of(kind, colours), colours.window) for kind in DayKind} <= {*colours.pairs()}


def test_the_main_window_shows_it_with_the_same_words_for_the_ear(room: DeskRoom, at_desk: Stage, stand: Stand) -> None:
    window = stand(MainWindow(MainScreen(at_desk.surroundings, room.a_car(expiry_date=EXPIRY))), PRACTICE)
    words = "満了日の2か月前 2026/10/20(35日前)、今日 2026/11/24、満了日 2026/12/20(あと26日)。"
    assert window.timeline.isVisible()
    assert window.timeline.accessibleName() == f"期日 (Alt+T): {words}"
    picture = window.timeline.grab().toImage()
    middle = picture.height() // 2
    drawn = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in (middle, middle - 2)}
    assert {LIGHT.problem, LIGHT.accent.paper, LIGHT.info.paper} <= drawn


def test_it_is_gone_in_a_small_window_with_large_text_and_comes_back(
    room: DeskRoom, at_desk: Stage, stand: Stand, theme: Theme, qtbot: QtBot
) -> None:
    window = stand(MainWindow(MainScreen(at_desk.surroundings, room.a_car(expiry_date=EXPIRY))), PRACTICE)
    grow(theme, 200)
    window.resize(QSize(1024, 700))
    qtbot.waitUntil(lambda: not window.timeline.isVisible())
    press(window.focusWidget(), Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert said(window).startswith("満了日の2か月前 2026/10/20")
    theme.usual()
    window.resize(QSize(1280, 720))
    qtbot.waitUntil(window.timeline.isVisible)


def test_it_is_gone_where_there_is_nothing_to_draw(room: DeskRoom, at_desk: Stage, stand: Stand) -> None:
    window = stand(MainWindow(MainScreen(at_desk.surroundings, room.a_car(expiry_date=None))), PRACTICE)
    QApplication.processEvents()
    assert not window.timeline.isVisible()
