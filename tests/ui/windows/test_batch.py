"""Tests of 一括申請 on the glass, by keys alone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.function_key import SECONDS_TO_READ
from onestop.screens.live_task import JUST_ENDED
from onestop.screens.places import IssuePlace
from onestop.screens.screen import Surroundings
from onestop.ui.windows.batch import BatchWindow
from onestop_sandbox import Kind, Trouble
from support.desks import DeskRoom, a_desk, a_sandbox
from support.qt import REAL, press, press_at_system, said
from support.screens import RecordingNavigator, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.ui.background import QtBackground
    from onestop.ui.theme import Theme

Key = Qt.Key


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        made.drafts(3)
        made.a_draft(chassis_number="ABC123", user_address1="")
        yield made


@pytest.fixture
def navigator() -> RecordingNavigator:
    return RecordingNavigator()


@pytest.fixture
def batch(  # noqa: PLR0913, PLR0917 - everything the window needs is a fixture
    on_glass: Callable[[QWidget], None],
    background: QtBackground,
    qtbot: QtBot,
    room: DeskRoom,
    navigator: RecordingNavigator,
    theme: Theme,
) -> Iterator[BatchWindow]:
    """Return the window with the real background: results come from several threads."""
    around = Surroundings(background.for_window(), navigator, lambda: room.desk, Stage().clock, Stage().search)
    made = BatchWindow(BatchScreen(around, (1, 2, 3, 4)))
    made.furnish(theme, REAL)
    on_glass(made)
    settle(qtbot, made, background)
    yield made
    assert background.wait_until_idle(10)
    made.dismiss()


def settle(qtbot: QtBot, window: BatchWindow, background: QtBackground) -> None:
    qtbot.waitUntil(lambda: window.screen_shown.busy is None and not background.busy)


def states(window: BatchWindow) -> list[str]:
    model = window.rows.model()
    return [str(model.index(row, 4).data()) for row in range(model.rowCount())]


def test_the_review_stands_before_anything_is_sent(batch: BatchWindow, room: DeskRoom) -> None:
    assert batch.windowTitle() == "一括申請"
    assert batch.rows.hasFocus()
    assert batch.ticked.value() == "3件 / 4件"
    assert batch.blocked.value() == "1件"
    assert batch.money.value().startswith("¥")
    assert batch.target.value() == "代理人拠点 D0000123(http://127.0.0.1)"
    assert batch.order.text() == "F5 を押すと、チェックした 3件 を AINAS に申請します。"
    press(batch.rows, Key.Key_End)
    assert "使用者住所1" in batch.reason.value()
    assert room.sandbox.requests["ainas.submitFiling"] == 0


def test_space_unticks_f5_sends_and_the_results_stay(
    batch: BatchWindow, room: DeskRoom, qtbot: QtBot, background: QtBackground
) -> None:
    press(batch.rows, Key.Key_Space)
    press(batch.rows, Key.Key_F5)
    press(batch.rows, Key.Key_F5)
    settle(qtbot, batch, background)
    assert states(batch) == ["–", "発行済", "発行済", "–"]
    assert [room.times_filed(number) for number in (1, 2, 3, 4)] == [0, 1, 1, 0]
    assert batch.isVisible()


def test_enter_opens_the_row_to_put_it_right(batch: BatchWindow, navigator: RecordingNavigator) -> None:
    press(batch.rows, Key.Key_End)
    press(batch.rows, Key.Key_Return)
    assert navigator.went == [IssuePlace(None, 4)]


def test_a_failed_row_sounds_once_and_is_sent_again(
    batch: BatchWindow, room: DeskRoom, qtbot: QtBot, background: QtBackground, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[None] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(None))
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation="submitFiling", status=422, times=1))
    press(batch.rows, Key.Key_F5)
    settle(qtbot, batch, background)
    assert len(beeps) == 1
    assert sorted(states(batch)[:3]) == ["受付不可", "発行済", "発行済"]
    press(batch.rows, Key.Key_F5)
    settle(qtbot, batch, background)
    assert states(batch)[:3] == ["発行済"] * 3


def test_esc_stops_while_sending_and_the_window_stays(
    on_glass: Callable[[QWidget], None], background: QtBackground, qtbot: QtBot, tmp_path: Path, theme: Theme
) -> None:
    go = threading.Event()
    stage = Stage()
    sandbox = a_sandbox(stage.clock, sleep=lambda _seconds: go.wait(10))
    with a_desk(tmp_path, sandbox=sandbox, clock=stage.clock) as room:
        numbers = tuple(room.drafts(12))
        sandbox.troubles.add(Trouble(Kind.DELAY, operation="submitFiling", seconds=1, times=None))
        around = Surroundings(
            background.for_window(), RecordingNavigator(), lambda: room.desk, stage.clock, stage.search
        )
        made = BatchWindow(BatchScreen(around, numbers))
        made.furnish(theme, REAL)
        on_glass(made)
        qtbot.waitUntil(lambda: made.ticked.value() == "12件 / 12件")
        press(made.rows, Key.Key_F5)
        assert made.progress.isVisible()
        assert made.progress.words.text().startswith("0 / 12 件")
        qtbot.waitUntil(lambda: sandbox.requests["ainas.submitFiling"] == 4)
        press(made.rows, Key.Key_Escape)
        assert made.isVisible()
        go.set()
        settle(qtbot, made, background)
        assert sorted(states(made)) == ["未送信"] * 8 + ["発行済"] * 4
        assert sum(room.times_filed(number) for number in numbers) == 4
        assert made.isVisible()
        assert not made.progress.isVisible()
        told = said(made)
        press(made.rows, Key.Key_Escape)  # a second one for 中止, which came when all had ended
        assert made.isVisible()
        assert said(made) == f"{JUST_ENDED} {told}"
        press_at_system(made, Key.Key_Down)
        assert said(made) == told
        stage.clock.wait(SECONDS_TO_READ)
        press(made.rows, Key.Key_Escape)
        assert not made.isVisible()
    sandbox.close()
