"""Rows, columns and titled groups of widgets, the body of a window, and the page that scrolls with the focus.

Rows, and columns of groups, stand below each other where the text is too large for beside each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGroupBox,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from onestop.ui.labels import SENTENCE, Data
from onestop.ui.soon import Soon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QResizeEvent

Part = QWidget | QLayout
Placed = Part | tuple[Part, int] | None
"""A part with its share of the room (0, or not said: as much as it needs), or None for a gap that grows."""
AROUND: Final = 50
"""Pixels of a page that are seen above and below what it was scrolled to."""


def row(*parts: Placed, spacing: int | None = None) -> Columns:
    """Put parts side by side."""
    laid = Columns()
    _add(laid, parts, spacing)
    return laid


def line(*parts: Placed, spacing: int = 10) -> Columns:
    """Put parts side by side on one base line."""
    laid = row(*parts, spacing=spacing)
    for item in _items(laid):
        item.setAlignment(Qt.AlignmentFlag.AlignBottom)
    return laid


def said(words: Data, *ways: QWidget) -> Columns:
    """Put a sentence beside buttons; where there is no room for a line of it, it stands above them."""
    words.wrap(SENTENCE)
    return row((words, 1), line(None, *ways, spacing=4))


def column(*parts: Placed, spacing: int | None = None) -> QVBoxLayout:
    """Put parts below each other."""
    pile = QVBoxLayout()
    _add(pile, parts, spacing)
    return pile


def group(title: str, content: QLayout, explained: str = "") -> QGroupBox:
    """Put a frame with a title around a layout; the title explains a mark of the fields, once in a window."""
    box = QGroupBox("  ".join(filter(None, (title, explained))))
    content.setContentsMargins(6, 2, 6, 4)
    box.setLayout(content)
    return box


class Columns(QBoxLayout):
    """Parts beside each other while each has the width it needs, below each other otherwise; a page arranges them."""

    def __init__(self) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)


def arrange(layout: QLayout, room: int) -> None:
    """Arrange all columns in a layout of this width, those that hold others first: where they fit, the others do."""
    if isinstance(layout, Columns):
        fits = _width(layout) <= room
        layout.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
    for item in _items(layout):
        inner = _inner(item)
        if inner is not None:
            arrange(inner, room - _around(item, inner))


def _width(layout: QLayout) -> int:
    """Return the width that a layout needs with all columns in it beside each other."""
    widths = [_width_of(item) for item in _items(layout) if not item.isEmpty()]
    margins = layout.contentsMargins()
    lies = isinstance(layout, QBoxLayout) and layout.direction() == QBoxLayout.Direction.LeftToRight
    if lies or isinstance(layout, Columns):
        inside = sum(widths) + layout.spacing() * (len(widths) - 1)
    else:
        inside = max(widths, default=0)
    return margins.left() + inside + margins.right()


def _width_of(item: QLayoutItem) -> int:
    inner = _inner(item)
    if inner is None or not _holds_columns(inner):
        return item.minimumSize().width()
    return _width(inner) + _around(item, inner)


def _holds_columns(layout: QLayout) -> bool:
    """Tell whether something in it may be arranged; a grid arranges itself."""
    if isinstance(layout, Columns):
        return True
    inner = map(_inner, _items(layout)) if isinstance(layout, QBoxLayout) else ()
    return any(each is not None and _holds_columns(each) for each in inner)


def _items(layout: QLayout) -> list[QLayoutItem]:
    return [item for place in range(layout.count()) if (item := layout.itemAt(place)) is not None]


def _inner(item: QLayoutItem) -> QLayout | None:
    widget = item.widget()
    return item.layout() if widget is None else widget.layout()


def _around(item: QLayoutItem, inner: QLayout) -> int:
    """Return the width of the frame of a widget around what is in it."""
    return 0 if item.widget() is None else max(item.minimumSize().width() - inner.minimumSize().width(), 0)


class Body(QFrame):
    """What stands between the strip and the keys of a window; its columns give way to large text, as a page's do."""

    def hold(self, *parts: Placed, spacing: int | None = None) -> None:
        """Fill it with parts below each other; called once."""
        pile = column(*parts, spacing=spacing)
        pile.setContentsMargins(0, 0, 0, 0)
        self.setLayout(pile)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the columns anew."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Arrange them anew when something in them needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        layout = self.layout()
        if layout is not None:
            arrange(layout, self.width())


