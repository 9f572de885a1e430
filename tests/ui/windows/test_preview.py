"""Tests of the preview before printing: what is painted is what the form says, moved by the offset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QGraphicsView

from onestop.documents.forms import fill_form
from onestop.documents.list_papers import IssuanceReportPaper, LedgerPaper
from onestop.documents.pdf import write_pdf
from onestop.screens.preview_screen import LOOKING, NOT_PRINTED, OFFICIAL, TRIED
from onestop.services.printing import Sheet
from onestop.services.settings.form import PrintOffset
from onestop.ui.painting import paint, prepare
from onestop.ui.windows.preview import PreviewWindow, SystemPress
from support.papers import MADE_AT, an_insurance_paper, an_official_mark_paper, mark_sheets
from support.qt import PRACTICE, SampleWindow, grow, hold, press, read, said
from support.screens import InlineBackground

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image
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


Kept = list[tuple[str, PrintOffset]]
COPY, FORM = "印刷プレビュー 保安基準適合標章（控）", "印刷プレビュー 保安基準適合標章 公式用紙"


@pytest.fixture
def kept() -> Kept:
    return []


def shown_over(window: SampleWindow, sheets: tuple[Sheet, ...], kept: Kept, qtbot: QtBot) -> PreviewWindow:
    """Let a window open the preview, and read it."""
    window.preview(sheets, lambda title, offset: kept.append((title, offset)))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, PreviewWindow)
    read(qtbot, shown)
    return shown


@pytest.fixture
def printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system have two printers."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A", "Office"])
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "Office")


@pytest.fixture
def preview(window: SampleWindow, document: LaidOut, kept: Kept, qtbot: QtBot, printers: None) -> PreviewWindow:  # noqa: ARG001 - the system has some
    return shown_over(window, (Sheet(document, PrintOffset(1.0, 0.0)),), kept, qtbot)


@pytest.fixture
def choosing(window: SampleWindow, kept: Kept, qtbot: QtBot, printers: None) -> PreviewWindow:  # noqa: ARG001 - the system has some
    return shown_over(window, mark_sheets(official=PrintOffset(2.0, 0.0)), kept, qtbot)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let every printer print into this file."""
    path = tmp_path / "printed.pdf"

    def into_file(printer: QPrinter, _name: str) -> None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))

    monkeypatch.setattr(QPrinter, "setPrinterName", into_file)
    return path


def text_of(path: Path) -> str:
    return pypdf.PdfReader(path).pages[0].extract_text()


@pytest.mark.usefixtures("printers")
def test_the_systems_own_printer_comes_first() -> None:
    assert SystemPress().printers() == ("Office", "A")


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_printers_name_makes_the_window_wider_than_the_screen(  # noqa: PLR0913, PLR0917 - fixtures and an axis
    window: SampleWindow, kept: Kept, qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch, percent: int
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["LBP6330 事務所 (1階 受付の横のプリンター)"])
    grow(theme, percent)
    shown = shown_over(window, mark_sheets(), kept, qtbot)
    assert shown.size() == window.size()
    for part in (shown.printers, shown.sheet, shown.trial, *shown.zooms, *shown.bar.buttons.values()):
        assert shown.rect().contains(part.rect().translated(part.mapTo(shown, QPoint())))
    shown.reject()


def test_the_preview_has_the_practice_frame_of_the_window_that_asked(
    window: SampleWindow, document: LaidOut, kept: Kept, qtbot: QtBot
) -> None:
    window.show_standing(PRACTICE)
    shown = shown_over(window, (Sheet(document, PrintOffset()),), kept, qtbot)
    assert shown.standing == PRACTICE
    frame = shown.grab().toImage().pixelColor(1, 1)
    assert frame == window.grab().toImage().pixelColor(1, 1)
    shown.reject()


@pytest.mark.usefixtures("printers")
def test_pages_stand_there_while_a_print_server_takes_its_time(window: SampleWindow, kept: Kept, qtbot: QtBot) -> None:
    slow = InlineBackground(held=True)
    window.screen_shown.background = slow
    shown = shown_over(window, mark_sheets(), kept, qtbot)
    assert (shown.told.text(), shown.bar.buttons["F9"].allowed) == (LOOKING, False)
    slow.work_next()
    assert (shown.told.text(), shown.bar.buttons["F9"].allowed) == ("1ページ", True)
    assert shown.printers.value() == "Office"
    shown.reject()


