"""Makes every window with its screen, knows which are open, and brings the clerk from one to the next."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from onestop.screens.ports import Others
from onestop.screens.screen import Pressed, Screen, Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.app.door import Door
    from onestop.clock import Clock
    from onestop.screens.desk.standing import Standing
    from onestop.screens.form_screen import FormScreen
    from onestop.ui.background import QtBackground
    from onestop.ui.desk_window import DeskWindow
    from onestop.ui.theme import Theme

ScreenT = TypeVar("ScreenT", bound=Screen)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every window is made with."""

    background: QtBackground
    theme: Theme
    door: Door
    clock: Clock


class Windows:
    """Implements ports.Navigator. Window modules are imported when first wanted: the start shows 照会 alone."""

    def __init__(self, furniture: Furniture, standing: Standing, reopen: Callable[[], None]) -> None:
        self._furniture = furniture
        self._standing = standing
        self._reopen = reopen
        self._open: dict[str, DeskWindow[Any]] = {}
        """By name, in the order in which they were last shown."""
        self._numbers = itertools.count(1)
        self._pressed = Pressed()
        self.over = False
        """From the moment when all were closed: whatever comes late, a window that is shown again would not let go."""

    # --- ports.Navigator

    def show_lookup(self) -> None:
        """照会."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.vehicle.lookup_screen import LookupScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.lookup import LookupWindow  # noqa: PLC0415 - the same

            return LookupWindow(LookupScreen(self._surroundings()))

        self._show("lookup", make)

    def show_vehicle(self, vehicle_id: int | None) -> None:
        """車両 新規 (None) or 修正."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.vehicle.screen import VehicleScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.vehicle import VehicleWindow  # noqa: PLC0415 - the same

            return VehicleWindow(VehicleScreen(self._surroundings(), vehicle_id))

        self._show(f"vehicle/{vehicle_id or 'new'}", make)

    def show_import(self, path: Path) -> None:
        """取込 of a 車検証 file."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.vehicle.import_screen import ImportScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.importing import ImportWindow  # noqa: PLC0415 - the same

            return ImportWindow(ImportScreen(self._surroundings(), path))

        self._show(f"import/{path}", make)

    def show_main(self, vehicle_id: int) -> None:
        """ワンストップサービス on a car: one window, whichever the car."""
        shown = self._open.get("main")
        if shown is not None and shown.screen_shown.vehicle_id != vehicle_id:
            shown.dismiss()

        def make() -> DeskWindow[Any]:
            from onestop.screens.inspection.main_screen import MainScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.main import MainWindow  # noqa: PLC0415 - the same

            return MainWindow(MainScreen(self._surroundings(), vehicle_id))

        self._show("main", make)

    def show_history(self, vehicle_id: int) -> None:
        """車検の履歴 of a car."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.inspection.history_screen import HistoryScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.history import HistoryWindow  # noqa: PLC0415 - the same

            return HistoryWindow(HistoryScreen(self._surroundings(), vehicle_id))

        self._show(f"history/{vehicle_id}", make)

    def show_issue(self, vehicle_id: int | None, control_number: int | None) -> None:
        """申請書発行: 新規 for a car, or 修正 of a filing."""
        from onestop.screens.filing.issue_screen import IssueScreen  # noqa: PLC0415 - when first wanted

        def make() -> DeskWindow[Any]:
            from onestop.ui.windows.issue import IssueWindow  # noqa: PLC0415 - when first wanted

            return IssueWindow(IssueScreen(self._surroundings(), vehicle_id, control_number))

        self._show_form("issue", IssueScreen, (vehicle_id, control_number), make)

    def show_conformity(self, vehicle_id: int, control_number: int | None) -> None:
        """適合証・証明証発行: this certificate, or the car's open one, or a new one."""
        from onestop.screens.conformity.screen import ConformityScreen  # noqa: PLC0415 - when first wanted

        def make() -> DeskWindow[Any]:
            from onestop.ui.windows.conformity import ConformityWindow  # noqa: PLC0415 - when first wanted

            return ConformityWindow(ConformityScreen(self._surroundings(), vehicle_id, control_number))

        self._show_form("conformity", ConformityScreen, (vehicle_id, control_number), make)

    def show_insurance(self, vehicle_id: int, control_number: int | None) -> None:
        """自賠責証明書発行: 新規 or the one under way for a car, or the one with this 管理番号."""
        from onestop.screens.insurance.screen import InsuranceScreen  # noqa: PLC0415 - when first wanted

        def make() -> DeskWindow[Any]:
            from onestop.ui.windows.insurance import InsuranceWindow  # noqa: PLC0415 - when first wanted

            return InsuranceWindow(InsuranceScreen(self._surroundings(), vehicle_id, control_number))

        self._show_form("insurance", InsuranceScreen, (vehicle_id, control_number), make)

    def show_ledger(self) -> None:
        """指定整備元帳."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.ledger.ledger_screen import LedgerScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.ledger import LedgerWindow  # noqa: PLC0415 - the same

            return LedgerWindow(LedgerScreen(self._surroundings()))

        self._show("ledger", make)

    def show_paper_certificate(self, control_number: int | None = None) -> None:
        """紙の適合証の追加 (None), or 修正 of the one with this 管理番号."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.ledger.paper_screen import PaperScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.paper import PaperWindow  # noqa: PLC0415 - the same

            return PaperWindow(PaperScreen(self._surroundings(), control_number))

        self._show(f"paper_certificate/{control_number or 'new'}", make)

    def show_work_summary(self, control_number: int) -> None:
        """点検・整備・検査の概要 of the 保適証 with this 管理番号."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.inspection.work_summary_screen import WorkSummaryScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.work_summary import WorkSummaryWindow  # noqa: PLC0415 - the same

            return WorkSummaryWindow(WorkSummaryScreen(self._surroundings(), control_number))

        self._show(f"work_summary/{control_number}", make)

    def show_report(self) -> None:
        """交付実績報告書."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.ledger.report_screen import ReportScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.report import ReportWindow  # noqa: PLC0415 - the same

            return ReportWindow(ReportScreen(self._surroundings()))

        self._show("report", make)

    def show_compare(self, vehicle_id: int) -> None:
        """照合 of the papers of a car's 今回の車検."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.inspection.compare_screen import CompareScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.compare import CompareWindow  # noqa: PLC0415 - the same

            return CompareWindow(CompareScreen(self._surroundings(), vehicle_id))

        self._show(f"compare/{vehicle_id}", make)

    def show_filing_list(self) -> None:
        """申請書一覧."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.filing.list_screen import FilingListScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.filing_list import FilingListWindow  # noqa: PLC0415 - the same

            return FilingListWindow(FilingListScreen(self._surroundings()))

        self._show("filing_list", make)

    def show_batch(self, control_numbers: tuple[int, ...]) -> None:
        """一括申請: the review of these filings; one window, whichever the filings."""
        shown = self._open.get("batch")
        if shown is not None:
            shown.screen_shown.show_filings(control_numbers)

        def make() -> DeskWindow[Any]:
            from onestop.screens.filing.batch_screen import BatchScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.batch import BatchWindow  # noqa: PLC0415 - the same

            return BatchWindow(BatchScreen(self._surroundings(), control_numbers))

        self._show("batch", make)

    def show_settings(self) -> None:
        """設定."""

        def make() -> DeskWindow[Any]:
            from onestop.screens.settings.screen import SettingsScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.settings import SettingsWindow  # noqa: PLC0415 - the same

            return SettingsWindow(SettingsScreen(self._surroundings()))

        self._show("settings", make)

    def show_help(self, page: str, whole: tuple[str, ...] = ()) -> None:
        """ヘルプ, opened at the page of a window, or before it the whole of texts that are cut there."""
        shown = self._open.get("help")
        if shown is not None:
            shown.dismiss()

        def make() -> DeskWindow[Any]:
            from onestop.screens.help.screen import HelpScreen  # noqa: PLC0415 - when first wanted
            from onestop.ui.windows.help import HelpWindow  # noqa: PLC0415 - the same

            return HelpWindow(HelpScreen(self._surroundings(), page, whole=whole))

        self._show("help", make)

    def others(self, asking: Screen) -> Others:
        """Tell what would be lost if all windows were closed, but for the one that asks."""
        windows = [window for window in self._open.values() if window.screen_shown is not asking]
        return Others(
            unsaved=tuple(window.windowTitle() for window in windows if window.screen_shown.changed),
            sending=tuple(window.windowTitle() for window in windows if window.screen_shown.sending),
        )

    def end(self) -> None:
        """Close every window, and so the program."""
        self.dismiss_all()

    def reopen(self) -> None:
        """Open the desk again, after the connection was changed in 設定."""
        self._reopen()

    def changed(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Tell every open window what was changed, so that it reads it again."""
        for window in [*self._open.values()]:
            window.screen_shown.reload(vehicle_id=vehicle_id, control_number=control_number)

    def registered(self, vehicle_id: int, lacks: str = "") -> None:
        """Tell every open window of a car that the clerk has just put in; 照会 turns to it, and says what it lacks."""
        self.changed(vehicle_id=vehicle_id)
        for window in [*self._open.values()]:
            window.screen_shown.turn_to_car(vehicle_id, lacks)

    # --- what the running program calls

    def stand(self, standing: Standing) -> None:
        """Show in every window where the desk stands with the world."""
        self._standing = standing
        for window in self._open.values():
            window.show_standing(standing)

    def first(self) -> DeskWindow[Any]:
        """照会, which is always there while the program runs."""
        if "lookup" not in self._open:
            self.show_lookup()
        return self._open["lookup"]

    def last(self) -> DeskWindow[Any]:
        """Return the window that was shown last."""
        return next(reversed(self._open.values()))

    def last_if_any(self) -> DeskWindow[Any] | None:
        """Return the window that was shown last, or None when all were closed."""
        return None if self.over else self.last()

    def dismiss_all_but_first(self) -> None:
        """Close every window but 照会, without asking; what is being typed is written down."""
        for name, window in [*self._open.items()]:
            if name != "lookup":
                _close(window)

    def keep_typing(self) -> None:
        """Write down what is being typed in any window."""
        for window in [*self._open.values()]:
            window.settle()
            window.screen_shown.keep_typing()

    def dismiss_all(self) -> None:
        """Close every window for good, without asking; what is being typed is written down."""
        self.over = True
        for window in [*self._open.values()]:
            _close(window)

    # --- inside

    def _surroundings(self) -> Surroundings:
        furniture = self._furniture
        return Surroundings(furniture.background.facet(), self, furniture.door.desk, furniture.clock, self._pressed)

    def _show(self, name: str, make: Callable[[], DeskWindow[Any]]) -> None:
        window = self._open.pop(name, None)
        if window is None:
            window = make()
            window.furnish(self._furniture.theme, self._standing)
            window.finished.connect(lambda _result: self._closed(name))
        self._open[name] = window
        window.come_forward()

    def _show_form(
        self,
        kind: str,
        screen: type[FormScreen[Any, Any, Any]],
        record: tuple[int | None, int | None],
        make: Callable[[], DeskWindow[Any]],
    ) -> None:
        """Show a record, by the id of its car and its 管理番号, in the one window that it has."""

        def stands(shown: object) -> bool:
            return isinstance(shown, screen) and shown.stands_for(*record)

        open_one = next((name for name, each in self._open.items() if stands(each.screen_shown)), None)
        self._show(open_one or f"{kind}/{next(self._numbers)}", make)

    def _closed(self, name: str) -> None:
        self._open.pop(name, None)
        if self._open:
            self.last().come_forward()


def _close(window: DeskWindow[Any]) -> None:
    window.screen_shown.keep_typing()
    window.dismiss()
