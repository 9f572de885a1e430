"""ヘルプ on the glass: the contents or what a search found on the left, the page on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPen,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser

from onestop.screens.function_keys import HELP, HELP_BUTTONS
from onestop.screens.help.screen import HelpScreen
from onestop.ui.colours import colours_of
from onestop.ui.desk_window import DeskWindow
from onestop.ui.enters import is_enter
from onestop.ui.fields.fields import TextField
from onestop.ui.layout import column, row
from onestop.ui.rows.fitted_view import FittedRowsView

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from onestop.screens.help.pages import HelpBook, HelpPage

DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
MARGIN = 24
IMAGE = QTextDocument.ResourceType.ImageResource.value
LINE_HEIGHT = 140.0
"""Percent."""
CELL_PADDING = 4
PICTURE = "\ufffc"
"""Stands in a text where a picture is."""
PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class PageView(QTextBrowser):
    """Shows Markdown with pictures from memory. It loads nothing by itself, from the disk or from anywhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("ヘルプの本文")
        self.setOpenLinks(False)
        self._pictures: dict[str, bytes] = {}
        self._decoded: dict[str, QImage] = {}
        """Those of the page that is shown: to decode one takes five times as long as to fit it to another width."""
        self._page: HelpPage | None = None
        self._document: QTextDocument | None = None

    def show_page(self, book: HelpBook, page: HelpPage | None, found_word: str) -> None:
        """Show a page from its top, or at the word that was searched for."""
        if page is not None and page != self._page:
            self._pictures, self._page, self._decoded = book.pictures, page, {}
            self._set(page)
            if found_word:
                self.find(found_word)

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """Return a picture no wider than the page."""
        return self._fitting(QUrl(name).toString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to the new width; the reader stays where she is."""
        super().resizeEvent(event)
        if self._page is not None and event.size().width() != event.oldSize().width():
            document = self.document()
            for name in (name for name in self._pictures if f"({name})" in self._page.markdown):
                document.addResource(IMAGE, QUrl(name), self._fitting(name))
            document.markContentsDirty(0, document.characterCount())

    def _fitting(self, name: str) -> QImage:
        picture = self._decoded.get(name)
        if picture is None:
            picture = self._decoded[name] = QImage.fromData(QByteArray(self._pictures.get(name, b"")))
        room = self.viewport().width() - 2 * MARGIN
        if picture.width() > room > 0:
            return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame while the page has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(colours_of(self.palette()).accent.paper), 3))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the frame."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw it no more: Qt draws only what was selected, such as a link."""
        super().focusOutEvent(event)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw all anew: what is only pushed along takes the frame with it, across the words."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def _set(self, page: HelpPage) -> None:
        """Put the page into a document of its own: setMarkdown on one that has lists and tables already can crash."""
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        if page.plain:
            document.setPlainText(page.markdown)
        else:
            document.setMarkdown(page.markdown)
        document.setDocumentMargin(MARGIN)
        _space_lines(document)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                look = frame.format()
                look.setCellPadding(CELL_PADDING)
                frame.setFormat(look)
        self.setDocument(document)
        if self._document is not None:
            self._document.deleteLater()
        self._document = document


def _space_lines(document: QTextDocument) -> None:
    """Set the lines of text apart; a picture is a line, too, and would have a blank of 40 % of its height below it."""
    spacing, block = QTextBlockFormat(), document.begin()
    spacing.setLineHeight(LINE_HEIGHT, PROPORTIONAL)
    while block.isValid():
        if PICTURE not in block.text():
            QTextCursor(block).mergeBlockFormat(spacing)
        block = block.next()


class HelpWindow(DeskWindow[HelpScreen]):
    """Typing searches all pages, Enter opens one, Alt+Left goes back."""

    def __init__(self, screen: HelpScreen) -> None:
        super().__init__()
        self.search = TextField("search_text", "検索", mnemonic="S", hint="知りたいことば")
        self.rows = FittedRowsView("pages", "見つかったページ", screen.hits)
        self.page = PageView()
        self.back = self.action_button("back", HELP_BUTTONS[0])
        self._listed: HelpPage | None = None
        """The page that the list was led to; afterwards the reader moves in the list as she likes."""
        self._lay_out()
        self.search.edited.connect(lambda _name, text: screen.type(text))
        self.rows.opened.connect(screen.open_hit)
        self.page.anchorClicked.connect(lambda url: screen.follow(url.toString()))
        self.bind(screen, HELP, "ヘルプ")
        self.page.setFocus()

    def fill(self, screen: HelpScreen) -> None:
        """Show the page, and the words for no rows."""
        self.search.show_value(screen.search_text)
        self.rows.show_empty(screen.empty_text)
        self.page.show_page(screen.book, screen.page, screen.found_word)
        if screen.place is not None and screen.page is not self._listed:
            self.rows.go_to(screen.place)
        self._listed = screen.page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search field, Enter opens the first page found and Down goes into the list."""
        searching = self.search.input.hasFocus()
        if searching and is_enter(event):
            self.screen_shown.open_hit(max(self.rows.current(), 0))
        elif searching and event.key() in DOWN:
            self.rows.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self.body)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(column(row((self.search, 1), self.back), (self.rows, 1)), 2)
        line.addWidget(self.page, 3)
