"""印刷プレビュー: pages as they will stand on paper, the printer, and how far they are moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import QAction, QColor, QFont, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from onestop.documents.faces import Face
from onestop.services.settings_form import PrintOffset
from onestop.ui.choice_field import ComboBox
from onestop.ui.labels import Caption, Data
from onestop.ui.layout import Columns, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintDevice

    from onestop.documents.layout import LaidOut, Page

MM_PER_INCH: Final = 25.4
FARTHEST: Final = 30.0
"""mm that a form can be moved in either direction."""
FAMILIES: Final = {
    Face.REGULAR: ("BIZ UDGothic", QFont.Weight.Normal),
    Face.BOLD: ("BIZ UDGothic", QFont.Weight.Bold),
    Face.BEHIND: ("Noto Sans JP", QFont.Weight.Normal),
}
UNLABELLED: Final = {
    "conditions": "検索条件",
    "period": "交付年月日の期間",
    "printed_at": "印刷日時",
    "totals": "合計",
    "workshop_code": "整備工場コード",
    "workshop_name": "事業場の名称",
}
"""What stands on our forms without a label, as a clerk calls it."""
NO_PRINTER: Final = "プリンターがありません。閉じて PDF で保存してください。"
NOT_PRINTED: Final = "印刷できませんでした。プリンターの電源と用紙を確かめてください。"


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
        painter.drawText(at(word.at), word.text)
    for stroke in page.strokes:
        painter.setPen(QPen(Qt.GlobalColor.black, stroke.width * across))
        painter.drawLine(at(stroke.start), at(stroke.end))


class PreviewWindow(QDialog):
    """Opened with `open()`; it deletes itself. Alt+P prints, Esc and F12 close."""

    def __init__(
        self, document: LaidOut, offset: PrintOffset, kept: Callable[[PrintOffset], None], parent: QWidget
    ) -> None:
        """`kept` hears the offset when it was changed and the window ends."""
        super().__init__(parent)
        self.setObjectName("preview")
        self.setWindowTitle(f"印刷プレビュー {document.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._begun_with = offset
        self._kept = kept
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(self.printer, document)
        self.pages = QPrintPreviewWidget(self.printer)
        self.pages.paintRequested.connect(lambda printer: paint(printer, document, self.offset))
        self.printers = ComboBox()
        self.right = _millimetres("print_right", "右へ(mm)", offset.right_mm)
        self.down = _millimetres("print_down", "下へ(mm)", offset.down_mm)
        self.print_button = QPushButton("印刷(Alt+P)")
        self.close_button = QPushButton("閉じる(F12)")
        self.told = Data()
        self.told.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._offer(QPrinterInfo.availablePrinterNames())
        margins = self._column.contentsMargins()
        self._head.arrange(parent.width() - margins.left() - margins.right())  # nobody changes the text size in here
        self.resize(parent.size())

    @property
    def offset(self) -> PrintOffset:
        """How far the pages are moved now."""
        return PrintOffset(self.right.value(), self.down.value())

    def _offer(self, names: list[str]) -> None:
        """Offer printers, the system's own choice first; without any there is nothing to press."""
        own = QPrinterInfo.defaultPrinterName()
        self.printers.addItems(sorted(names, key=lambda name: (name != own, name)))
        self.printers.setEnabled(bool(names))
        self.print_button.setEnabled(bool(names))
        told = f"{len(self._document.pages)}ページ" if names else NO_PRINTER
        if self._document.missing:
            told = f"{told} 書けない文字は〓にしました: {' '.join(self._document.missing)}"
        if self._document.tiny:
            told = (
                f"{told} 字が小さくなりました: {'・'.join(UNLABELLED.get(name, name) for name in self._document.tiny)}"
            )
        self.told.setText(told)

    def start_printing(self) -> None:
        """印刷: send all pages to the chosen printer, and close."""
        self.printer.setPrinterName(self.printers.currentText())
        prepare(self.printer, self._document)
        self.send()

    def send(self) -> None:
        """Paint the pages on the printer as it stands; what did not go well is said, and the window stays."""
        if paint(self.printer, self._document, self.offset):
            self.accept()
        else:
            self.told.setText(NOT_PRINTED)

    def _connect(self) -> None:
        for box in (self.right, self.down):
            box.valueChanged.connect(lambda _value: self.pages.updatePreview())
        self.print_button.clicked.connect(self.start_printing)
        self.close_button.clicked.connect(self.reject)
        for key, button in (("Alt+P", self.print_button), ("F12", self.close_button)):
            action = QAction(self)
            action.setShortcut(key)  # a button's own shortcut would act only after a tenth of a second
            action.triggered.connect(button.click)
            self.addAction(action)
        self.finished.connect(self._keep)

    def _keep(self) -> None:
        if self.offset != self._begun_with:
            self._kept(self.offset)

    def _lay_out(self) -> None:
        self.printers.setObjectName("printers")
        self.printers.setAccessibleName("プリンター")
        caption = QLabel("プリンター(&R)")
        caption.setBuddy(self.printers)
        place = row(Caption("位置 右へ mm"), self.right, Caption("下へ mm"), self.down)
        place.addStretch(1)
        for button in (self.print_button, self.close_button):
            button.setAutoDefault(False)
            place.addWidget(button)
        self._head = Columns((row(caption, (self.printers, 1)), 0), (place, 1))
        for line in (self._head, *self._head.findChildren(QHBoxLayout)):
            line.setSpacing(10)
        self._column = column = QVBoxLayout(self)
        column.addLayout(self._head)
        column.addWidget(self.told)
        column.addWidget(self.pages, 1)


def _millimetres(name: str, label: str, value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setObjectName(name)
    box.setAccessibleName(label)
    box.setRange(-FARTHEST, FARTHEST)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    box.setValue(value)
    return box
