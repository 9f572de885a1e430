"""印刷プレビュー on the glass: pages as they will stand on paper, the printer, and how far they are moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QGraphicsView

from onestop.screens.function_keys import PREVIEW, PREVIEW_BUTTONS
from onestop.screens.preview_screen import SHEETS, PreviewScreen
from onestop.ui.background import WindowBackground
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.millimetre_field import MillimetreField
from onestop.ui.fields.radio_field import RadioField
from onestop.ui.labels import Data
from onestop.ui.layout import row, said
from onestop.ui.painting import paint, prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from onestop.documents.layout import LaidOut
    from onestop.screens.desk.standing import Standing
    from onestop.services.printing import Sheet
    from onestop.services.settings.form import PrintOffset
    from onestop.ui.theme import Theme

FARTHEST: Final = 30.0
"""mm that a form can be moved in either direction."""
PERCENT: Final = 100


class SystemPress:
    """The system's printers. Implements preview_screen.Press."""

    def __init__(self) -> None:
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)

    def printers(self) -> tuple[str, ...]:
        """Return the names of the printers, the system's own choice first; on a worker: a print server may be slow."""
        own = QPrinterInfo.defaultPrinterName()
        return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != own, name)))

    def send(self, document: LaidOut, offset: PrintOffset, printer: str) -> bool:
        """Paint all pages on a printer; whether that went well."""
        if printer:
            self.printer.setPrinterName(printer)
        prepare(self.printer, document)
        return paint(self.printer, document, offset)


class PreviewWindow(DeskWindow[PreviewScreen]):
    """F9 prints; Ctrl with plus, minus and 0 changes how large the pages are shown, arrows move them."""

    def __init__(self, screen: PreviewScreen, printer: QPrinter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printer = printer
        prepare(printer, screen.document)
        self.pages = QPrintPreviewWidget(printer)
        for part in (self.pages, *self.pages.findChildren(QGraphicsView)):
            part.setAccessibleName("印刷するページ")
        self.pages.paintRequested.connect(lambda device: paint(device, screen.document, screen.offset))
        self.sheet = RadioField("sheet", "用紙", SHEETS, mnemonic="S")
        self.printers = ChoiceField("printer", "プリンター", (), mnemonic="R")
        self.right = MillimetreField("right_mm", "右へ(mm)", farthest=FARTHEST, mnemonic="M")
        self.down = MillimetreField("down_mm", "下へ(mm)", farthest=FARTHEST, mnemonic="D")
        names = ("trial", "enlarge", "reduce", "show_whole")
        self.trial, *self.zooms = map(self.action_button, names, PREVIEW_BUTTONS)
        self.told = Data()
        self._painted: tuple[int, PrintOffset] | None = None
        self._zoom: int | None = None
        self._lay_out()
        self.finished.connect(lambda _result: screen.keep_offsets())
        self.bind(screen, PREVIEW, screen.heading, main_key="F9", edit=screen.edit)

    def furnish(self, _theme: Theme, standing: Standing) -> None:
        """Show where the desk stands; the keys of the text size are the pages' here."""
        self.show_standing(standing)

    def fill(self, screen: PreviewScreen) -> None:
        """Show the sheet, its place and the printers; the pages are painted anew only when they are others."""
        self.setWindowTitle(screen.heading)
        has_choice = len(screen.sheets) > 1
        self.sheet.setVisible(has_choice)
        self.trial.setVisible(has_choice)
        self.sheet.show_value(SHEETS[screen.shown][0])
        self.printers.set_options([(name, name) for name in screen.printers or ()])
        self.printers.show_value(screen.printer)
        self.printers.set_locked(not screen.printers)
        self.right.show_value(screen.offset.right_mm)
        self.down.show_value(screen.offset.down_mm)
        self.told.setText(screen.told)
        self._show_pages(screen)

    def _show_pages(self, screen: PreviewScreen) -> None:
        if self._painted != (screen.shown, screen.offset):
            self._painted = (screen.shown, screen.offset)
            prepare(self._printer, screen.document)
            self.pages.updatePreview()
        if self._zoom != screen.zoom:
            self._zoom = screen.zoom
            if screen.zoom is None:
                self.pages.fitInView()
            else:
                self.pages.setZoomFactor(screen.zoom / PERCENT)

    def _lay_out(self) -> None:
        self.told.setObjectName("told")
        view = self.pages.findChild(QGraphicsView)
        assert isinstance(view, QGraphicsView)  # noqa: S101 - the preview is made of one
        view.setObjectName("pages")
        view.setAccessibleName("印刷されるページ")
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choices = row(self.sheet, (self.printers, 1), self.right, self.down, spacing=10)
        buttons = said(self.told, self.trial, *self.zooms)
        buttons.setSpacing(10)
        self.body.hold(choices, buttons, (self.pages, 1))


def open_preview(
    sheets: tuple[Sheet, ...], kept: Callable[[str, PrintOffset], None], parent: DeskWindow[Any]
) -> PreviewWindow:
    """Show pages at once, before the window that asked for them; the printers come when the system has told them."""
    asker = parent.screen_shown
    own = asker.background
    background = own.for_window() if isinstance(own, WindowBackground) else own
    press = SystemPress()
    screen = PreviewScreen(replace(asker.surroundings, background=background), sheets, press, kept)
    screen.help_page = asker.help_page
    window = PreviewWindow(screen, press.printer, parent)
    if parent.standing is not None:
        window.show_standing(parent.standing)
    window.open()
    return window
