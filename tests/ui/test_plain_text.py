"""Whatever stands in a record is shown letter by letter: what looks like HTML is never taken for it.

A tooltip that rendered it would open the file of a picture; on Windows, one on another machine, which then is sent
the clerk's password hash.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QToolTip, QWidget
from sqlalchemy import String, inspect

import onestop.ui
from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.filing import Filing
from onestop.model.vehicle import Vehicle
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.help.screen import HelpScreen
from onestop.screens.inspection.checklist_screen import ChecklistScreen
from onestop.screens.inspection.compare_screen import CompareScreen
from onestop.screens.inspection.history_screen import HistoryScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.work_summary_screen import WorkSummaryScreen
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.screens.vehicle.scan_screen import ScanScreen
from onestop.screens.vehicle.screen import VehicleScreen
from onestop.screens.vehicle.sources_screen import SourcesScreen
from onestop.ui.labels import plain_tip
from onestop.ui.windows.batch import BatchWindow
from onestop.ui.windows.checklist import ChecklistWindow
from onestop.ui.windows.compare import CompareWindow
from onestop.ui.windows.conformity import ConformityWindow
from onestop.ui.windows.filing_list import FilingListWindow
from onestop.ui.windows.help import HelpWindow
from onestop.ui.windows.history import HistoryWindow
from onestop.ui.windows.importing import ImportWindow
from onestop.ui.windows.insurance import InsuranceWindow
from onestop.ui.windows.issue import IssueWindow
from onestop.ui.windows.ledger import LedgerWindow
from onestop.ui.windows.lookup import LookupWindow
from onestop.ui.windows.main import MainWindow
from onestop.ui.windows.scan import ScanWindow
from onestop.ui.windows.vehicle import VehicleWindow
from onestop.ui.windows.vehicle_sources import SourcesWindow
from onestop.ui.windows.work_summary import WorkSummaryWindow
from support.comparison import put_papers
from support.desks import DeskRoom, a_desk
from support.qt import SampleWindow, asked
from support.shaken import REGISTERED, as_json, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop.screens.screen import Surroundings
    from onestop.ui.desk_window import DeskWindow
    from support.qt import Stand
    from support.screens import Stage

MARKUP = '<img src="file:///planted.png"> <b>太郎</b>'
DECIDES = {
    "area",
    "class_number",
    "kana",
    "serial",
    "first_registration",
    "tax_rate",
    "request_key",
    "sent_to",
    "payload",
}
"""Texts that no clerk writes freely; what they say decides what the program does."""


def marked(kind: type[Any]) -> dict[str, str]:
    """Return markup for every free text of a record, each told apart by its end."""
    names = [each.key for each in inspect(kind).column_attrs if isinstance(each.columns[0].type, String)]
    free = [name for name in names if name not in DECIDES and not name.endswith(("_key", "_tail"))]
    return {name: f"{MARKUP}{name}" for name in free}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        car = made.a_car(**marked(Vehicle), plate="土浦300さ1234")
        policy, filing = marked(InsuranceCertificate), marked(Filing)
        put_papers(made, car, policy, marked(ConformityCertificate) | {"certificate_number": "<b>1"}, filing)
        yield made


def _file(folder: Path) -> Path:
    values = {key: f"{MARKUP}{key}" if "Name" in key or "Address" in key else value for key, value in VALUES.items()}
    path = folder / f"{re.sub('[^a-z]', '', MARKUP)}.json"
    path.write_bytes(as_json({**values, "CarName": MARKUP, MARKUP: MARKUP}))
    return path


VALUES = values_of(REGISTERED)
WINDOWS: dict[str, Callable[[Surroundings, Path], DeskWindow[Any]]] = {
    "照会": lambda around, _folder: LookupWindow(LookupScreen(around)),
    "ワンストップサービス": lambda around, _folder: MainWindow(MainScreen(around, 1)),
    "車両": lambda around, _folder: VehicleWindow(VehicleScreen(around, 1)),
    "値の出所": lambda around, _folder: SourcesWindow(SourcesScreen(around, 1)),
    "QR読取": lambda around, _folder: ScanWindow(ScanScreen(around)),
    "取込": lambda around, folder: ImportWindow(ImportScreen(around, (_file(folder),))),
    "自賠責証明書発行": lambda around, _folder: InsuranceWindow(InsuranceScreen(around, 1)),
    "適合証・証明証発行": lambda around, _folder: ConformityWindow(ConformityScreen(around, 1)),
    "点検・整備・検査の概要": lambda around, _folder: WorkSummaryWindow(WorkSummaryScreen(around, 1)),
    "指定整備元帳": lambda around, _folder: LedgerWindow(LedgerScreen(around)),
    "申請書発行": lambda around, _folder: IssueWindow(IssueScreen(around, 1, 1)),
    "申請書一覧": lambda around, _folder: FilingListWindow(FilingListScreen(around)),
    "一括申請": lambda around, _folder: BatchWindow(BatchScreen(around, (1,))),
    "照合": lambda around, _folder: CompareWindow(CompareScreen(around, 1)),
    "確認票": lambda around, _folder: ChecklistWindow(ChecklistScreen(around, 1)),
    "車検の履歴": lambda around, _folder: HistoryWindow(HistoryScreen(around, 1)),
}


@pytest.mark.parametrize("name", WINDOWS, ids=range(len(WINDOWS)))
def test_no_window_takes_a_text_for_html(stand: Stand, at_desk: Stage, tmp_path: Path, name: str) -> None:
    window = stand(WINDOWS[name](at_desk.surroundings, tmp_path))
    window.screen_shown.say(MARKUP, Tone.WARNING)
    QApplication.processEvents()
    assert [each.text() for each in window.findChildren(QLabel) if is_rendered(each)] == []
    tips = [*hovered(window)]
    assert [tip for tip in tips if has_picture(tip)] == []
    assert any("<img" in shown for shown in (*map(plain_words, tips), *words_of(window))), "the markup is nowhere"


def test_a_list_answers_markup_letter_by_letter_when_it_is_hovered(stand: Stand, at_desk: Stage) -> None:
    window = stand(LookupWindow(LookupScreen(at_desk.surroundings)))
    QApplication.processEvents()
    shown = {plain_words(tip) for tip in hovered(window)}
    assert any(MARKUP in each for each in shown)


def test_a_question_is_plain(window: SampleWindow) -> None:
    window.ask(Question(MARKUP, MARKUP, (Choice(MARKUP, lambda: None, safe=True),)))
    dialog = asked()
    assert not is_rendered(dialog.text)
    assert dialog.text.text() == MARKUP
    dialog.reject()


def test_the_whole_of_a_service_s_text_is_plain(stand: Stand, at_desk: Stage) -> None:
    window = stand(HelpWindow(HelpScreen(at_desk.surroundings, whole=(MARKUP,))))
    assert MARKUP in window.page.toPlainText()


@pytest.mark.parametrize(
    "text", ["", "見本太郎", "a < b & c", "一行目\n二行目", MARKUP, "<b>", "&lt;img&gt;<i>", f"\n{MARKUP}"]
)
def test_a_tooltip_says_what_the_text_says(text: str) -> None:
    tip = plain_tip(text)
    assert not has_picture(tip)
    assert plain_words(tip).strip() == text.strip()


def test_nothing_on_the_glass_goes_round_the_plain_labels() -> None:
    """Each label, tooltip and message box is made where plain text is seen to: ui/labels.py and ui/question.py."""
    wrong = re.compile(
        r"setToolTip\((?!plain_tip\()|\bQLabel\(|QMessageBox|QToolTip|QErrorMessage|setWhatsThis|setStatusTip"
        r"|setHtml|RichText|ToolTipRole:\n(?!\s+return plain_tip\()"
    )
    sources = sorted(Path(onestop.ui.__file__).parent.rglob("*.py"))
    assert sources
    assert [(path.name, found.group()) for path in sources for found in wrong.finditer(path.read_text("utf-8"))] == []


# --- looking and hovering


def hovered(window: QWidget) -> Iterator[str]:
    """Hover everything that is to be seen, every cell of every table too, and return each tooltip that shows."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            yield from hovered_at(widget, widget.rect().center())
            if isinstance(widget, QTableView):
                yield from _cells(widget)


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            rect = table.visualRect(model.index(row, column))
            yield from hovered_at(table.viewport(), rect.center())


def hovered_at(widget: QWidget, place: QPoint) -> Iterator[str]:
    QToolTip.hideText()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
    if QToolTip.text():
        yield QToolTip.text()
    QToolTip.hideText()


def is_rendered(label: QLabel) -> bool:
    form = label.textFormat()
    return form != Qt.TextFormat.PlainText and (
        form != Qt.TextFormat.AutoText or RichText.mightBeRichText(label.text())
    )


def plain_words(tip: str) -> str:
    """Return what a tooltip shows to whoever hovers."""
    if not RichText.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText().replace("\xa0", " ")


def has_picture(tip: str) -> bool:
    return "\ufffc" in plain_words(tip)


def words_of(window: QWidget) -> Iterator[str]:
    """Return what stands in the fields, labels and cells of a window."""
    for widget in window.findChildren(QWidget):
        text = getattr(widget, "toPlainText", getattr(widget, "text", str))
        yield str(text() if callable(text) else text)
        if isinstance(widget, QTableView):
            model = widget.model()
            cells = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
            yield from (str(model.index(*cell).data()) for cell in cells)
