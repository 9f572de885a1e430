"""A window that was moved and made another size stands so the next time, and after the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glass.desk import a_desk
from glass.processes import until

if TYPE_CHECKING:
    from glass.conftest import Open
    from glass.desk import Desk
    from glass.display import Box, Display

CAR = ("F4",)
CLOSE = ("F12",)


def test_a_window_stands_where_it_was_put(open_desk: Open) -> None:
    desk = open_desk("1920x1080")
    glass = desk.glass
    desk.go(CAR, "車両")
    put = put_elsewhere(glass)
    desk.go(CLOSE, "照会")
    assert glass.frame() != put
    desk.go(CAR, "車両")
    assert glass.frame() == put
    desk.go(CLOSE, "照会")
    first = put_elsewhere(glass)
    end(desk)
    with a_desk(glass, desk.folder, 100) as again:
        until("照会 where it was", lambda: glass.frame() == first)
        again.go(CAR, "車両")
        assert glass.frame() == put


def end(desk: Desk) -> None:
    """End the program, whether it asks or not."""
    desk.glass.press(*CLOSE)
    desk.rest()
    if desk.glass.title():
        desk.glass.press("Tab", "Enter")
    until("the end", lambda: not desk.glass.title())


def put_elsewhere(glass: Display) -> Box:
    """Move the active window and make it smaller, as a mouse would; return where it stands then."""
    before = glass.frame()
    glass.ask("xdotool", "getactivewindow", "windowsize", "--sync", "1100", "700", "windowmove", "300", "120")
    until("another place", lambda: glass.frame().left != before.left and glass.frame().right != before.right)
    return glass.frame()
