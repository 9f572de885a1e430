"""印刷プレビュー: pages as they will stand on paper, the printer, and how far they are moved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from onestop.services.settings.form import PrintOffset
from onestop.ui.fields.choice_field import ComboBox
from onestop.ui.fields.radio_field import RadioButton
from onestop.ui.keys.held_keys import keep_off_held_keys
from onestop.ui.labels import Caption, Data
from onestop.ui.layout import Columns, row
from onestop.ui.painting import paint, prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from onestop.documents.layout import LaidOut
    from onestop.screens.ports import Background
    from onestop.services.printing import Sheet

FARTHEST: Final = 30.0
"""mm that a form can be moved in either direction."""
UNLABELLED: Final = {
    "conditions": "検索条件",
    "period": "交付年月日の期間",
    "printed_at": "印刷日時",
    "totals": "合計",
    "workshop_code": "整備工場コード",
    "workshop_name": "事業場の名称",
}
"""What stands on our forms without a label, as a clerk calls it."""
SHEETS: Final = ("控", "公式用紙に印字")
"""What a sheet is called; something that has no official form has the first alone, and none is offered."""
OFFICIAL: Final = (
    "公式用紙に、値だけを印字します。用紙をプリンターに入れ、先に試し刷りを普通の紙に印刷して位置を確かめてください。"
)
TRIED: Final = "試し刷りを印刷しました。公式用紙に重ねて枠の位置を確かめ、ずれは「右へ」「下へ」で直してください。"
LOOKING: Final = "プリンターを探しています。"
NO_PRINTER: Final = "プリンターがありません。閉じて PDF で保存してください。"
NOT_PRINTED: Final = "印刷できませんでした。プリンターの電源と用紙を確かめてください。"


def installed_printers() -> tuple[str, ...]:
    """Return the names of the printers, the system's own choice first; on a worker: a print server takes its time."""
    own = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != own, name)))


