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

from onestop.documents.forms import fill_form, try_form
from onestop.documents.papers import IssuanceReportPaper, LedgerPaper
from onestop.documents.pdf import write_pdf
from onestop.services.printing import Sheet
from onestop.services.settings.form import PrintOffset
from onestop.ui.painting import paint, prepare
from onestop.ui.windows.preview import (
    LOOKING,
    NO_PRINTER,
    NOT_PRINTED,
    OFFICIAL,
    TRIED,
    PreviewWindow,
    installed_printers,
    open_preview,
)
from support.papers import MADE_AT, a_mark_paper, an_insurance_paper, an_official_mark_paper
from support.qt import SampleWindow, grow, hold, press
from support.screens import InlineBackground

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
    paper = LedgerPaper(workshop_name="", period="2026/11/01 ～", conditions="", totals="0件", certificates=())
    return fill_form(paper, practice=False)


@pytest.fixture
def portrait() -> LaidOut:
    paper = IssuanceReportPaper(
        workshop_name="", month="令和8年11月", numbers="", totals="", counts=(), changes=(), voided=()
    )
    return fill_form(paper, practice=False)


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
    assert into_pdf(fill_form(an_insurance_paper(), practice=False), tmp_path / "a.pdf", PrintOffset())
    line = picture_of(tmp_path / "a.pdf").crop((250, 1470, 1850, 1490))  # above 保険期間 至; 控 crosses it
    shades = line.tobytes()
    assert max(min(shades[across :: line.width]) for across in range(line.width)) < 128


def test_an_offset_moves_everything_by_its_millimetres(portrait: LaidOut, tmp_path: Path) -> None:
    assert into_pdf(portrait, tmp_path / "a.pdf", PrintOffset())
    assert into_pdf(portrait, tmp_path / "b.pdf", PrintOffset(right_mm=5, down_mm=3))
    (left, top), (moved_left, moved_top) = topmost_ink(tmp_path / "a.pdf"), topmost_ink(tmp_path / "b.pdf")
    assert moved_left - left == pytest.approx(50, abs=2)
    assert moved_top - top == pytest.approx(30, abs=2)


def test_a_stamp_is_painted_where_the_pdf_has_it(tmp_path: Path) -> None:
    document = fill_form(an_official_mark_paper(), practice=True)
    assert into_pdf(document, tmp_path / "a.pdf", PrintOffset())
    write_pdf(tmp_path / "b.pdf", document, MADE_AT)
    painted, written = (stamp_box(tmp_path / name) for name in ("a.pdf", "b.pdf"))
    assert painted == pytest.approx(written, abs=10)
    assert painted[2] - painted[0] > 1000


def stamp_box(path: Path) -> tuple[int, int, int, int]:
    """Return where there is the grey of a stamp, in tenths of a millimetre."""
    box = picture_of(path).point(lambda level: 255 if 205 < level < 225 else 0).getbbox()
    assert box is not None
    return box


def test_every_page_is_painted(portrait: LaidOut, tmp_path: Path) -> None:
    twice = type(portrait)(portrait.title, portrait.pages * 2, (), ())
    assert into_pdf(twice, tmp_path / "a.pdf", PrintOffset())
    assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) == 2


@pytest.fixture
def kept() -> list[tuple[str, PrintOffset]]:
    return []


def noted(kept: list[tuple[str, PrintOffset]]) -> Callable[[str, PrintOffset], None]:
    """Return what hears an offset and its form."""
    return lambda title, offset: kept.append((title, offset))


def a_dialog(document: LaidOut, window: SampleWindow) -> PreviewWindow:
    """Return the preview of what has one sheet, when the printers are known."""
    dialog = PreviewWindow((Sheet(document, PrintOffset()),), lambda _title, _offset: None, window)
    dialog.offer(installed_printers())
    return dialog


@pytest.fixture
def preview(
    window: SampleWindow, document: LaidOut, kept: list[tuple[str, PrintOffset]], qtbot: QtBot
) -> PreviewWindow:
    window.preview((Sheet(document, PrintOffset(1.0, 0.0)),), noted(kept))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, PreviewWindow)
    return shown