@pytest.mark.parametrize("key", [Key.Key_F12, Key.Key_Escape])
def test_a_changed_offset_is_kept_when_the_window_is_closed(
    preview: PreviewWindow, window: SampleWindow, kept: Kept, qtbot: QtBot, key: Qt.Key
) -> None:
    preview.down.setFocus()
    preview.down.input.setValue(-2.5)
    press(preview.focusWidget(), key)
    assert kept == [("指定整備元帳", PrintOffset(1.0, -2.5))]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def test_f9_prints_where_the_pages_were_moved_and_closes(
    preview: PreviewWindow, window: SampleWindow, paper: Path, qtbot: QtBot
) -> None:
    press(preview.focusWidget(), Key.Key_F9)
    assert "指定整備元帳" in text_of(paper)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


@pytest.mark.usefixtures("printers")
def test_f9_twice_spends_no_paper(window: SampleWindow, kept: Kept, qtbot: QtBot, paper: Path) -> None:
    window.preview(mark_sheets(), lambda title, offset: kept.append((title, offset)))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, PreviewWindow)
    press(shown.focusWidget(), Key.Key_F9)
    assert (paper.exists(), shown.isVisible()) == (False, True)
    shown.reject()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_cannot_begin_is_told_and_the_window_stays(
    preview: PreviewWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(printer: QPrinter, _name: str) -> None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "none" / "a.pdf"))

    monkeypatch.setattr(QPrinter, "setPrinterName", nowhere)
    press(preview.focusWidget(), Key.Key_F9)
    assert (said(preview), preview.isVisible()) == (NOT_PRINTED, True)
    preview.reject()


def test_what_has_one_sheet_offers_no_choice(preview: PreviewWindow) -> None:
    assert not preview.sheet.isVisible()
    assert not preview.trial.isVisible()
    assert preview.windowTitle() == "印刷プレビュー 指定整備元帳"
    preview.reject()


def test_keys_choose_the_official_form_and_come_back(choosing: PreviewWindow) -> None:
    assert choosing.windowTitle() == COPY
    press(choosing.focusWidget(), Key.Key_S, ALT)
    press(choosing.focusWidget(), Key.Key_2)
    assert choosing.windowTitle() == FORM
    assert (choosing.told.text(), choosing.right.value()) == (f"1ページ {OFFICIAL}", 2.0)
    assert choosing.trial.allowed
    press(choosing.focusWidget(), Key.Key_1)
    assert (choosing.windowTitle(), choosing.right.value()) == (COPY, 0.0)
    choosing.reject()


def test_a_trial_prints_frames_and_leaves_the_window_open(choosing: PreviewWindow, paper: Path) -> None:
    choosing.screen_shown.edit("sheet", "official")
    press(choosing.focusWidget(), Key.Key_T, ALT)
    assert said(choosing) == TRIED
    assert "有効期間" in text_of(paper)
    assert "ABC123" not in text_of(paper)
    choosing.reject()


def test_a_held_key_prints_nothing(choosing: PreviewWindow, paper: Path) -> None:
    choosing.screen_shown.edit("sheet", "official")
    hold(choosing.focusWidget(), Key.Key_T, "t", ALT)
    hold(choosing.focusWidget(), Key.Key_F9)
    assert (choosing.isVisible(), paper.exists()) == (True, False)
    choosing.reject()


def test_ctrl_and_signs_show_the_pages_larger_and_the_arrows_move_them(preview: PreviewWindow) -> None:
    view = preview.findChild(QGraphicsView, "pages")
    assert view is not None
    whole = preview.pages.zoomFactor()
    for _ in range(2):
        press(preview.focusWidget(), Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoomFactor() == pytest.approx(1.5)
    press(preview.focusWidget(), Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoomFactor() == pytest.approx(1.0)
    view.setFocus()
    before = view.verticalScrollBar().value()
    press(view, Key.Key_Down)
    assert view.verticalScrollBar().value() > before
    press(preview.focusWidget(), Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoomFactor() == pytest.approx(whole)
    preview.reject()


def test_enter_leads_through_the_fields_to_the_key_that_prints_and_presses_nothing(
    choosing: PreviewWindow, paper: Path
) -> None:
    for _ in range(6):
        press(choosing.focusWidget(), Key.Key_Return)
    assert choosing.focusWidget() is choosing.strip.hint
    assert not paper.exists()
    choosing.reject()
