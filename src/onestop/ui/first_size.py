"""How large a window is at first: as large as the work area lets it be, its function bar above the taskbar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Size = tuple[int, int]
"""Width and height in pixels of the screen's scale."""

SIZE: Final = (1280, 720)
"""Of a window that is drawn offscreen, for a picture."""
LARGEST: Final = (1920, 1080)
"""Of a window at first: on a larger screen a line would be too long for the eye to find its beginning again."""
SMALLEST: Final = (960, 540)
"""Given, because Qt would reckon it from wrapped text at its narrowest, and make windows higher than the screen."""
FRAME: Final = (16, 40)
"""What borders and a title bar take beside a window."""


def size_within(area: Size) -> Size:
    """Return the first size of a window in a work area."""
    return min(LARGEST[0], area[0] - FRAME[0]), min(LARGEST[1], area[1] - FRAME[1])


def first_size(window: QWidget) -> Size:
    """Return the first size of a window on its screen. Offscreen there is no work area, only a picture to take."""
    if QGuiApplication.platformName() == "offscreen":
        return SIZE
    return size_within(window.screen().availableSize().toTuple())


def fit(window: QWidget) -> None:
    """Give a window its first size and place, and the smallest size it may have."""
    width, height = first_size(window)
    window.setMinimumSize(min(SMALLEST[0], width), min(SMALLEST[1], height))
    place(window)


def place(window: QWidget) -> None:
    """Put a window into the middle of the work area: else Windows lets it hang over the edge.

    Qt would put a dialog over the window before, and its title bar above the screen: it does not know yet how high
    that is.
    """
    width, height = first_size(window)
    window.resize(width, height)
    area = window.screen().availableGeometry()
    left, top = area.width() - width - FRAME[0], area.height() - height - FRAME[1]
    window.move(area.x() + max(left, 0) // 2, area.y() + max(top, 0) // 2)