def test_without_a_printer_the_way_to_a_pdf_stands_there(
    document: LaidOut, window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    dialog = a_dialog(document, window)
    assert dialog.told.text() == NO_PRINTER
    assert not dialog.print_button.isEnabled()
    dialog.deleteLater()


def test_what_became_too_small_to_read_is_named(
    document: LaidOut, window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A"])
    small = dataclasses.replace(document, missing=("𠮷",), tiny=("conditions", "依頼者"))
    dialog = a_dialog(small, window)
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
    dialog = a_dialog(document, window)
    on_glass(dialog)
    assert dialog.size() == window.size()
    assert dialog.printers.width() >= dialog.printers.minimumSizeHint().width()
    for button in (dialog.print_button, dialog.close_button):
        assert dialog.rect().contains(button.geometry())


def test_pages_stand_there_while_a_print_server_takes_its_time(
    sheets: tuple[Sheet, ...], window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A"])
    slow = InlineBackground(held=True)
    dialog = open_preview(sheets, lambda _title, _offset: None, window, slow)
    assert dialog.isVisible()
    assert dialog.told.text() == LOOKING
    assert not dialog.print_button.isEnabled()
    dialog.show_sheet(1)
    slow.work_next()
    assert dialog.printers.currentText() == "A"
    assert (dialog.told.text(), dialog.print_button.isEnabled()) == (f"1ページ {OFFICIAL}", True)
    assert dialog.trial_button.isEnabled()
    dialog.reject()


def test_a_preview_that_was_closed_hears_of_no_printers(
    sheets: tuple[Sheet, ...], window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A"])
    slow = InlineBackground(held=True)
    dialog = open_preview(sheets, lambda _title, _offset: None, window, slow)
    dialog.reject()
    slow.work_next()
    assert dialog.printers.count() == 0


def test_the_systems_own_printer_comes_first(
    document: LaidOut, window: SampleWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A", "Office"])
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "Office")
    dialog = a_dialog(document, window)
    assert [dialog.printers.itemText(place) for place in range(2)] == ["Office", "A"]
    assert (dialog.told.text(), dialog.print_button.isEnabled()) == ("1ページ", True)
    dialog.deleteLater()


def test_a_changed_offset_is_kept_when_f12_closes(
    preview: PreviewWindow, window: SampleWindow, kept: list[tuple[str, PrintOffset]], qtbot: QtBot
) -> None:
    assert preview.printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    preview.down.setValue(-2.5)
    press(preview.focusWidget(), Key.Key_F12)
    assert kept == [("指定整備元帳", PrintOffset(1.0, -2.5))]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def test_an_offset_that_stays_is_not_written_again(
    preview: PreviewWindow, window: SampleWindow, kept: list[tuple[str, PrintOffset]], qtbot: QtBot
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
    assert not preview.send(preview.document)
    assert preview.told.text() == NOT_PRINTED
    assert preview.isVisible()
    preview.reject()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


@pytest.fixture
def sheets() -> tuple[Sheet, ...]:
    copy, official = fill_form(a_mark_paper(), practice=False), fill_form(an_official_mark_paper(), practice=False)
    return Sheet(copy, PrintOffset()), Sheet(official, PrintOffset(2.0, 0.0), try_form(an_official_mark_paper()))


@pytest.fixture
def choosing(
    window: SampleWindow,
    sheets: tuple[Sheet, ...],
    kept: list[tuple[str, PrintOffset]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> PreviewWindow:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A"])
    window.preview(sheets, noted(kept))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, PreviewWindow)
    return shown


def test_what_has_one_sheet_offers_no_choice(preview: PreviewWindow) -> None:
    assert not any(part.isVisible() for part in (*preview.choices, preview.trial_button))
    press(preview.focusWidget(), Key.Key_2, ALT)
    assert preview.windowTitle() == "印刷プレビュー 指定整備元帳"
    preview.reject()


def test_the_copy_comes_first_and_keys_choose_the_official_form_and_come_back(choosing: PreviewWindow) -> None:
    assert choosing.windowTitle() == "印刷プレビュー 保安基準適合標章（控）"
    assert [choice.isChecked() for choice in choosing.choices] == [True, False]
    assert not choosing.trial_button.isEnabled()
    press(choosing.focusWidget(), Key.Key_2, ALT)
    assert choosing.windowTitle() == "印刷プレビュー 保安基準適合標章 公式用紙"
    assert [choice.isChecked() for choice in choosing.choices] == [False, True]
    assert (choosing.told.text(), choosing.right.value()) == (f"1ページ {OFFICIAL}", 2.0)
    assert choosing.trial_button.isEnabled()
    press(choosing.focusWidget(), Key.Key_1, ALT)
    assert (choosing.windowTitle()[-3:], choosing.right.value()) == ("（控）", 0.0)
    choosing.reject()


def test_each_sheet_keeps_an_offset_of_its_own(
    choosing: PreviewWindow, kept: list[tuple[str, PrintOffset]], window: SampleWindow, qtbot: QtBot
) -> None:
    choosing.down.setValue(1.5)
    press(choosing.focusWidget(), Key.Key_2, ALT)
    choosing.right.setValue(-3.0)
    press(choosing.focusWidget(), Key.Key_1, ALT)
    press(choosing.focusWidget(), Key.Key_F12)
    assert kept == [
        ("保安基準適合標章（控）", PrintOffset(0.0, 1.5)),
        ("保安基準適合標章 公式用紙", PrintOffset(-3.0, 0.0)),
    ]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def test_a_trial_prints_frames_and_leaves_the_window_open(
    choosing: PreviewWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing.printers, "currentText", lambda: "")  # the file, and no printer
    choosing.try_out()
    assert choosing.told.text() == "1ページ"  # the copy has none
    press(choosing.focusWidget(), Key.Key_2, ALT)
    choosing.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    choosing.printer.setOutputFileName(str(tmp_path / "a.pdf"))
    press(choosing.focusWidget(), Key.Key_T, ALT)
    assert choosing.told.text() == TRIED
    text = pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    assert "有効期間" in text
    assert "ABC123" not in text
    choosing.reject()


def test_a_held_key_prints_nothing(choosing: PreviewWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing.printers, "currentText", lambda: "")
    press(choosing.focusWidget(), Key.Key_2, ALT)
    hold(choosing.focusWidget(), Key.Key_T, "t", ALT)
    hold(choosing.focusWidget(), Key.Key_P, "p", ALT)
    assert choosing.isVisible()
    assert choosing.told.text() == f"1ページ {OFFICIAL}"
    choosing.reject()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_choice_of_a_sheet_fits_the_screen(  # noqa: PLR0913, PLR0917 - fixtures and an axis
    sheets: tuple[Sheet, ...],
    window: SampleWindow,
    on_glass: Callable[[QWidget], None],
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    percent: int,
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["LBP6330 事務所 (1階 受付の横のプリンター)"])
    grow(theme, percent)
    dialog = PreviewWindow(sheets, lambda _title, _offset: None, window)
    dialog.offer(installed_printers())
    on_glass(dialog)
    assert dialog.size() == window.size()
    for part in (*dialog.choices, dialog.trial_button):
        assert dialog.rect().contains(part.geometry())