class _Inner(QWidget):
    """What a page scrolls: as high as its words need in the width that it has, and not as in the least width."""

    def minimumSizeHint(self) -> QSize:
        """Reckon with the present width, where anything in it wraps."""
        hint, layout = super().minimumSizeHint(), self.layout()
        if layout is not None and layout.hasHeightForWidth():
            hint.setHeight(layout.minimumHeightForWidth(max(self.width(), hint.width())))
        return hint


class ScrolledPage(QScrollArea):
    """Scrolls up and down, never sideways, and is no stop for Tab; what gets the focus by keys comes into sight."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        self._inner = _Inner()
        content.setContentsMargins(0, 0, 0, 0)
        self._content = content
        self._inner.setLayout(content)
        self._settled = Soon(self, self._keep_focus_in_sight)
        self._begins: QWidget | None = None
        """What has the focus at first; while it keeps it and nobody scrolls, the page stands as near to its top as that
        allows."""
        self._begins_whole = False
        self.setWidget(self._inner)  # and watches it: see eventFilter
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().actionTriggered.connect(self._is_scrolled)
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

    def begin_at(self, widget: QWidget, *, whole: bool = False) -> None:
        """Give the focus to a part at first: whoever opens a window reads it from its top.

        `whole`: all of the part is to be seen, as of a list in which a row is chosen; otherwise its first lines do.
        """
        self._begins, self._begins_whole = widget, whole
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settled.start()

    def _arrange(self) -> None:
        """Reckon with the scroll bar even where there is none: it must not come and go with the arrangement."""
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        arrange(self._content, room)

    def _is_scrolled(self) -> None:
        self._begins = None

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._inner.isAncestorOf(new):
            return
        if new is not self._begins:
            self._begins = None
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return  # a page that moved under the mouse would take a button away from a click
        if self._begins is None:
            _scroll_to(self, new)
            return
        self.verticalScrollBar().setValue(0)  # not from where it stood while the window came about
        if not self._is_seen_from_top(new):
            _scroll_to(self, new, 0)

    def _is_seen_from_top(self, widget: QWidget) -> bool:
        top = widget.mapTo(self._inner, QPoint()).y()
        height = widget.height() if self._begins_whole else 2 * widget.fontMetrics().height()
        return top + height < self.viewport().height()

    def _keep_focus_in_sight(self) -> None:
        self._follow(None, self.window().focusWidget())


def _add(laid: QBoxLayout, parts: Iterable[Placed], spacing: int | None) -> None:
    for part in parts:
        what, share = part if isinstance(part, tuple) else (part, 0)
        if what is None:
            laid.addStretch(1)
        elif isinstance(what, QLayout):
            laid.addLayout(what, share)
        else:
            laid.addWidget(what, share)
    if spacing is not None:
        laid.setSpacing(spacing)


def ancestors(widget: QWidget | None) -> Iterator[QWidget]:
    """Yield a widget, what it stands in, and so on."""
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def bring_into_sight(widget: QWidget) -> None:
    """Scroll whatever it stands in until it is seen."""
    for ancestor in ancestors(widget):
        if isinstance(ancestor, QScrollArea):
            _scroll_to(ancestor, widget)


def _scroll_to(area: QScrollArea, widget: QWidget, around: int = AROUND) -> None:
    """Scroll to a widget: to all of it with some pixels around it where there is room, or else where Qt's cursor is.

    What is seen whole stays where it is: a click that brings the window to the front is still to hit what it aims at.
    """
    inner, room = area.widget(), area.viewport().height() - widget.height()
    if inner is None or room < 0:
        area.ensureWidgetVisible(widget)
        return
    across, top, around = area.horizontalScrollBar().value(), widget.mapTo(inner, QPoint()).y(), min(around, room // 2)
    if not 0 <= top - area.verticalScrollBar().value() <= room:
        area.ensureVisible(across, top + widget.height(), 0, around)
        area.ensureVisible(across, top, 0, around)
