"""The forms in the largest text on the smallest screen: all of it scrolls up and down, none of it sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.ledger.paper_screen import PaperScreen
from onestop.screens.settings.screen import SettingsScreen
from onestop.screens.vehicle.screen import VehicleScreen
from onestop.ui.windows.conformity import ConformityWindow
from onestop.ui.windows.insurance import InsuranceWindow
from onestop.ui.windows.issue import IssueWindow
from onestop.ui.windows.main import MainWindow
from onestop.ui.windows.paper import PaperWindow
from onestop.ui.windows.settings import SettingsWindow
from onestop.ui.windows.vehicle import VehicleWindow
from support.qt import PRACTICE, SMALLEST, grow, page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from onestop.screens.screen import Surroundings
    from onestop.ui.desk_window import DeskWindow
    from onestop.ui.theme import Theme
    from support.desks import DeskRoom
    from support.qt import Stand
    from support.screens import Stage

WINDOWS: dict[str, Callable[[Surroundings, int], DeskWindow[Any]]] = {
    "main": lambda around, car: MainWindow(MainScreen(around, car)),
    "issue": lambda around, car: IssueWindow(IssueScreen(around, car, None)),
    "insurance": lambda around, car: InsuranceWindow(InsuranceScreen(around, car)),
    "conformity": lambda around, car: ConformityWindow(ConformityScreen(around, car)),
    "settings": lambda around, _car: SettingsWindow(SettingsScreen(around)),
    "paper": lambda around, _car: PaperWindow(PaperScreen(around)),
    "vehicle": lambda around, car: VehicleWindow(VehicleScreen(around, car)),
}


@pytest.mark.parametrize("size", [SMALLEST, (1264, 640)], ids=str)
@pytest.mark.parametrize("name", WINDOWS)
def test_a_page_is_never_wider_than_its_window(  # noqa: PLR0913, PLR0917 - fixtures and two axes
    stand: Stand, at_desk: Stage, room: DeskRoom, theme: Theme, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    window = stand(WINDOWS[name](at_desk.surroundings, room.a_car()), PRACTICE)
    window.resize(*size)
    grow(theme, 200)
    page = page_of(window)
    inner = page.widget()
    assert inner is not None
    assert window.size().toTuple() == size
    qtbot.waitUntil(lambda: inner.minimumSizeHint().width() <= page.viewport().width())
    assert window.bar.geometry().bottom() < window.height()
    assert window.strip.geometry().top() >= 0
