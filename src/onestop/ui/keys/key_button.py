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

WRAP = Qt.TextFlag.TextWrapAnywhere
CENTRED = int(Qt.AlignmentFlag.AlignCenter)
AIR = 6
CAP = 9 / 11
"""The key is written as small as a caption, its meaning as large as data."""


LONGEST_LINE = 6
"""Characters that a slot takes on one line at the largest text."""
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
        self._allowed = True
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
        self._allowed = bool(can)
        self.setToolTip(plain_tip(can.why_not))
        self.setAccessibleDescription(can.why_not)
        self.update()

    @property
    def allowed(self) -> bool:
        """Whether the key works now."""
        return self._allowed

    def light(self, lit: bool) -> None:  # noqa: FBT001 - Qt's setters look like this
        """Light the key up, or not."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    # --- sizes

    def sizeHint(self) -> QSize:
        """Return room for the label on one line, or on two when it is long."""
        metrics = self.fontMetrics()
        if not self.label:
            return QSize(self._cap_width() - AIR, 0)
        if self._inline:
            return QSize(
                self._cap_width() + metrics.horizontalAdvance(self.label) + 4 * AIR, metrics.height() + 2 * AIR
            )
        lines = 2 if len(self.label) > LONGEST_LINE else 1
        halves = in_two(self.label) if lines > 1 else (self.label,)
        width = max(metrics.horizontalAdvance(each) for each in halves)
        height = self._cap_metrics().height() + metrics.height() * lines
        return QSize(max(width, self._cap_width()) + 2 * AIR, height + 2 * AIR)

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def _cap_width(self) -> int:
        return self._cap_metrics().horizontalAdvance(self.key) + 2 * AIR

    def _cap_metrics(self) -> QFontMetrics:
        return QFontMetrics(self._cap_font())

    def _cap_font(self) -> QFont:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * CAP)
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
        ink = QColor(colours.text if self._allowed else colours.disabled)
        cap, words = self._areas()
        self._paint_cap(painter, cap, ink)
        painter.setPen(ink)
        painter.setFont(self._font_for(words.width()))
        fits = self._inline or self.fontMetrics().horizontalAdvance(self.label) <= words.width()
        painter.drawText(words, CENTRED | int(WRAP), self.label if fits else "\n".join(in_two(self.label)))

    def _font_for(self, width: float) -> QFont:
        """Return a smaller font where a label on one line would be wider than its room."""
        font, needed = self.font(), self.fontMetrics().horizontalAdvance(self.label)
        if self._inline and needed > width:
            font.setPointSizeF(font.pointSizeF() * width / needed)
        return font

    def _areas(self) -> tuple[QRectF, QRectF]:
        whole = QRectF(self.rect()).adjusted(AIR, AIR / 2, -AIR, -AIR / 2)
        if self._inline:
            cap = QRectF(whole.x(), whole.y() + AIR / 2, self._cap_width(), whole.height() - AIR)
            return cap, whole.adjusted(self._cap_width() + AIR, 0, 0, 0)
        cap = QRectF(
            whole.center().x() - self._cap_width() / 2, whole.y(), self._cap_width(), self._cap_metrics().height()
        )
        return cap, whole.adjusted(-AIR, cap.height(), AIR, 0)

    def _paint_body(self, painter: QPainter) -> None:
        colours = colours_of(self.palette())
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(colours.accent.paper if focused else colours.line), 3 if focused else 1))
        pressed = self.isDown() or not self._allowed
        painter.setBrush(QColor(colours.window if pressed else colours.button))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_cap(self, painter: QPainter, cap: QRectF, ink: QColor) -> None:
        colours = colours_of(self.palette())
        shines = self.lit and self._allowed
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent.paper) if shines else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(QColor(colours.accent.ink) if shines else ink)
        painter.setFont(self._cap_font())
        painter.drawText(cap, CENTRED, self.key)
