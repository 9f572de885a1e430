"""Every window on screens as shops have them: its frame, title bar and all, stands beside the taskbar and no edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from glass.walk import ARRIVED, CLOSE, MAIN_WINDOWS, OTHER_WINDOWS
from onestop.paths import RESOURCES

if TYPE_CHECKING:
    from glass.conftest import Open
    from glass.desk import Desk
    from glass.walk import Step


ARRIVING: Final = RESOURCES / "practice" / "arrives"
SIZES: Final = ("1024x768", "1280x720", "1366x768", "1920x1080")


@pytest.mark.glance
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", ["1024x768", "1920x1080"])
def test_the_windows_of_each_day_stand_wholly_on_the_screen(open_desk: Open, size: str, percent: int) -> None:
    assert_all_fit(open_desk(size, percent), MAIN_WINDOWS)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", SIZES)
def test_every_window_stands_wholly_on_the_screen(open_desk: Open, size: str, percent: int, colours: str) -> None:
    desk = open_desk(size, percent, dark=colours == "dark", arrives=ARRIVING)
    assert_all_fit(desk, (*MAIN_WINDOWS, *OTHER_WINDOWS, *ARRIVED), f"{size}-{percent}-{colours}")


def assert_all_fit(desk: Desk, steps: tuple[Step, ...], pictures: str = "") -> None:
    """Go from window to window by keys, and name each that hangs over an edge or into the taskbar."""
    glass = desk.glass
    area, beside = glass.work_area(), {}
    for step in steps:
        desk.go(step.keys, step.title)
        frame = glass.frame()
        if not area.holds(frame):
            beside[step.title] = frame
        if pictures and step.keys != CLOSE:
            glass.picture(f"{step.title}-{pictures}")
    assert beside == {}, f"not within {area}"
