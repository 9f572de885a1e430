"""Rows, columns and titled groups of widgets, and the page that scrolls up and down with the focus.

Columns that stand beside each other stand below each other where the text is too large for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from onestop.ui.soon import Soon

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

Part = QWidget | QLayout


def row(*parts: Part | tuple[Part, int]) -> QHBoxLayout:
    """Put parts side by side, each with its share of the width (0: as wide as it needs to be)."""
    line = QHBoxLayout()
    _add(line, parts)
    return line


def column(*parts: Part | tuple[Part, int]) -> QVBoxLayout:
    """Put parts below each other, each with its share of the height (0: as high as it needs to be)."""
    pile = QVBoxLayout()
    _add(pile, parts)
    return pile


def group(title: str, content: QLayout) -> QGroupBox:
    """Put a frame with a title around a layout."""
    box = QGroupBox(title)
    content.setContentsMargins(6, 2, 6, 4)
    box.setLayout(content)
    return box


class Columns(QBoxLayout):
    """Columns across a whole page: beside each other while each has the width it needs, below each other otherwise."""

    def __init__(self, *parts: tuple[Part, int]) -> None:
        """`parts` are columns with their shares of the width."""
        super().__init__(QBoxLayout.Direction.LeftToRight)
        _add(self, parts)

    def arrange(self, room: int) -> None:
        """Choose what fits into this width in pixels."""
        items = filter(None, map(self.itemAt, range(self.count())))
        widths = [item.minimumSize().width() for item in items]
        fits = sum(widths) + self.spacing() * (len(widths) - 1) <= room
        self.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)


class ScrolledPage(QScrollArea):
    """Scrolls up and down, never sideways, and is no stop for Tab; what gets the focus by keys comes into sight."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        self._inner = QWidget()
        content.setContentsMargins(0, 0, 0, 0)
        self._inner.setLayout(content)
        self._columns = self._inner.findChildren(Columns)
        self._settled = Soon(self, self._keep_focus_in_sight)
        self.setWidget(self._inner)  # and watches it: see eventFilter
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr] # there is one

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the columns anew."""
        self._arrange()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrange the columns anew when they need another width, as in another text size; then find the focus again."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        elif watched is self._inner and event.type() == QEvent.Type.Resize:
            self._settled.start()  # when everything stands in its new place
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Reckon with the scroll bar even where there is none: it must not come and go with the arrangement."""
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        for columns in self._columns:
            columns.arrange(room)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """A page that moved under the mouse would take a button away from a click."""
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is not None and self._inner.isAncestorOf(new) and not by_mouse:
            self.ensureWidgetVisible(new)

    def _keep_focus_in_sight(self) -> None:
        self._follow(None, self.window().focusWidget())


def scrolling(content: QLayout) -> ScrolledPage:
    """Return a page with this on it."""
    return ScrolledPage(content)


def _add(line: QBoxLayout, parts: tuple[Part | tuple[Part, int], ...]) -> None:
    for part in parts:
        what, share = part if isinstance(part, tuple) else (part, 0)
        if isinstance(what, QLayout):
            line.addLayout(what, share)
        else:
            line.addWidget(what, share)
