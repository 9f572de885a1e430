"""Every window, made as the program makes it, and where in it the keys of each table work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtPrintSupport import QPrinter

from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.help.pages import key_tables
from onestop.screens.help.screen import HelpScreen
from onestop.screens.inspection.checklist_screen import ChecklistScreen
from onestop.screens.inspection.compare_screen import CompareScreen
from onestop.screens.inspection.history_screen import HistoryScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.relay_screen import RelayScreen
from onestop.screens.inspection.work_summary_screen import WorkSummaryScreen
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop.screens.ledger.paper_screen import PaperScreen
from onestop.screens.ledger.report_screen import ReportScreen
from onestop.screens.operators.screen import OperatorsScreen
from onestop.screens.operators.sign_in_screen import SignInScreen
from onestop.screens.payment.list_screen import PaymentListScreen
from onestop.screens.payment.reconciling_screen import ReconcilingScreen
from onestop.screens.preview_screen import PreviewScreen
from onestop.screens.rates.screen import RatesScreen
from onestop.screens.settings.screen import SettingsScreen
from onestop.screens.vehicle.changes_screen import ChangesScreen
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.screens.vehicle.scan_screen import ScanScreen
from onestop.screens.vehicle.screen import VehicleScreen
from onestop.screens.vehicle.sources_screen import SourcesScreen
from onestop.ui.windows.batch import BatchWindow
from onestop.ui.windows.changes import ChangesWindow
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
from onestop.ui.windows.operators import OperatorsWindow
from onestop.ui.windows.paper import PaperWindow
from onestop.ui.windows.payments import PaymentListWindow
from onestop.ui.windows.preview import PreviewWindow
from onestop.ui.windows.rates import RatesWindow
from onestop.ui.windows.reconciling import ReconcilingWindow
from onestop.ui.windows.recovery import RecoveryWindow
from onestop.ui.windows.relay import RelayWindow
from onestop.ui.windows.report import ReportWindow
from onestop.ui.windows.scan import ScanWindow
from onestop.ui.windows.server_door import ServerDoorWindow
from onestop.ui.windows.settings import SettingsWindow
from onestop.ui.windows.sign_in import SignInWindow
from onestop.ui.windows.vehicle import VehicleWindow
from onestop.ui.windows.vehicle_sources import SourcesWindow
from onestop.ui.windows.work_summary import WorkSummaryWindow
from support.papers import RecordingPress, mark_sheets
from support.recovering import a_recovery_screen, a_server_door_screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from onestop.screens.screen import Surroundings
    from onestop.ui.desk_window import DeskWindow


def _main(around: Surroundings, _folder: Path) -> MainWindow:
    return MainWindow(MainScreen(around, 1))


def _relay(around: Surroundings, _folder: Path) -> RelayWindow:
    return RelayWindow(RelayScreen(around, 1))


def _settings(around: Surroundings, _folder: Path) -> SettingsWindow:
    return SettingsWindow(SettingsScreen(around))


def _issue(around: Surroundings, _folder: Path) -> IssueWindow:
    return IssueWindow(IssueScreen(around, None, 1))


def _compare(around: Surroundings, _folder: Path) -> CompareWindow:
    return CompareWindow(CompareScreen(around, 1))


def _checklist(around: Surroundings, _folder: Path) -> ChecklistWindow:
    return ChecklistWindow(ChecklistScreen(around, 1))


def _insurance(around: Surroundings, _folder: Path) -> InsuranceWindow:
    return InsuranceWindow(InsuranceScreen(around, 1))


def _conformity(around: Surroundings, _folder: Path) -> ConformityWindow:
    return ConformityWindow(ConformityScreen(around, 1))


def _list(around: Surroundings, _folder: Path) -> FilingListWindow:
    return FilingListWindow(FilingListScreen(around))


def _ledger(around: Surroundings, _folder: Path) -> LedgerWindow:
    return LedgerWindow(LedgerScreen(around))


def _report(around: Surroundings, _folder: Path) -> ReportWindow:
    return ReportWindow(ReportScreen(around))


def _payments(around: Surroundings, _folder: Path) -> PaymentListWindow:
    return PaymentListWindow(PaymentListScreen(around))


def _reconciling(around: Surroundings, _folder: Path) -> ReconcilingWindow:
    return ReconcilingWindow(ReconcilingScreen(around))


def _preview(around: Surroundings, _folder: Path) -> PreviewWindow:
    screen = PreviewScreen(around, mark_sheets(), RecordingPress(), lambda _title, _offset: None)
    return PreviewWindow(screen, QPrinter())


MAKERS: Final[dict[str, Callable[[Surroundings, Path], DeskWindow[Any]]]] = {
    "LOOKUP": lambda around, _folder: LookupWindow(LookupScreen(around)),
    "VEHICLE": lambda around, _folder: VehicleWindow(VehicleScreen(around, 1)),
    "SOURCES": lambda around, _folder: SourcesWindow(SourcesScreen(around, 1)),
    "CHANGES": lambda around, _folder: ChangesWindow(ChangesScreen(around, 1)),
    "OPERATORS": lambda around, _folder: OperatorsWindow(OperatorsScreen(around)),
    "SIGN_IN": lambda around, _folder: SignInWindow(SignInScreen(around)),
    "IMPORT": lambda around, folder: ImportWindow(ImportScreen(around, (folder / "none.json",))),
    "SCAN": lambda around, _folder: ScanWindow(ScanScreen(around)),
    "MAIN": _main,
    "RELAY": _relay,
    "CHECKLIST": _checklist,
    "HISTORY": lambda around, _folder: HistoryWindow(HistoryScreen(around, 1)),
    "COMPARE": _compare,
    "INSURANCE": _insurance,
    "CONFORMITY": _conformity,
    "LEDGER": _ledger,
    "PAPER": lambda around, _folder: PaperWindow(PaperScreen(around)),
    "WORK_SUMMARY": lambda around, _folder: WorkSummaryWindow(WorkSummaryScreen(around, 1)),
    "REPORT": _report,
    "ISSUE": _issue,
    "FILING_LIST": _list,
    "PAYMENTS": _payments,
    "RECONCILING": _reconciling,
    "BATCH": lambda around, _folder: BatchWindow(BatchScreen(around, (1,))),
    "SETTINGS": _settings,
    "RECOVERY": lambda around, _folder: RecoveryWindow(a_recovery_screen(around)),
    "SERVER_DOOR": lambda around, _folder: ServerDoorWindow(a_server_door_screen(around)),
    "RATES": lambda around, _folder: RatesWindow(RatesScreen(around)),
    "PREVIEW": _preview,
    "HELP": lambda around, _folder: HelpWindow(HelpScreen(around)),
}
"""Every window by the name of the table of its function keys."""
PANELS: Final = {
    "INSURANCE_PANEL": "insurance",
    "CONFORMITY_PANEL": "conformity",
    "FILING_PANEL": "filing",
    "MAIN_ENTER": "insurance",
    "RELAY_INSURANCE": "insurance",
    "RELAY_CONFORMITY": "conformity",
    "RELAY_FILING": "filing",
}
"""What has the focus where the keys of these tables work."""
WINDOWS = [name for name, table in key_tables().items() if table[0].key == "F1"]


def go_to(window: DeskWindow[Any], table: str, first: QWidget | None) -> None:
    """Put the focus where the keys of a table of this window work: at `first`, unless they are those of a panel."""
    if table == "RESET_BUTTONS":
        window.screen_shown.open_reset()
    elif table in PANELS:
        getattr(window, PANELS[table]).setFocus()
    elif first is not None:
        first.setFocus()
