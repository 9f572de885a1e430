"""A drawing below a page: it takes room that nothing else needs, and is gone where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QVBoxLayout, QWidget

from onestop.ui.keys.listening import listen
from onestop.ui.labels import FocusData

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from onestop.screens.function_key import FunctionKey

ROWS = 8
"""So many rows of a table are worth more than a drawing."""


class Drawing(FocusData):
    """A label that draws what its words say; who cannot see it has the words."""

    drawn = Signal()
    """It shows something else now."""

    def __init__(self, name: str, row: FunctionKey[Any]) -> None:
        """`name` is the English object name, `row` the key that says it in words."""
        super().__init__()
        self.setObjectName(name)
        self.row = row

    def listen_in(self, window: QWidget, press: Callable[[FunctionKey[Any]], None]) -> None:
        """Let its key work everywhere in this window, also where there is no room for the drawing."""

        def come() -> None:
            if self.isVisible() and self.focusPolicy() != Qt.FocusPolicy.NoFocus:
                self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            press(self.row)

        listen(window, (self.row.key,), come, self.row.label)

    @property
    def em(self) -> int:
        """The height of a line of text, in pixels."""
        return self.fontMetrics().height()

    def fits(self, width: int) -> bool:
        """Tell whether there is something to draw, and all of it has room in this width."""
        raise NotImplementedError

    def height_needed(self) -> int:
        """Return the height in pixels."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Be as high as needed, and as wide as there is room."""
        return QSize(0, self.height_needed())

    def minimumSizeHint(self) -> QSize:
        """Be never cut."""
        return self.sizeHint()


class SpareRoom(QWidget):
    """Shows a page, and the drawing below it where the page has room to spare."""

    def __init__(self, page: QAbstractScrollArea, drawing: Drawing) -> None:
        super().__init__()
        self._page = page
        self._drawing = drawing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page, 1)
        column.addWidget(drawing)
        drawing.hide()
        drawing.drawn.connect(self._look)
        inner = page.widget() if isinstance(page, QScrollArea) else None
        (inner or page).installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again."""
        super().resizeEvent(event)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the page needs another height, as in another text size."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        room = self.height() - self._drawing.height_needed() - self.layout().spacing()  # type: ignore[union-attr] # there is one
        shown = self._needed() <= room and self._drawing.fits(self.width())
        if shown == self._drawing.isHidden():
            self._drawing.setVisible(shown)

    def _needed(self) -> int:
        inner = self._page.widget() if isinstance(self._page, QScrollArea) else None
        if inner is None:
            return (self._page.fontMetrics().height() + 8) * (ROWS + 1)
        return max(inner.minimumSizeHint().height(), inner.heightForWidth(self._page.viewport().width()))
