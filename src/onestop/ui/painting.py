"""Pages painted on a printer or in its preview, just as the PDF draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPen

from onestop.documents.faces import Face

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintDevice
    from PySide6.QtPrintSupport import QPrinter

    from onestop.documents.layout import LaidOut, Page
    from onestop.services.settings.form import PrintOffset

MM_PER_INCH: Final = 25.4
FAMILIES: Final = {
    Face.REGULAR: ("BIZ UDGothic", QFont.Weight.Normal),
    Face.BOLD: ("BIZ UDGothic", QFont.Weight.Bold),
    Face.BEHIND: ("Noto Sans JP", QFont.Weight.Normal),
}


def prepare(printer: QPrinter, document: LaidOut) -> None:
    """Give a printer the paper of a document, with no margins of its own."""
    width, height = document.pages[0].size
    upright = QSizeF(min(width, height), max(width, height))
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    size = QPageSize(upright, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF(), QPageLayout.Unit.Millimeter))
    printer.setFullPage(True)
    printer.setDocName(document.title)


def paint(printer: QPrinter, document: LaidOut, offset: PrintOffset) -> bool:
    """Paint all pages; False when the printer could not be begun or refused a page."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    went_well = True
    for number, page in enumerate(document.pages):
        went_well = went_well and (number == 0 or printer.newPage())
        _paint_page(painter, printer, page, offset)
    return painter.end() and went_well


def _paint_page(painter: QPainter, device: QPaintDevice, page: Page, offset: PrintOffset) -> None:
    across, down = device.logicalDpiX() / MM_PER_INCH, device.logicalDpiY() / MM_PER_INCH

    def at(place: tuple[float, float]) -> QPointF:
        return QPointF((place[0] + offset.right_mm) * across, (place[1] + offset.down_mm) * down)

    for word in page.words:  # before the lines, as in the PDF: a large grey word must not cut them
        family, weight = FAMILIES[word.face]
        font = QFont(family, weight=weight)
        font.setPointSizeF(word.size_pt)
        painter.setFont(font)
        painter.setPen(QColor.fromRgbF(word.grey, word.grey, word.grey))
        painter.save()
        painter.translate(at(word.at))
        painter.rotate(-word.degrees)
        painter.drawText(0, 0, word.text)
        painter.restore()
    for stroke in page.strokes:
        painter.setPen(QPen(Qt.GlobalColor.black, stroke.width * across))
        painter.drawLine(at(stroke.start), at(stroke.end))
