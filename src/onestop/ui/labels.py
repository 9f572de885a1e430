"""The three kinds of plain text on the glass: a caption beside a value, a note that may be short of room, a badge."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from onestop.ui.colours import colours_of
from onestop.ui.icons import sign_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from onestop.screens.badge import Badge

FEW_WORDS = 8
"""Characters of Japanese, as SENTENCE."""
SENTENCE = 20
"""The least width of a line that is read at a glance: more of it would take a line of the smallest screen away."""
PLAIN = Qt.TextFormat.PlainText


def plain_tip(text: str) -> str:
    """Return what a tooltip shows letter by letter: Qt takes one that looks like HTML for HTML, and opens its files.

    On Windows a picture that lies at another machine would send it the clerk's password hash.
    """
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>' if "<" in text or "&" in text else text


class Caption(QLabel):
    """The dim, smaller name of a value."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(PLAIN)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)


class Data(QLabel):
    """Text that came from somewhere: always plain, whatever it looks like."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(PLAIN)
        self._least = 0

    def show_if_any(self, text: str) -> None:
        """Show a text; without one take no room."""
        self.setText(text)
        self.setVisible(bool(text))

    def wrap(self, least: int) -> None:
        """Wrap, but never into lines of fewer characters of Japanese than this."""
        self._least = least
        self.setWordWrap(True)

    def minimumSizeHint(self) -> QSize:
        """Need the whole text in one line, or, where it wraps, so many characters."""
        hint = super().minimumSizeHint()
        if self.wordWrap() and self._least:
            hint.setWidth(self.fontMetrics().horizontalAdvance("国") * self._least)
        return hint


class FocusData(Data):
    """Data that looks different while it has the focus: a label of Qt's is not painted anew by itself."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint it anew."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint it anew."""
        super().focusOutEvent(event)
        self.update()


def wrapping(name: str = "", text: str = "") -> Data:
    """Return words that wrap, under their English name if anybody looks for them by one."""
    label = Data(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


class Told(Data):
    """A value that wraps where there is little room, but never into a pile of single letters."""

    def __init__(self) -> None:
        super().__init__()
        self.wrap(FEW_WORDS)

    def minimumSizeHint(self) -> QSize:
        """Need no more than the text does."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            hint.setWidth(min(hint.width(), self.fontMetrics().horizontalAdvance(self.text())))
        return hint


class Note(Data):
    """One line that gives way when there is little room; what is cut stands in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._alarming = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_note(self, text: str, *, alarming: bool = False) -> None:
        """Show a sentence; an alarming one in the colour of a problem."""
        if (text, alarming) != (self.text(), self._alarming):
            self._alarming = alarming
            self.setText(text)
            self._tell_whole()
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Need next to nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setPen(QColor(colours.problem if self._alarming else colours.dim))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._shown())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again whether it fits."""
        super().resizeEvent(event)
        self._tell_whole()

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _tell_whole(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self._shown() != self.text() else "")


class BadgeLabel(Data):
    """A state in word, sign and colour."""

    def __init__(self) -> None:
        super().__init__()
        self._badge: Badge | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_badge(self, badge: Badge | None) -> None:
        """Show a state; None shows nothing."""
        if badge != self._badge:
            self._badge = badge
            self.setText("" if badge is None else badge.word)
            self.setAccessibleName("" if badge is None else f"状態 {badge}")
            self.setVisible(badge is not None)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the sign, the word, and air around them."""
        em = self.fontMetrics().height()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + int(em * 2.2), int(em * 1.5))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        if self._badge is None:
            return
        pair = colours_of(self.palette()).badge(self._badge.kind)
        em = self.fontMetrics().height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.paper))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        sign = QRect(int(em * 0.45), (self.height() - em) // 2, em, em)
        sign_icon(self._badge.kind).paint(painter, sign)
        painter.setPen(QColor(pair.ink))
        word = self.rect().adjusted(int(em * 1.6), 0, 0, 0)
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._badge.word)