class PreviewWindow(QDialog):
    """Opened with `open()`, told of the printers by `offer`; it deletes itself.

    Alt+P prints, Esc and F12 close; Alt+1 and Alt+2 choose the sheet.
    """

    def __init__(self, sheets: tuple[Sheet, ...], kept: Callable[[str, PrintOffset], None], parent: QWidget) -> None:
        """Show the first sheet; `kept` hears of every offset that was changed when the window ends."""
        super().__init__(parent)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sheets = sheets
        self._offsets = [sheet.offset for sheet in sheets]
        self._kept = kept
        self._shown = 0
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(self.printer, self.document)
        self.pages = QPrintPreviewWidget(self.printer)
        self.pages.paintRequested.connect(lambda printer: paint(printer, self.document, self.offset))
        self.printers = ComboBox()
        self.right = _millimetres("print_right", "右へ(mm)")
        self.down = _millimetres("print_down", "下へ(mm)")
        self.choices = tuple(RadioButton(f"{words}(Alt+{place})") for place, words in enumerate(SHEETS, 1))
        self.trial_button = QPushButton("試し刷り(Alt+T)")
        self.print_button = QPushButton("印刷(Alt+P)")
        self.close_button = QPushButton("閉じる(F12)")
        self.told = Data()
        self.told.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.print_button.setEnabled(False)
        self.printers.setEnabled(False)
        self._without_printer = LOOKING
        self.show_sheet(0)
        margins = self._column.contentsMargins()
        self._head.arrange(parent.width() - margins.left() - margins.right())  # nobody changes the text size in here
        self.resize(parent.size())

    @property
    def document(self) -> LaidOut:
        """The pages that are shown."""
        return self._sheets[self._shown].document

    @property
    def offset(self) -> PrintOffset:
        """How far the pages are moved now."""
        return self._offsets[self._shown]

    def show_sheet(self, place: int) -> None:
        """Show a 控, or what is printed into the official form."""
        self._shown = place
        sheet = self._sheets[place]
        self.setWindowTitle(f"印刷プレビュー {sheet.document.title}")
        for box, millimetres in ((self.right, self.offset.right_mm), (self.down, self.offset.down_mm)):
            with QSignalBlocker(box):
                box.setValue(millimetres)
        self.choices[place].setChecked(True)
        self._allow_trial()
        self._tell()
        prepare(self.printer, sheet.document)
        self.pages.updatePreview()

    def showEvent(self, event: QShowEvent) -> None:
        """Let no held key print sheet after sheet."""
        super().showEvent(event)
        keep_off_held_keys(self)

    def _move(self) -> None:
        self._offsets[self._shown] = PrintOffset(self.right.value(), self.down.value())
        self.pages.updatePreview()

    def offer(self, names: tuple[str, ...]) -> None:
        """Offer printers; without any there is nothing to press."""
        self.printers.addItems(names)
        self.printers.setEnabled(bool(names))
        self.print_button.setEnabled(bool(names))
        self._without_printer = NO_PRINTER
        self._allow_trial()
        self._tell()

    def _allow_trial(self) -> None:
        self.trial_button.setEnabled(self._sheets[self._shown].trial is not None and self.print_button.isEnabled())

    def _tell(self) -> None:
        document = self.document
        told = f"{len(document.pages)}ページ" if self.print_button.isEnabled() else self._without_printer
        if self.trial_button.isEnabled():
            told = f"{told} {OFFICIAL}"
        if document.missing:
            told = f"{told} 書けない文字は〓にしました: {' '.join(document.missing)}"
        if document.tiny:
            told = f"{told} 字が小さくなりました: {'・'.join(UNLABELLED.get(name, name) for name in document.tiny)}"
        self.told.setText(told)

    def start_printing(self) -> None:
        """印刷: send all pages to the chosen printer, and close."""
        if self._send(self.document):
            self.accept()

    def try_out(self) -> None:
        """試し刷り: print the frames of the official form, moved as it is now, and stay."""
        trial = self._sheets[self._shown].trial
        if trial is not None and self._send(trial):
            self.told.setText(TRIED)

    def _send(self, document: LaidOut) -> bool:
        """Paint pages on the chosen printer; what did not go well is said."""
        self.printer.setPrinterName(self.printers.currentText())
        return self.send(document)

    def send(self, document: LaidOut) -> bool:
        """Paint pages on the printer as it stands."""
        prepare(self.printer, document)
        went_well = paint(self.printer, document, self.offset)
        if not went_well:
            self.told.setText(NOT_PRINTED)
        return went_well

    def _connect(self) -> None:
        for box in (self.right, self.down):
            box.valueChanged.connect(self._move)
        keys: list[tuple[str, QAbstractButton]] = [("Alt+P", self.print_button), ("Alt+T", self.trial_button)]
        self.print_button.clicked.connect(self.start_printing)
        self.trial_button.clicked.connect(self.try_out)
        self.close_button.clicked.connect(self.reject)
        for place, choice in enumerate(self.choices[: len(self._sheets)]):
            choice.clicked.connect(partial(self.show_sheet, place))
            keys.append((f"Alt+{place + 1}", choice))
        for key, button in (*keys, ("F12", self.close_button)):
            action = QAction(self)
            action.setShortcut(key)  # a button's own shortcut would act only after a tenth of a second
            action.triggered.connect(button.click)
            self.addAction(action)
        self.finished.connect(self._keep)

    def _keep(self) -> None:
        for sheet, offset in zip(self._sheets, self._offsets, strict=True):
            if offset != sheet.offset:
                self._kept(sheet.document.title, offset)

    def _lay_out(self) -> None:
        self.printers.setObjectName("printers")
        self.printers.setAccessibleName("プリンター")
        caption = Data("プリンター(&R)")
        caption.setBuddy(self.printers)
        place = row(Caption("位置 右へ mm"), self.right, Caption("下へ mm"), self.down)
        place.addStretch(1)
        for button in (self.print_button, self.close_button):
            button.setAutoDefault(False)
            place.addWidget(button)
        self._head = Columns((row(caption, (self.printers, 1)), 0), (place, 1))
        for line in (self._head, *self._head.findChildren(QHBoxLayout)):
            line.setSpacing(10)
        parts: tuple[QWidget, ...] = (Caption("用紙"), *self.choices, self.trial_button)
        official = row(*parts)
        official.addStretch(1)
        self.trial_button.setAutoDefault(False)
        for part in parts:
            part.setVisible(len(self._sheets) > 1)
        self._column = column = QVBoxLayout(self)
        column.addLayout(self._head)
        column.addLayout(official)
        column.addWidget(self.told)
        column.addWidget(self.pages, 1)


def open_preview(
    sheets: tuple[Sheet, ...], kept: Callable[[str, PrintOffset], None], parent: QWidget, background: Background
) -> PreviewWindow:
    """Show pages at once; the printers come when the system has told them."""
    window = PreviewWindow(sheets, kept, parent)
    window.open()
    looking = background.run(installed_printers, window.offer, lambda _error: window.offer(()))
    window.finished.connect(lambda _result: looking.drop())
    return window


def _millimetres(name: str, label: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setObjectName(name)
    box.setAccessibleName(label)
    box.setRange(-FARTHEST, FARTHEST)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    return box
