"""An input method that takes a scanner's signs is noticed, and nothing of them is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from onestop.ui.keys.composed_scans import CHANGES, LAGS, ComposedScans
from support.clock import FixedClock
from support.qt import compose, confirm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.qt import SampleWindow


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def watched(window: SampleWindow, clock: FixedClock, lost: list[str]) -> Iterator[ComposedScans]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = ComposedScans(app, clock, lambda: lost.append("lost"))
    app.focusObjectChanged.emit(window.owner_name.input)
    window.owner_name.setFocus()
    yield made
    made.stop()


def type_composed(window: SampleWindow, clock: FixedClock, pause: float, signs: int = CHANGES + 2) -> None:
    for count in range(1, signs + 1):
        compose(window.owner_name.input, "あ" * count)
        clock.advance(seconds=pause)


@pytest.mark.usefixtures("watched")
def test_what_is_composed_so_fast_is_a_scan(window: SampleWindow, clock: FixedClock, lost: list[str]) -> None:
    type_composed(window, clock, 0.01)
    assert lost == ["lost"]
    assert window.owner_name.value() == ""


@pytest.mark.usefixtures("watched")
def test_what_still_comes_of_a_lost_scan_is_not_written_into_the_field_that_is_left(
    window: SampleWindow, clock: FixedClock, lost: list[str]
) -> None:
    confirm(window.owner_name.input, "見本")
    type_composed(window, clock, 0.01, signs=3 * CHANGES)
    clock.advance(seconds=LAGS - 0.1)
    confirm(window.owner_name.input, "あ" * 40)
    assert lost == ["lost"]
    assert window.owner_name.value() == "見本"
    assert not window.owner_name.composing


@pytest.mark.usefixtures("watched")
def test_where_the_field_is_not_left_a_hand_writes_on_after_a_while(window: SampleWindow, clock: FixedClock) -> None:
    type_composed(window, clock, 0.01)
    clock.advance(seconds=LAGS)
    confirm(window.owner_name.input, "太郎")
    assert window.owner_name.value() == "太郎"


@pytest.mark.usefixtures("watched")
def test_what_a_hand_composes_is_none(window: SampleWindow, clock: FixedClock, lost: list[str]) -> None:
    type_composed(window, clock, 0.08)
    confirm(window.owner_name.input, "見本")
    type_composed(window, clock, 0.01, signs=CHANGES - 1)
    confirm(window.owner_name.input, "太郎")
    assert lost == []
    assert window.owner_name.value() == "見本太郎"


@pytest.mark.usefixtures("watched")
def test_another_field_is_another_composition(window: SampleWindow, clock: FixedClock, lost: list[str]) -> None:
    type_composed(window, clock, 0.01, signs=CHANGES - 1)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusObjectChanged.emit(None)
    app.focusObjectChanged.emit(window.owner_name.input)
    type_composed(window, clock, 0.01, signs=CHANGES - 1)
    assert lost == []
