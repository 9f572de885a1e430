"""Every window of the program, a row each: how it is called, what it is made of, and which open one shows a place.

Modules of windows are imported when a place is first wanted: the start shows 照会 alone.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from onestop.screens import places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from onestop.screens.places import Place
    from onestop.screens.screen import Surroundings
    from onestop.ui.desk_window import DeskWindow

    Open = Mapping[str, DeskWindow[Any]]
    """The windows that stand open, by name."""
    Name = Callable[[str, Any, Open], str]
    """Returns the name of the window that shows a place; its kind comes first."""

LOOKUP: Final = "lookup"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of window. Its screen is made from the values of its place."""

    kind: str
    screen: str
    """The class of its screen, below onestop.screens."""
    window: str
    """The class of the window, below onestop.ui.windows."""
    name: Name

    def make(self, surroundings: Surroundings, place: Place) -> DeskWindow[Any]:
        """Return a new window on a place."""
        screen = _class("onestop.screens", self.screen)(surroundings, **vars(place))
        window: DeskWindow[Any] = _class("onestop.ui.windows", self.window)(screen)
        return window


def _class(package: str, path: str) -> Callable[..., Any]:
    module, name = path.rsplit(".", 1)
    made: Callable[..., Any] = getattr(import_module(f"{package}.{module}"), name)
    return made


def _one(kind: str, _place: Place, _shown: Open) -> str:
    """There is one, and it shows all there is."""
    return kind


def _each(kind: str, place: Place, _shown: Open) -> str:
    """Each record has one of its own; a new one that is not saved yet, too."""
    record, *_ = vars(place).values()
    return f"{kind}/{record or 'new'}"


def _vehicle(kind: str, place: places.VehiclePlace, shown: Open) -> str:
    """Each car has one of its own; that of a new one is handed what QR読取 tells."""
    name = _each(kind, place, shown)
    if name in shown and place.scanned is not None:
        shown[name].screen_shown.take_codes(place.scanned)
    return name


def _scan(kind: str, place: places.ScanPlace, shown: Open) -> str:
    """There is one, which is handed whatever was scanned since."""
    if kind in shown:
        shown[kind].screen_shown.take(place.scans, place.files)
    return kind


def _form(kind: str, place: places.RecordPlace, shown: Open) -> str:
    """Each record has one, by whichever of its car and its 管理番号 it was come to."""
    for name, window in shown.items():
        if name.startswith(f"{kind}/") and window.screen_shown.record.stands_for(place):
            return name
    return next(name for number in itertools.count(1) if (name := f"{kind}/{number}") not in shown)


def _car(kind: str, place: places.CarPlace, shown: Open) -> str:
    """There is one, whichever the car: another car takes the place of the first."""
    if kind in shown and shown[kind].screen_shown.vehicle_id != place.vehicle_id:
        shown[kind].dismiss()
    return kind


def _filings(kind: str, place: places.BatchPlace, shown: Open) -> str:
    """There is one, which is handed the filings that it shows from now on."""
    if kind in shown:
        shown[kind].screen_shown.show_filings(place.control_numbers)
    return kind


def _files(kind: str, place: places.ImportPlace, shown: Open) -> str:
    """There is one, which takes further files up behind those that it has."""
    if kind in shown:
        shown[kind].screen_shown.take_files(place.documents)
    return kind


def _filing_list(kind: str, place: places.FilingListPlace, shown: Open) -> str:
    """There is one, which turns to the filing that it was come from."""
    if kind in shown:
        shown[kind].screen_shown.turn_to(place.control_number)
    return kind


def _page(kind: str, _place: Place, shown: Open) -> str:
    """There is one, and each page opens it anew."""
    if kind in shown:
        shown[kind].dismiss()
    return kind


