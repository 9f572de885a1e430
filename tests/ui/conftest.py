"""Fixtures for tests of windows."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partialmethod
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from onestop.paths import RESOURCES
from onestop.ui.background import QtBackground
from onestop.ui.desk_window import DeskWindow
from onestop.ui.theme import Theme, load_fonts
from support.clock import FixedClock
from support.desks import DeskRoom, a_desk, put_draft
from support.qt import REAL, SampleScreen, SampleWindow, Stand, WindowT, read, wait_active
from support.screens import Stage
from support.tables import window_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from onestop.screens.desk.standing import Standing


PATIENCE = 30_000
"""Milliseconds."""


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:  # noqa: ARG001 - fonts need an application
    load_fonts(RESOURCES / "fonts")


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """Wait longer than pytest-qt's 5 seconds before something is called wrong: other workers need the machine, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QtBot, "waitUntil", partialmethod(QtBot.waitUntil, timeout=PATIENCE))
        yield


@pytest.fixture
def background(qapp: QApplication) -> Iterator[QtBackground]:  # noqa: ARG001 - events need an application
    made = QtBackground()
    yield made
    assert made.wait_until_idle(10)
    assert not made._callbacks
    assert not made._timers
    made.deleteLater()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp)
    yield made
    made.usual()
    made.deleteLater()


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    """Return a real desk with nothing on it; tests that need more make their own."""
    with a_desk(tmp_path) as made:
        yield made


@pytest.fixture
def at_desk(room: DeskRoom) -> Stage:
    """Return a stage whose screens work at that desk, on its clock."""
    assert isinstance(room.clock, FixedClock)
    return Stage(desk=lambda: room.desk, clock=room.clock)


@pytest.fixture
def on_glass(qtbot: QtBot) -> Iterator[Callable[[QWidget], None]]:
    """Show a window, make it active and read it; unlike qtbot.addWidget, allow that it closes and deletes itself."""
    shown: list[QWidget] = []

    def show(widget: QWidget) -> None:
        shown.append(widget)
        widget.show()
        wait_active(qtbot, widget)
        if isinstance(widget, DeskWindow) and isinstance(widget.screen_shown.clock, FixedClock):
            read(qtbot, widget)

    yield show
    for widget in shown:
        if isValid(widget):
            widget.deleteLater()


@pytest.fixture
def stand(on_glass: Callable[[QWidget], None], theme: Theme) -> Stand:
    def furnished(window: WindowT, standing: Standing = REAL) -> WindowT:
        window.furnish(theme, standing)
        on_glass(window)
        return window

    return furnished


@pytest.fixture
def window(stand: Stand, stage: Stage) -> SampleWindow:
    """Return a sample window that stands on the glass and is active."""
    return stand(SampleWindow(SampleScreen(stage.surroundings)))


@pytest.fixture
def open_place(
    on_glass: Callable[[QWidget], None], theme: Theme, tmp_path: Path
) -> Iterator[Callable[[str], DeskWindow[Any]]]:
    """Return what opens the window of a table of keys, each at a desk of its own with a car and a draft."""
    from support.places import MAKERS, go_to  # noqa: PLC0415 - it imports every window

    numbers = count()
    with ExitStack() as stack:

        def show(table: str) -> DeskWindow[Any]:
            folder = tmp_path / f"desk{next(numbers)}"
            folder.mkdir()
            put_draft(folder)
            room = stack.enter_context(a_desk(folder))
            made = MAKERS[window_of(table)](Stage(desk=lambda: room.desk).surroundings, folder)
            made.furnish(theme, REAL)
            on_glass(made)
            go_to(made, table, None)
            return made

        yield show
