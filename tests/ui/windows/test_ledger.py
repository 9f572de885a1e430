"""Tests of 指定整備元帳, 紙の適合証の追加 and 交付実績報告書 on the glass, by keys alone, with the files read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop.screens.ledger.paper_screen import PaperScreen
from onestop.screens.ledger.report_screen import ReportScreen
from onestop.screens.places import ConformityPlace
from onestop.services.ledger.paper_form import PaperForm
from onestop.ui.question import QuestionDialog
from onestop.ui.windows.ledger import LedgerWindow
from onestop.ui.windows.paper import PaperWindow
from onestop.ui.windows.report import ReportWindow
from support.builders import a_conformity_certificate
from support.desks import DeskRoom, a_desk
from support.inspections import of_now
from support.qt import REAL, Stand, press, save_to, titles_of, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.screens import Stage

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
A_PAPER = PaperForm(
    certificate_number="12",
    chassis_number="ZN6-012345",
    inspection_date="11/20",
    issue_date="11/21",
    inspector="112345",
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        car = made.a_car()
        with made.database.write() as shelves:
            shelves.conformity.add(of_now(shelves, a_conformity_certificate(vehicle_id=car)))
            shelves.conformity.add(
                of_now(
                    shelves,
                    a_conformity_certificate(
                        vehicle_id=car, certificate_number="1112345679", application_kind="窓口申請", status="削除"
                    ),
                )
            )
        yield made


@pytest.fixture
def ledger(stand: Stand, at_desk: Stage) -> LedgerWindow:
    return stand(LedgerWindow(LedgerScreen(at_desk.surroundings)))


@pytest.fixture
def paper(stand: Stand, at_desk: Stage) -> PaperWindow:
    return stand(PaperWindow(PaperScreen(at_desk.surroundings)))


@pytest.fixture
def report(stand: Stand, at_desk: Stage) -> ReportWindow:
    return stand(ReportWindow(ReportScreen(at_desk.surroundings)))


# --- 指定整備元帳


def test_it_stands_with_this_months_rows(ledger: LedgerWindow) -> None:
    assert ledger.windowTitle() == "指定整備元帳"
    assert ledger.rows.hasFocus()
    assert ledger.totals.text() == "2件  OSS申請 1  窓口申請 0  中古新規 0  予備検査 0  限定 0  削除 1  (うち紙 0)"
    assert ledger.full.text().startswith("1112345678 (電子)")
    assert titles_of(ledger.rows) == [
        "管理番号",
        "交付番号",
        "交付年月日",
        "検査年月日",
        "申請種別",
        "登録番号",
        "車台番号",
        "車名",
        "型式",
        "原動機\n型式",
        "依頼者",
        "検査員",
        "自賠責番号・期間",
        "ステータス",
        "有効期限",
    ]


def test_conditions_by_keys_and_enter_lead_to_f7(ledger: LedgerWindow) -> None:
    press(ledger.rows, Key.Key_K, ALT)
    press(ledger.focusWidget(), Key.Key_3)
    assert ledger.application_kind.value() == "窓口申請"
    press(ledger.focusWidget(), Key.Key_Return)
    assert ledger.status_choice.input.hasFocus()
    press(ledger.focusWidget(), Key.Key_Return)
    assert ledger.bar.buttons["F7"].hasFocus()
    press(ledger.focusWidget(), Key.Key_Return)
    assert ledger.rows.hasFocus()
    assert ledger.totals.text().startswith("1件")
    press(ledger.focusWidget(), Key.Key_C, ALT)
    assert ledger.application_kind.value() == ""


def test_enter_on_a_row_opens_it(ledger: LedgerWindow, at_desk: Stage) -> None:
    press(ledger.rows, Key.Key_Down)
    press(ledger.rows, Key.Key_Return)
    assert at_desk.navigator.went == [ConformityPlace(1, 2)]


def test_f6_saves_a_workbook_and_alt_o_opens_its_folder(
    ledger: LedgerWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press(ledger.rows, Key.Key_F11)
    assert save_to(qtbot, tmp_path / "元帳.xlsx") == "指定整備元帳_20261101_20261124.xlsx"
    qtbot.waitUntil(lambda: "保存しました: 元帳.xlsx" in ledger.strip.text.text())
    rows = list(openpyxl.load_workbook(tmp_path / "元帳.xlsx").active.values)
    assert [row[1] for row in rows[:3]] == ["交付番号", "1112345678", "1112345679"]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is ledger)
    press(ledger.focusWidget(), Key.Key_O, ALT)
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_f8_writes_in_the_encoding_that_was_chosen_by_alt_v(ledger: LedgerWindow, qtbot: QtBot, tmp_path: Path) -> None:
    press(ledger.rows, Key.Key_V, ALT)
    press(ledger.focusWidget(), Key.Key_2)
    press(ledger.focusWidget(), Key.Key_B, Qt.KeyboardModifier.AltModifier)
    save_to(qtbot, tmp_path / "a.csv")
    qtbot.waitUntil(lambda: "保存しました" in ledger.strip.text.text())
    assert "見本太郎" in (tmp_path / "a.csv").read_text(encoding="cp932")


def test_a_dialog_that_was_given_up_writes_nothing(ledger: LedgerWindow, qtbot: QtBot) -> None:
    press(ledger.rows, Key.Key_F8)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    press(QApplication.activeWindow(), Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is ledger)
    assert ledger.strip.text.text() == ""


# --- 紙の適合証の追加


def test_a_paper_is_typed_from_the_first_field_to_f9(paper: PaperWindow, at_desk: Stage) -> None:
    assert paper.windowTitle() == "紙の適合証の追加"
    for text in ("12", None, "zn6-012345", None, None, None, "112345", None):
        if text is not None:
            write(paper.focusWidget(), text)
        press(paper.focusWidget(), Key.Key_Return)
    press(paper.focusWidget(), Key.Key_Return)
    press(paper.focusWidget(), Key.Key_Return)
    assert paper.bar.buttons["F10"].hasFocus()
    press(paper.focusWidget(), Key.Key_Return)
    assert "元帳に追加しました" in paper.strip.text.text()
    assert paper.fields[0].input.hasFocus()  # type: ignore[attr-defined]  # a CodeField
    assert len(at_desk.navigator.changes) == 1
    press(paper.focusWidget(), Key.Key_F12)
    assert not paper.isVisible()


def test_what_is_wrong_stands_under_its_field(paper: PaperWindow) -> None:
    press(paper.focusWidget(), Key.Key_F10)
    assert paper.fields[0].problem == "交付番号を20文字までで入力してください。"
    assert paper.fields[6].problem == "検査員の番号か名前を入力してください。"


def test_one_on_paper_is_corrected_and_voided_by_keys(
    on_glass: Callable[[QWidget], None], room: DeskRoom, at_desk: Stage, theme: Theme, qtbot: QtBot
) -> None:
    number = room.desk.paper_book.add(A_PAPER)
    window = PaperWindow(PaperScreen(at_desk.surroundings, number))
    window.furnish(theme, REAL)
    on_glass(window)
    assert window.windowTitle() == "紙の適合証の修正"
    assert window.copy_again.isVisible()
    assert window.voided.locked
    press(window.focusWidget(), Key.Key_N, ALT)
    press(window.focusWidget(), Key.Key_A, CONTROL)
    write(window.focusWidget(), "13")
    press(window.focusWidget(), Key.Key_F10)
    assert "保存しました" in window.strip.text.text()
    press(window.focusWidget(), Key.Key_R, ALT)
    write(window.focusWidget(), "印字ずれ")
    press(window.focusWidget(), Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuestionDialog))
    assert "交付番号 13 を書損にします" in QApplication.activeWindow().text.text()  # type: ignore[union-attr]
    press(QApplication.focusWidget(), Key.Key_Tab)
    press(QApplication.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: "書損にしました" in window.strip.text.text())
    assert window.voided.value()
    assert room.desk.paper_book.open(number).form.reason == "印字ずれ"


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("correcting", [False, True])
def test_everything_of_a_paper_fits(  # noqa: PLR0913, PLR0917 - fixtures and two axes
    on_glass: Callable[[QWidget], None],
    room: DeskRoom,
    at_desk: Stage,
    theme: Theme,
    qtbot: QtBot,
    correcting: bool,  # noqa: FBT001 - an axis
    percent: int,
) -> None:
    window = PaperWindow(PaperScreen(at_desk.surroundings, room.desk.paper_book.add(A_PAPER) if correcting else None))
    window.furnish(theme, REAL)
    on_glass(window)
    while theme.percent < percent:
        theme.larger()
    shown = [field for field in window.fields if field.isVisible()]
    assert len(shown) == len(window.fields) - (not correcting)
    qtbot.waitUntil(lambda: window.told.height() >= window.told.heightForWidth(window.told.width()))
    qtbot.waitUntil(lambda: all(field.height() >= field.minimumSizeHint().height() for field in shown))
    assert window.size() == QSize(1280, 720)


# --- 交付実績報告書


def test_the_report_stands_with_this_month_and_another_is_chosen_by_keys(report: ReportWindow) -> None:
    assert report.windowTitle() == "交付実績報告書"
    assert report.month.input.hasFocus()
    assert report.month.input.currentText() == "令和8年11月 2026/11"
    assert report.summary.text() == "交付 1件(前月比 +1)   削除 1件"
    assert report.voided.model().rowCount() == 1
    press(report.focusWidget(), Key.Key_Down)
    assert report.summary.text().startswith("交付 0件")


def test_f9_saves_the_report(report: ReportWindow, qtbot: QtBot, tmp_path: Path) -> None:
    press(report.focusWidget(), Key.Key_F8)
    assert save_to(qtbot, tmp_path / "a.pdf") == "交付実績報告書_202611.pdf"
    qtbot.waitUntil(lambda: "保存しました" in report.strip.text.text())
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
