"""The one place for messages: the strip at the top of every window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from onestop.screens.long_text import shortened
from onestop.screens.ports import Message, Tone
from onestop.ui.colours import colours_of
from onestop.ui.labels import Data, FocusData
from onestop.ui.spoken import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

MARGIN = 1
"""Pixels above and below the words."""
LINES = 2
"""For so many small lines there is always room."""
SMALL = 9 / 11
"""Of the usual text size: a message that takes more than one line is written as small as a caption."""
SIGNS = {Tone.INFO: "●", Tone.WARNING: "▲", Tone.ERROR: "×"}
WORDS = {Tone.INFO: "お知らせ", Tone.WARNING: "注意", Tone.ERROR: "エラー"}


class KeyHint(FocusData):
    """Says which key sends, such as F5 で発行. Enter ends here, and presses nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setObjectName("key_hint")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMargin(3)

    def show_hint(self, text: str) -> None:
        """Show what the key does now."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, on the accent's colour while the focus is here."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), QColor(colours.accent.paper))
        painter.setPen(QPen(QColor(colours.accent.ink if self.hasFocus() else colours.dim)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        event.accept()


class MessageStrip(QFrame):
    """Plain text with a sign, in the colours of its tone, and spoken by a screen reader.

    Nothing in the window moves when a message comes or goes: the strip is always as high, and a message that needs more
    lines covers what stands below it until the next key.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message: Message | None = None
        """What the strip says."""
        self.hint: KeyHint | None = None
        """Where Enter leads in a window whose main key sends."""
        self.sign = Data()
        self.text = Data()
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.text.setObjectName("message")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, MARGIN, 10, MARGIN)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row.addWidget(self.sign)
        self._row.addWidget(self.text, 1)
        self.show_message(Message(""))

    def make_hint(self) -> None:
        """Make the place for the key that sends; a window makes it after its fields, for Tab comes to it last."""
        self.hint = KeyHint(self)
        self._row.addWidget(self.hint)

    def show_message(self, message: Message | None) -> None:
        """Show a message, or nothing; the same one twice is spoken once."""
        if message == self.message:
            return
        self.message = message if message and message.text else None
        self.text.setText(shortened(self.message.text) if self.message else "")
        self.sign.setText(SIGNS[self.message.tone] if self.message else " ")
        self._colour()
        if self.message is not None:
            sentence = f"{WORDS[self.message.tone]}: {self.text.text()}"
            self.text.setAccessibleName(sentence)
            announce(self.text, sentence, urgent=self.message.tone is Tone.ERROR)
        self._fit()
        self.update()

    # --- sizes

    def sizeHint(self) -> QSize:
        """Be as high whatever is said."""
        return QSize(super().sizeHint().width(), self._usual_height)

    def minimumSizeHint(self) -> QSize:
        """Be no lower."""
        return QSize(super().minimumSizeHint().width(), self._usual_height)

    def hasHeightForWidth(self) -> bool:
        """Be no higher in a narrower window either."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cover what the message needs, after the window gave the strip its place."""
        super().resizeEvent(event)
        self._fit()

    @property
    def _usual_height(self) -> int:
        return LINES * QFontMetrics(self._sized(SMALL)).lineSpacing() + 2 * MARGIN

    def _sized(self, share: float) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * share)
        return font

    def _fit(self) -> None:
        """Write a message in one line of the usual size, or else in smaller ones; be as high as they are."""
        self._row.activate()
        width = self.text.width()
        whole = QFontMetrics(self.font()).horizontalAdvance(self.text.text())
        font = self._sized(1.0 if whole <= width else SMALL)
        if font != self.text.font():
            self.text.setFont(font)
        height = max(self._usual_height, self.text.heightForWidth(width) + 2 * MARGIN)
        if height != self.height():
            self.resize(self.width(), height)

    # --- inside

    def _colour(self) -> None:
        palette = self.palette()
        if self.message is not None:
            ink = QColor(colours_of(palette).tone(self.message.tone).ink)
            palette.setColor(self.foregroundRole(), ink)
        for label in (self.sign, self.text):
            label.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Take the other set of colours when the system turns light or dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the strip with its tone."""
        if self.message is not None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(colours_of(self.palette()).tone(self.message.tone).paper))
        super().paintEvent(event)
