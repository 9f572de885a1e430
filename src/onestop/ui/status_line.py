"""The line under the function bar: where the desk stands with the world, and what is being done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from onestop.ui.colours import colours_of
from onestop.ui.labels import Data, Note

if TYPE_CHECKING:
    from onestop.screens.desk.standing import Standing


class Pill(Data):
    """A few words on a coloured ground."""

    def __init__(self) -> None:
        super().__init__()
        self._role = "plain"
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_words(self, words: str, role: str) -> None:
        """Show words in the colours of a role; no words, no pill."""
        if (words, role) != (self.text(), self._role):
            self._role = role
            self.setText(words)
            self.setVisible(bool(words))
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for the words and air."""
        em = self.fontMetrics().height()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + em, em + 4)

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words on their ground."""
        colours = colours_of(self.palette())
        pairs = {"practice": colours.practice, "warning": colours.warning, "busy": colours.info}
        pair = pairs.get(self._role, colours.plain)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.paper))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QColor(pair.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class StatusLine(QFrame):
    """Connection, busy word, service hours, terminal, and what the clerk must know all the time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.connection = Pill()
        self.busy = Pill()
        self.editing = Pill()
        self.hours = Note()
        self.terminal = Note()
        self.warning = Pill()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        pills = ((self.connection, 0), (self.busy, 0), (self.editing, 0), (self.hours, 3), (self.warning, 0))
        for widget, stretch in pills:
            row.addWidget(widget, stretch)
        row.addWidget(self.terminal, 1)

    def show_standing(self, standing: Standing) -> None:
        """Show where the desk stands."""
        words = f"練習中 {standing.connection}".strip() if standing.practice else standing.connection
        self.connection.show_words(words, "practice" if standing.practice else "plain")
        self.hours.show_note(standing.hours)
        who = f"操作者 {standing.operator}" if standing.operator else ""
        self.terminal.show_note("  ".join(filter(None, (f"端末 {standing.terminal}", who, standing.newer_version))))
        warning = standing.server or standing.warning  # nothing is as urgent as a server that is gone
        self.warning.show_words(f"▲ {warning}" if warning else "", "warning")

    def show_busy(self, busy: str | None) -> None:
        """Show what is being done; None shows nothing."""
        self.busy.show_words(f"… {busy}" if busy else "", "busy")

    def show_editing(self, who: str) -> None:
        """Show who types about the same car at another desk; nobody shows nothing."""
        self.editing.show_words(f"✎ {who}" if who else "", "warning")
