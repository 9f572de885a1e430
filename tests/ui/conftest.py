"""Fixtures for tests of windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.paths import RESOURCES
from onestop.ui.background import QtBackground
from onestop.ui.theme import Theme, load_fonts
from support.qt import REAL, SampleScreen, SampleWindow
from support.screens import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:  # noqa: ARG001 - fonts need an application
    load_fonts(RESOURCES / "fonts")


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
def window(qtbot: QtBot, stage: Stage, theme: Theme) -> SampleWindow:
    """Return a sample window that stands on the glass and is active."""
    made = SampleWindow(SampleScreen(stage.surroundings))
    made.furnish(theme, REAL)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made).__exit__(None, None, None)
    return made
