"""A sentence that answers a key stays until the next key, in every screen, whatever is read again meanwhile."""

from __future__ import annotations

from contextlib import ExitStack
from copy import copy
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop.errors import StoreError
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
from onestop.screens.ports import Message, Tone
from onestop.screens.preview_screen import PreviewScreen
from onestop.screens.rates.screen import RatesScreen
from onestop.screens.settings.screen import SettingsScreen
from onestop.screens.vehicle.changes_screen import ChangesScreen
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.screens.vehicle.scan_screen import ScanScreen
from onestop.screens.vehicle.screen import VehicleScreen
from onestop.screens.vehicle.sources_screen import SourcesScreen
from onestop_sandbox import REAL
from support.clock import FixedClock
from support.conformity import put_shop
from support.desks import a_desk, a_sandbox
from support.papers import RecordingPress, mark_sheets
from support.recovering import a_recovery_screen, a_server_door_screen
from support.screens import InlineBackground, RecordingNavigator, Stage, said
from support.tables import tables_of, window_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.screens.screen import Screen, Surroundings
    from onestop.services.settings.form import PrintOffset
    from support.desks import DeskRoom


def _keep(_title: str, _offset: PrintOffset) -> None:
    """Keep no place on the paper."""


MAKERS: Final[dict[str, Callable[[Surroundings, Path], Screen]]] = {
    "LOOKUP": lambda around, _folder: LookupScreen(around),
    "VEHICLE": lambda around, _folder: VehicleScreen(around, 1),
    "SOURCES": lambda around, _folder: SourcesScreen(around, 1),
    "SCAN": lambda around, _folder: ScanScreen(around),
    "IMPORT": lambda around, folder: ImportScreen(around, (folder / "none.json",)),
    "MAIN": lambda around, _folder: MainScreen(around, 1),
    "RELAY": lambda around, _folder: RelayScreen(around, 1),
    "CHECKLIST": lambda around, _folder: ChecklistScreen(around, 1),
    "HISTORY": lambda around, _folder: HistoryScreen(around, 1),
    "COMPARE": lambda around, _folder: CompareScreen(around, 1),
    "INSURANCE": lambda around, _folder: InsuranceScreen(around, 1),
    "CONFORMITY": lambda around, _folder: ConformityScreen(around, 1),
    "LEDGER": lambda around, _folder: LedgerScreen(around),
    "PAPER": lambda around, _folder: PaperScreen(around),
    "WORK_SUMMARY": lambda around, _folder: WorkSummaryScreen(around, 1),
    "REPORT": lambda around, _folder: ReportScreen(around),
    "ISSUE": lambda around, _folder: IssueScreen(around, None, 1),
    "FILING_LIST": lambda around, _folder: FilingListScreen(around),
    "PAYMENTS": lambda around, _folder: PaymentListScreen(around),
    "RECONCILING": lambda around, _folder: ReconcilingScreen(around),
    "BATCH": lambda around, _folder: BatchScreen(around, (1,)),
    "SETTINGS": lambda around, _folder: SettingsScreen(around),
    "RECOVERY": lambda around, _folder: a_recovery_screen(around),
    "CHANGES": lambda around, _folder: ChangesScreen(around, 1),
    "OPERATORS": lambda around, _folder: OperatorsScreen(around),
    "SIGN_IN": lambda around, _folder: SignInScreen(around),
    "SERVER_DOOR": lambda around, _folder: a_server_door_screen(around),
    "RATES": lambda around, _folder: RatesScreen(around),
    "HELP": lambda around, _folder: HelpScreen(around),
    "PREVIEW": lambda around, _folder: PreviewScreen(around, mark_sheets(), RecordingPress(), _keep),
}
"""Every screen; a table of panels or buttons belongs to the screen of its window."""


class Echo(RecordingNavigator):
    """Tells what was changed to the very screen that said so, too, as the windows do."""

    screen: Screen

    def changed(
        self, *, vehicle_id: int | None = None, control_number: int | None = None, but: Screen | None = None
    ) -> None:
        super().changed(vehicle_id=vehicle_id, control_number=control_number, but=but)
        if but is not self.screen:
            self.screen.reload(vehicle_id=vehicle_id, control_number=control_number)


