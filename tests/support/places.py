"""Where the keys of each table work: every window, made as the program makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtPrintSupport import QPrinter

from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.help.screen import HelpScreen
from onestop.screens.inspection.checklist_screen import ChecklistScreen
from onestop.screens.inspection.compare_screen import CompareScreen
from onestop.screens.inspection.history_screen import HistoryScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.relay_screen import RelayScreen
from onestop.screens.inspection.work_summary_screen import WorkSummaryScreen
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.key_card import key_tables
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

    from onestop.screens.screen import Surroundings
    from onestop.ui.desk_window import DeskWindow


@dataclass(frozen=True, slots=True)
class Place:
    """Where the keys of one table work: how the window is made, and which panel has to be focused."""

    make: Callable[[Surroundings, Path], DeskWindow[Any]]
    panel: str = ""


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


PLACES = {
    "LOOKUP": Place(lambda around, _folder: LookupWindow(LookupScreen(around))),
    "LOOKUP_BUTTONS": Place(lambda around, _folder: LookupWindow(LookupScreen(around))),
    "LOOKUP_DAYS": Place(lambda around, _folder: LookupWindow(LookupScreen(around))),
    "VEHICLE": Place(lambda around, _folder: VehicleWindow(VehicleScreen(around, 1))),
    "VEHICLE_BUTTONS": Place(lambda around, _folder: VehicleWindow(VehicleScreen(around, 1))),
    "SOURCES": Place(lambda around, _folder: SourcesWindow(SourcesScreen(around, 1))),
    "SOURCES_BUTTONS": Place(lambda around, _folder: SourcesWindow(SourcesScreen(around, 1))),
    "CHANGES": Place(lambda around, _folder: ChangesWindow(ChangesScreen(around, 1))),
    "CHANGES_BUTTONS": Place(lambda around, _folder: ChangesWindow(ChangesScreen(around, 1))),
    "OPERATORS": Place(lambda around, _folder: OperatorsWindow(OperatorsScreen(around))),
    "OPERATORS_BUTTONS": Place(lambda around, _folder: OperatorsWindow(OperatorsScreen(around))),
    "SIGN_IN": Place(lambda around, _folder: SignInWindow(SignInScreen(around))),
    "IMPORT": Place(lambda around, folder: ImportWindow(ImportScreen(around, (folder / "none.json",)))),
    "IMPORT_BUTTONS": Place(lambda around, folder: ImportWindow(ImportScreen(around, (folder / "none.json",)))),
    "SCAN": Place(lambda around, _folder: ScanWindow(ScanScreen(around))),
    "SCAN_BUTTONS": Place(lambda around, _folder: ScanWindow(ScanScreen(around))),
    "MAIN": Place(_main),
    "MAIN_BUTTONS": Place(_main),
    "MAIN_DAYS": Place(_main),
    "INSURANCE_PANEL": Place(_main, "insurance"),
    "CONFORMITY_PANEL": Place(_main, "conformity"),
    "FILING_PANEL": Place(_main, "filing"),
    "MAIN_ENTER": Place(_main, "insurance"),
    "RELAY": Place(_relay),
    "RELAY_BUTTONS": Place(_relay),
    "RELAY_INSURANCE": Place(_relay, "insurance"),
    "RELAY_CONFORMITY": Place(_relay, "conformity"),
    "RELAY_FILING": Place(_relay, "filing"),
    "CHECKLIST": Place(_checklist),
    "CHECKLIST_BUTTONS": Place(_checklist),
    "HISTORY": Place(lambda around, _folder: HistoryWindow(HistoryScreen(around, 1))),
    "HISTORY_BUTTONS": Place(lambda around, _folder: HistoryWindow(HistoryScreen(around, 1))),
    "COMPARE": Place(_compare),
    "COMPARE_BUTTONS": Place(_compare),
    "INSURANCE": Place(_insurance),
    "INSURANCE_BUTTONS": Place(_insurance),
    "CONFORMITY": Place(_conformity),
    "CONFORMITY_BUTTONS": Place(_conformity),
    "LEDGER": Place(_ledger),
    "LEDGER_BUTTONS": Place(_ledger),
    "PAPER": Place(lambda around, _folder: PaperWindow(PaperScreen(around))),
    "WORK_SUMMARY": Place(lambda around, _folder: WorkSummaryWindow(WorkSummaryScreen(around, 1))),
    "REPORT": Place(_report),
    "REPORT_BUTTONS": Place(_report),
    "REPORT_YEAR": Place(_report),
    "ISSUE": Place(_issue),
    "ISSUE_BUTTONS": Place(_issue),
    "FILING_LIST": Place(_list),
    "FILING_LIST_BUTTONS": Place(_list),
    "PAYMENTS": Place(_payments),
    "PAYMENTS_BUTTONS": Place(_payments),
    "RECONCILING": Place(_reconciling),
    "RECONCILING_BUTTONS": Place(_reconciling),
    "BATCH": Place(lambda around, _folder: BatchWindow(BatchScreen(around, (1,)))),
    "BATCH_BUTTONS": Place(lambda around, _folder: BatchWindow(BatchScreen(around, (1,)))),
    "SETTINGS": Place(_settings),
    "SETTINGS_BUTTONS": Place(_settings),
    "RESET_BUTTONS": Place(_settings, "reset"),
    "RECOVERY": Place(lambda around, _folder: RecoveryWindow(a_recovery_screen(around))),
    "SERVER_DOOR": Place(lambda around, _folder: ServerDoorWindow(a_server_door_screen(around))),
    "RATES": Place(lambda around, _folder: RatesWindow(RatesScreen(around))),
    "RATES_BUTTONS": Place(lambda around, _folder: RatesWindow(RatesScreen(around))),
    "PREVIEW": Place(_preview),
    "PREVIEW_BUTTONS": Place(_preview),
    "HELP": Place(lambda around, _folder: HelpWindow(HelpScreen(around))),
    "HELP_BUTTONS": Place(lambda around, _folder: HelpWindow(HelpScreen(around))),
}
WINDOWS = [name for name, table in key_tables().items() if table[0].key == "F1"]