WINDOWS: Final[Mapping[type[Place], Kind]] = {
    places.LookupPlace: Kind(LOOKUP, "vehicle.lookup_screen.LookupScreen", "lookup.LookupWindow", _one),
    places.VehiclePlace: Kind("vehicle", "vehicle.screen.VehicleScreen", "vehicle.VehicleWindow", _vehicle),
    places.ImportPlace: Kind("import", "vehicle.import_screen.ImportScreen", "importing.ImportWindow", _files),
    places.ScanPlace: Kind("scan", "vehicle.scan_screen.ScanScreen", "scan.ScanWindow", _scan),
    places.SourcesPlace: Kind(
        "sources", "vehicle.sources_screen.SourcesScreen", "vehicle_sources.SourcesWindow", _each
    ),
    places.ChangesPlace: Kind("changes", "vehicle.changes_screen.ChangesScreen", "changes.ChangesWindow", _each),
    places.MainPlace: Kind("main", "inspection.main_screen.MainScreen", "main.MainWindow", _car),
    places.HistoryPlace: Kind("history", "inspection.history_screen.HistoryScreen", "history.HistoryWindow", _each),
    places.ComparePlace: Kind("compare", "inspection.compare_screen.CompareScreen", "compare.CompareWindow", _each),
    places.ChecklistPlace: Kind(
        "checklist", "inspection.checklist_screen.ChecklistScreen", "checklist.ChecklistWindow", _each
    ),
    places.RelayPlace: Kind("relay", "inspection.relay_screen.RelayScreen", "relay.RelayWindow", _each),
    places.IssuePlace: Kind("issue", "filing.issue_screen.IssueScreen", "issue.IssueWindow", _form),
    places.ConformityPlace: Kind(
        "conformity", "conformity.screen.ConformityScreen", "conformity.ConformityWindow", _form
    ),
    places.InsurancePlace: Kind("insurance", "insurance.screen.InsuranceScreen", "insurance.InsuranceWindow", _form),
    places.LedgerPlace: Kind("ledger", "ledger.ledger_screen.LedgerScreen", "ledger.LedgerWindow", _one),
    places.PaperPlace: Kind("paper_certificate", "ledger.paper_screen.PaperScreen", "paper.PaperWindow", _each),
    places.WorkSummaryPlace: Kind(
        "work_summary", "inspection.work_summary_screen.WorkSummaryScreen", "work_summary.WorkSummaryWindow", _each
    ),
    places.ReportPlace: Kind("report", "ledger.report_screen.ReportScreen", "report.ReportWindow", _one),
    places.FilingListPlace: Kind(
        "filing_list", "filing.list_screen.FilingListScreen", "filing_list.FilingListWindow", _filing_list
    ),
    places.BatchPlace: Kind("batch", "filing.batch_screen.BatchScreen", "batch.BatchWindow", _filings),
    places.PaymentListPlace: Kind(
        "payments", "payment.list_screen.PaymentListScreen", "payments.PaymentListWindow", _one
    ),
    places.ReconcilingPlace: Kind(
        "reconciling", "payment.reconciling_screen.ReconcilingScreen", "reconciling.ReconcilingWindow", _one
    ),
    places.SettingsPlace: Kind("settings", "settings.screen.SettingsScreen", "settings.SettingsWindow", _one),
    places.RatesPlace: Kind("rates", "rates.screen.RatesScreen", "rates.RatesWindow", _one),
    places.RecoveryPlace: Kind("recovery", "desk.recovery_screen.RecoveryScreen", "recovery.RecoveryWindow", _page),
    places.ServerDoorPlace: Kind(
        "server_door", "desk.server_door_screen.ServerDoorScreen", "server_door.ServerDoorWindow", _page
    ),
    places.OperatorsPlace: Kind("operators", "operators.screen.OperatorsScreen", "operators.OperatorsWindow", _one),
    places.SignInPlace: Kind("sign_in", "operators.sign_in_screen.SignInScreen", "sign_in.SignInWindow", _one),
    places.HelpPlace: Kind("help", "help.screen.HelpScreen", "help.HelpWindow", _page),
}