class Seat:
    """A clerk before one screen, with the answers that stood in its strip since the last key."""

    def __init__(self, room: DeskRoom, folder: Path, name: str) -> None:
        self.room = room
        self.navigator = Echo()
        self.background = InlineBackground(held=True)
        self.stage = Stage(desk=lambda: room.desk, background=self.background, navigator=self.navigator)
        self.answers: list[Message] = []
        window = window_of(name)
        self.screen = self.navigator.screen = MAKERS[window](self.stage.surroundings, folder)
        self.stage.open(self.screen)
        self.background.work_all()
        self.screen.quiet()
        self.stage.view.refreshed = self._look

    def _look(self) -> None:
        message = self.screen.message
        if message is not None and message not in self.answers:
            self.answers.append(message)

    def press(self, name: str, key: str) -> None:
        why_not = self.stage.press(key_tables()[name], key, self.screen)  # type: ignore[arg-type]  # the table of the screen
        if why_not is not None:
            self.screen.say(why_not, Tone.WARNING)
        self.background.work_all()

    @property
    def state(self) -> dict[str, object]:
        """What the screen is now, with what was asked of its view and how many works it had done."""
        asked: dict[str, object] = {name: copy(value) for name, value in vars(self.stage.view).items()}
        for unasked in ("refreshes", "refreshed"):
            del asked[unasked]
        return {**vars(self.screen), "asked": asked, "works": self.background.jobs}

    def let_the_world_change(self) -> None:
        """Change the car and its filing elsewhere, and tell this screen as the windows do."""
        with self.room.database.write() as shelves:
            shelves.vehicles.get(1).expiry_date = None
            shelves.filings.delete(1)
        for change in ({"vehicle_id": 1}, {"control_number": 1}, {}):
            self.screen.reload(**change)
        self.screen.idle()
        self.background.work_all()


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[[str], Seat]]:
    """Return what lets a clerk sit down before a screen, each at a desk of her own."""
    numbers = count()
    with ExitStack() as stack:

        def down(name: str) -> Seat:
            folder, clock = tmp_path / f"desk{next(numbers)}", FixedClock()
            folder.mkdir()
            put_shop(folder, with_draft=True)
            sandbox = stack.enter_context(a_sandbox(clock, pace=REAL))
            return Seat(stack.enter_context(a_desk(folder, clock=clock, sandbox=sandbox)), folder, name)

        yield down


def test_every_table_has_its_screen() -> None:
    assert {window_of(name) for name in key_tables()} == MAKERS.keys()


@pytest.mark.parametrize("name", MAKERS)
def test_what_a_key_says_is_still_there_after_the_reading_that_follows(sit: Callable[[str], Seat], name: str) -> None:
    """A key that said and did nothing, but to open another window, leaves the clerk in her seat."""
    seat: Seat | None = None
    for table in tables_of(name):
        for row in key_tables()[table]:
            seat = seat or sit(name)
            before, ways = seat.state, len(seat.navigator.went)
            seat.press(table, row.key)
            last = seat.answers[-1].text if seat.answers else ""
            assert said(seat.screen) == last, (table, row.key)
            if not seat.answers and len(seat.navigator.went) > ways and seat.state == before:
                continue
            if not seat.stage.view.dismissed:
                seat.let_the_world_change()
                assert said(seat.screen).startswith(last), (table, row.key)
            seat = None


@pytest.mark.parametrize("name", MAKERS)
def test_a_trouble_with_reading_again_stands_behind_the_answer(sit: Callable[[str], Seat], name: str) -> None:
    seat = sit(name)
    seat.screen.say("答え")

    def broken() -> Any:  # noqa: ANN401 - never returns
        raise StoreError

    seat.screen.read_again(broken, lambda _nothing: None)
    seat.background.work_all()
    assert said(seat.screen).startswith("答え このパソコンのファイルの")
    seat.screen.key_pressed()
    seat.screen.read_again(broken, lambda _nothing: None)
    seat.background.work_all()
    assert said(seat.screen).startswith("このパソコンのファイルの読み書きに失敗しました。")


def test_a_note_stands_behind_the_answer_and_gives_way_to_the_next_note(sit: Callable[[str], Seat]) -> None:
    screen = sit("HELP").screen
    screen.note(Message("お知らせ"))
    screen.note(Message("次のお知らせ"))
    assert said(screen) == "次のお知らせ"
    screen.say("答え", Tone.WARNING)
    assert said(screen) == "答え"
    screen.note(Message("お知らせ"))
    screen.note(Message("次のお知らせ", Tone.ERROR))
    assert screen.message == Message("答え 次のお知らせ", Tone.ERROR)
    screen.note(Message("お知らせ"))
    assert screen.message == Message("答え お知らせ", Tone.WARNING)
    screen.note(None)
    assert said(screen) == "答え"
    screen.key_pressed()
    screen.note(None)
    assert screen.message is None
