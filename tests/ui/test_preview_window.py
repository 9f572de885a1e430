"""Tests of the preview before printing: what is painted is what the form says, moved by the offset."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pypdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from onestop.documents.forms import fill_form
from onestop.documents.papers import IssuanceReportPaper, LedgerPaper
from onestop.services.settings_form import PrintOffset
from onestop.ui.preview_window import NO_PRINTER, NOT_PRINTED, PreviewWindow, paint, prepare
from support.papers import an_insurance_paper
from support.qt import SampleWindow, grow, press

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL.Image import Image
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.documents.layout import LaidOut
    from onestop.ui.theme import Theme

Key = Qt.Key
PER_TENTH = 254 / 72
"""A scale at which a pixel is a tenth of a millimetre."""
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def document() -> LaidOut:
    return fill_form(
        LedgerPaper(workshop_name="", period="2026/11/01 ～", conditions="", totals="0件", certificates=())
    )


@pytest.fixture
def portrait() -> LaidOut:
    paper = IssuanceReportPaper(
        workshop_name="", month="令和8年11月", numbers="", totals="", counts=(), changes=(), voided=()
    )
    return fill_form(paper)


def into_pdf(document: LaidOut, path: Path, offset: PrintOffset) -> bool:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return paint(printer, document, offset)


def picture_of(path: Path) -> Image:
    """Return the first page in shades of grey, a pixel for each tenth of a millimetre."""
    with pypdfium2.PdfDocument(str(path)) as pdf:
        page = pdf[0]
        picture: Image = page.render(scale=PER_TENTH).to_pil().convert("L")
        page.close()
    return picture


def topmost_ink(path: Path) -> tuple[int, int]:
    """Return the first row and column of pixels that are not white, in tenths of a millimetre."""
    box = picture_of(path).point(lambda level: 255 if level < 128 else 0).getbbox()
    assert box is not None
    return box[0], box[1]


def test_the_painted_pages_have_the_words_and_the_paper_of_the_form(document: LaidOut, tmp_path: Path) -> None:
    assert into_pdf(document, tmp_path / "a.pdf", PrintOffset())
    page = pypdf.PdfReader(tmp_path / "a.pdf").pages[0]
    assert "指定整備元帳" in page.extract_text()
    assert (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) == (297, 210)


def test_a_large_grey_word_does_not_cut_the_lines(tmp_path: Path) -> None:
    assert into_pdf(fill_form(an_insurance_paper()), tmp_path / "a.pdf", PrintOffset())
    line = picture_of(tmp_path / "a.pdf").crop((250, 1470, 1850, 1490))  # above 保険期間 至; 控 crosses it
    shades = line.tobytes()
    assert max(min(shades[across :: line.width]) for across in range(line.width)) < 128


def test_an_offset_moves_everything_by_its_millimetres(portrait: LaidOut, tmp_path: Path) -> None:
    assert into_pdf(portrait, tmp_path / "a.pdf", PrintOffset())
    assert into_pdf(portrait, tmp_path / "b.pdf", PrintOffset(right_mm=5, down_mm=3))
    (left, top), (moved_left, moved_top) = topmost_ink(tmp_path / "a.pdf"), topmost_ink(tmp_path / "b.pdf")
    assert moved_left - left == pytest.approx(50, abs=2)
    assert moved_top - top == pytest.approx(30, abs=2)


def test_every_page_is_painted(portrait: LaidOut, tmp_path: Path) -> None:
    twice = type(portrait)(portrait.title, portrait.pages * 2, (), ())
    assert into_pdf(twice, tmp_path / "a.pdf", PrintOffset())
    assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) == 2


@pytest.fixture
def kept() -> list[PrintOffset]:
    return []


@pytest.fixture
def preview(window: SampleWindow, document: LaidOut, kept: list[PrintOffset], qtbot: QtBot) -> PreviewWindow:
    window.preview(document, PrintOffset(1.0, 0.0), kept.append)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, PreviewWindow)
    return shown


def test_without_a_printer_the_way_to_a_pdf_stands_there(
    document: LaidOut, window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    dialog = PreviewWindow(document, PrintOffset(), lambda _offset: None, window)
    assert dialog.told.text() == NO_PRINTER
    assert not dialog.print_button.isEnabled()
    dialog.deleteLater()


def test_what_became_too_small_to_read_is_named(
    document: LaidOut, window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A"])
    small = dataclasses.replace(document, missing=("𠮷",), tiny=("conditions", "依頼者"))
    dialog = PreviewWindow(small, PrintOffset(), lambda _offset: None, window)
    assert dialog.told.text() == "1ページ 書けない文字は〓にしました: 𠮷 字が小さくなりました: 検索条件・依頼者"
    dialog.deleteLater()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_printers_name_makes_the_window_wider_than_the_screen(  # noqa: PLR0913, PLR0917 - fixtures and an axis
    document: LaidOut,
    window: SampleWindow,
    on_glass: Callable[[QWidget], None],
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    percent: int,
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["LBP6330 事務所 (1階 受付の横のプリンター)"])
    grow(theme, percent)
    dialog = PreviewWindow(document, PrintOffset(), lambda _offset: None, window)
    on_glass(dialog)
    assert dialog.size() == window.size()
    assert dialog.printers.width() >= dialog.printers.minimumSizeHint().width()
    for button in (dialog.print_button, dialog.close_button):
        assert dialog.rect().contains(button.geometry())


def test_the_systems_own_printer_comes_first(
    document: LaidOut, window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A", "Office"])
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "Office")
    dialog = PreviewWindow(document, PrintOffset(), lambda _offset: None, window)
    assert [dialog.printers.itemText(place) for place in range(2)] == ["Office", "A"]
    assert (dialog.told.text(), dialog.print_button.isEnabled()) == ("1ページ", True)
    dialog.deleteLater()


def test_a_changed_offset_is_kept_when_f12_closes(
    preview: PreviewWindow, window: SampleWindow, kept: list[PrintOffset], qtbot: QtBot
) -> None:
    assert preview.printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    preview.down.setValue(-2.5)
    press(preview.focusWidget(), Key.Key_F12)
    assert kept == [PrintOffset(1.0, -2.5)]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def test_an_offset_that_stays_is_not_written_again(
    preview: PreviewWindow, window: SampleWindow, kept: list[PrintOffset], qtbot: QtBot
) -> None:
    press(preview.focusWidget(), Key.Key_Escape)
    assert kept == []
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def test_printing_paints_and_closes(preview: PreviewWindow, window: SampleWindow, tmp_path: Path, qtbot: QtBot) -> None:
    preview.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    preview.printer.setOutputFileName(str(tmp_path / "a.pdf"))
    preview.start_printing()
    assert "指定整備元帳" in pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_cannot_begin_is_told_and_the_window_stays(
    preview: PreviewWindow, window: SampleWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    preview.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    preview.printer.setOutputFileName(str(tmp_path / "none" / "a.pdf"))
    preview.send()
    assert preview.told.text() == NOT_PRINTED
    assert preview.isVisible()
    preview.reject()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
