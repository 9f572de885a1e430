"""Tests of the progress of long work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.ui.rows.progress_row import ProgressRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "120 / 1,500 件"),
        (0.2, "120 / 1,500 件 残り約1秒"),
        (42, "120 / 1,500 件 残り約42秒"),
        (200, "120 / 1,500 件 残り約3分"),
    ],
)
def test_counts_and_time_left(qtbot: QtBot, seconds: float | None, words: str) -> None:
    row = ProgressRow()
    qtbot.addWidget(row)
    row.show_progress(120, 1500, seconds)
    assert row.words.text() == words
    assert (row.bar.value(), row.bar.maximum()) == (120, 1500)
    assert row.isVisible()
    row.show_progress(0, 0)
    assert not row.isVisible()


def test_it_can_be_stopped_while_that_makes_sense(qtbot: QtBot) -> None:
    row = ProgressRow()
    qtbot.addWidget(row)
    stops: list[None] = []
    row.stop_wanted.connect(lambda: stops.append(None))
    row.show_progress(1, 2, can_stop=False)
    row.stop.click()
    row.show_progress(1, 2)
    row.stop.click()
    assert len(stops) == 1
