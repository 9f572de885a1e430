"""What 照会 says of the watched folder, and the way from there to 取込."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop.screens.places import ImportPlace
from onestop.screens.vehicle.arrived_files import GONE, NOTHING_WAITS, WAITS, ArrivedFiles
from onestop.screens.vehicle.lookup_keys import LOOKUP_BUTTONS
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.services.vehicle.arriving import Arrivals, ArrivedFile

if TYPE_CHECKING:
    from support.screens import Stage

TWO = Arrivals((ArrivedFile(Path("1.json"), "a1"), ArrivedFile(Path("2.xml"), "b2")))


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (None, ""),
        (Arrivals(), ""),
        (Arrivals(is_gone=True), GONE),
        (TWO, "届いた車検証: 2件。Alt+N で内容を確かめて取り込みます。"),
        (Arrivals(unreadable=("x.csv",)), "車検証閲覧アプリのものではないファイル: x.csv"),
        (
            Arrivals(TWO.files, ("a" * 40, "b", "c", "d")),
            f"{WAITS.format(count=2)}  車検証閲覧アプリのものではないファイル: {'a' * 30}…、b、ほか2件",
        ),
    ],
)
def test_what_waits_is_said_in_one_line(found: Arrivals | None, text: str) -> None:
    assert ArrivedFiles(found).text == text


def test_one_key_goes_to_all_that_wait(stage: Stage) -> None:
    screen = stage.open(LookupScreen(stage.surroundings))
    assert str(stage.press(LOOKUP_BUTTONS, "Alt+N", screen)).endswith(NOTHING_WAITS)
    screen.show_arrived(Arrivals(is_gone=True))
    assert str(stage.press(LOOKUP_BUTTONS, "Alt+N", screen)).endswith(GONE)
    screen.show_arrived(TWO)
    assert stage.press(LOOKUP_BUTTONS, "Alt+N", screen) is None
    assert stage.navigator.went == [ImportPlace((Path("1.json"), Path("2.xml")))]


def test_the_same_again_moves_nothing_on_the_glass(stage: Stage) -> None:
    screen = stage.open(LookupScreen(stage.surroundings))
    screen.show_arrived(TWO)
    refreshes = stage.view.refreshes
    screen.show_arrived(Arrivals(TWO.files))
    assert stage.view.refreshes == refreshes
