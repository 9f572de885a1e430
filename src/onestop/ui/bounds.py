"""Where a window stands, and how another one like it comes to stand there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication

from onestop.services.settings.window_bounds import WindowBounds
from onestop.ui.first_size import FRAME
from onestop.ui.rows.view import RowsView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def stand(window: QWidget, bounds: WindowBounds) -> None:
    """Put a window where one like it stood; where a screen has gone meanwhile it stays where it would be at first."""
    room = QRect(bounds.left, bounds.top, bounds.width + FRAME[0], bounds.height + FRAME[1])
    if any(screen.availableGeometry().contains(room) for screen in QGuiApplication.screens()):
        window.resize(bounds.width, bounds.height)
        window.move(bounds.left, bounds.top)
    if bounds.maximised:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    for table in window.findChildren(RowsView):
        if table.objectName() in bounds.columns:
            table.choose_widths(bounds.columns[table.objectName()])


def bounds_of(window: QWidget) -> WindowBounds:
    """Return where a window stands; of a maximised one, where it will stand when it isn't."""
    maximised = window.isMaximized()
    inner = window.normalGeometry() if maximised else window.geometry()
    edge = window.frameGeometry().topLeft() - window.geometry().topLeft()
    corner = inner.topLeft() + (QPoint() if maximised else edge)
    columns = {each.objectName(): each.chosen.widths for each in window.findChildren(RowsView) if each.chosen.widths}
    return WindowBounds(corner.x(), corner.y(), inner.width(), inner.height(), maximised, columns)
