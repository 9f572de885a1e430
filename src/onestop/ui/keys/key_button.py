"""The button of one key: the key small above its meaning. For the function bar and for panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from onestop.ui.colours import colours_of
from onestop.ui.labels import plain_tip

if TYPE_CHECKING:
    from onestop.screens.function_key import Can

CENTRED = int(Qt.AlignmentFlag.AlignCenter)
AIR = 6
SIDE = 2
"""Pixels that a slot of the bar keeps free beside its words."""
CAP = 9 / 11
"""The key is written as small as a caption, its meaning as large as data."""
SMALLEST = 8.0
"""Points: a meaning that has little room is written no smaller, and its slot needs as much."""
UNBROKEN = 3 / 4
"""Of the text size: so small a meaning may be before it is broken in two."""
LINES = 1.7
"""Of the height of a line: room for a meaning on one, or on two smaller ones, so that every bar is as high."""
NOT_FIRST = "ーッャュョァィゥェォ・、。)"
"""Characters that no line begins with."""


def in_two(label: str) -> tuple[str, str]:
    """Break a label as near its middle as Japanese allows."""
    middle = len(label) / 2
    places = [place for place in range(1, len(label)) if label[place] not in NOT_FIRST and label[place - 1] != "ッ"]
    place = min(places, key=lambda each: (abs(each - middle), -each), default=len(label))
    return label[:place], label[place:]


class KeyButton(QAbstractButton):
    """Works by mouse without taking the focus; only the main key of a window can be focused.

    A key that does not work now is dim, and still answers why when it is pressed.
    """

    def __init__(self, key: str, label: str, parent: QWidget | None = None, *, inline: bool = False) -> None:
        """`inline` puts the key before its meaning instead of above it."""
        super().__init__(parent)
        self.key = key
        self.label = label
        self.lit = False
        """Whether the key works from where the focus is; a panel lights its digits up."""
        self._inline = inline
        self.allowed = True
        """Whether the key works now."""
        self.setText(label)
        self.setObjectName(f"key_{key}")
        self.setAccessibleName(f"{key} {label}" if label else f"{key} 割り当てなし")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEnabled(bool(label))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_label(self, label: str) -> None:
        """Show what the key means now."""
        if label != self.label:
            self.label = label
            self.setText(label)
            self.setAccessibleName(f"{self.key} {label}")
            self.updateGeometry()

    def show_verdict(self, can: Can) -> None:
        """Show whether the key works now, and why not."""
        if (can.allowed, can.why_not) != (self.allowed, self.accessibleDescription()):
            self.allowed = can.allowed
            self.setToolTip(plain_tip(can.why_not))
            self.setAccessibleDescription(can.why_not)
            self.update()

    def light(self, lit: bool) -> None:  # noqa: FBT001 - Qt's setters look like this
        """Light the key up, or not."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    # --- sizes

    def sizeHint(self) -> QSize:
        """Return room for the whole label beside its key, or for a slot of the bar at the least."""
        metrics = self.fontMetrics()
        if self._inline:
            return QSize(
                self._cap_width() + metrics.horizontalAdvance(self.label) + 4 * AIR, metrics.height() + 2 * AIR
            )
        small = QFontMetrics(self._sized(min(1.0, SMALLEST / self.font().pointSizeF())))
        width = max(small.horizontalAdvance(half) for half in in_two(self.label))
        height = self._cap_metrics().height() + round(metrics.height() * LINES)
        return QSize(max(width + 2 * SIDE, self._cap_width()), height + AIR)

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def _cap_width(self) -> int:
        return self._cap_metrics().horizontalAdvance(self.key) + 2 * AIR

    def _cap_metrics(self) -> QFontMetrics:
        return QFontMetrics(self._cap_font())

    def _cap_font(self) -> QFont:
        return self._sized(CAP)

    def _sized(self, share: float) -> QFont:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * share)
        return font

    # --- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button; an empty slot is only its key, dim."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.label:
            painter.setPen(QColor(colours.disabled))
            painter.setFont(self._cap_font())
            painter.drawText(self.rect(), CENTRED, self.key)
            return
        self._paint_body(painter)
        ink = QColor(colours.text if self.allowed else colours.disabled)
        cap, words = self._areas()
        self._paint_cap(painter, cap, ink)
        painter.setPen(ink)
        lines, share = self._fitted(words)
        painter.setFont(self._sized(share))
        painter.drawText(words, CENTRED, "\n".join(lines))

    def _fitted(self, room: QRectF) -> tuple[tuple[str, ...], float]:
        """Return the label in one line or in two, and the share of the text size at which it fits into its room."""
        metrics = self.fontMetrics()
        whole = metrics.horizontalAdvance(self.label)
        if self._inline or whole * UNBROKEN <= room.width():
            return (self.label,), min(1.0, room.width() / max(whole, 1))
        halves = in_two(self.label)
        longest = max(metrics.horizontalAdvance(half) for half in halves)
        return halves, min(1.0, room.width() / longest, room.height() / (len(halves) * metrics.height()))

    def _areas(self) -> tuple[QRectF, QRectF]:
        if self._inline:
            whole = QRectF(self.rect()).adjusted(AIR, AIR / 2, -AIR, -AIR / 2)
            cap = QRectF(whole.x(), whole.y() + AIR / 2, self._cap_width(), whole.height() - AIR)
            return cap, whole.adjusted(self._cap_width() + AIR, 0, 0, 0)
        whole = QRectF(self.rect()).adjusted(SIDE, AIR / 2, -SIDE, -AIR / 2)
        cap = QRectF(
            whole.center().x() - self._cap_width() / 2, whole.y(), self._cap_width(), self._cap_metrics().height()
        )
        return cap, whole.adjusted(0, cap.height(), 0, 0)

    def _paint_body(self, painter: QPainter) -> None:
        colours = colours_of(self.palette())
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(colours.accent.paper if focused else colours.line), 3 if focused else 1))
        pressed = self.isDown() or not self.allowed
        painter.setBrush(QColor(colours.window if pressed else colours.button))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_cap(self, painter: QPainter, cap: QRectF, ink: QColor) -> None:
        colours = colours_of(self.palette())
        shines = self.lit and self.allowed
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent.paper) if shines else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(QColor(colours.accent.ink) if shines else ink)
        painter.setFont(self._cap_font())
        painter.drawText(cap, CENTRED, self.key)
