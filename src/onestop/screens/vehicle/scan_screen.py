"""QR読取: the two-dimensional codes of a 車検証 as they are scanned, which are missing, and the car they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput
from onestop.screens.function_key import Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.live_task import LiveTask
from onestop.screens.places import ImportPlace, VehiclePlace
from onestop.screens.ports import Message, Tone
from onestop.screens.rows import Align, Column, RowLook
from onestop.screens.screen import Screen
from onestop.screens.vehicle.car_file import PICTURES, ask_for_car_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from threading import Event

    from onestop.documents.shaken_file import ShakenRecord
    from onestop.documents.shaken_qr_join import Lamp
    from onestop.errors import OneStopError
    from onestop.screens.screen import Surroundings
    from onestop.screens.work_progress import WorkProgress
    from onestop.services.desk import Desk
    from onestop.services.vehicle.importing import ImportPlan
    from onestop.services.vehicle.scanning import Scan, ScanState

LAMPS: Final = (Column("code", "コード", 30), Column("number", "シンボル", 10), Column("state", "状態", 14))
CARS: Final = (
    Column("plate", "登録番号", 20),
    Column("chassis", "車台番号", 24),
    Column("model", "型式", 18),
    Column("first", "初度登録年月", 14),
    Column("weight", "車両重量", 10, Align.RIGHT),
)
LIT, DARK = "✓ 読み取り済", "– まだ"
BEGIN: Final = (
    "車検証の二次元コードを、スキャナで1つずつ読み取ってください。順番は問いません。\n"
    "登録車は5つ(コード2が2つ、コード3が3つ)、軽自動車は2つ(K/2 と K/3)です。"
)
GOES_ON: Final = "まだのコードを読み取ってください。順番は問いません。"
COMPLETE: Final = "そろいました。Enter か F5 で車両へ進みます。"
MIXED: Final = (
    "2台以上のコードが混ざっているようです。コードだけでは、どれが同じ車のものか決められません。\n"
    "車検証と見比べて正しい行を選び、Enter を押すか、Alt+C で消して1台ずつ読み直してください。"
)
STILL_MIXED: Final = "2台以上のコードが混ざっているようです。Alt+C で消して、1台ずつ読み直してください。"
OLD_MINUTES: Final = 10
OLD: Final = "{minutes}分前までに読み取ったコードに加えました。別の車のときは、Alt+C で消して読み直してください。"
READING: Final = "画像を読み取っています"
STOPPING: Final = "画像の読み取りを中止しています。"
STOPPED: Final = "画像の読み取りを中止しました。読み取れたコードは残っています。"
AGAIN: Final = "このコードは、もう読み取ってあります。"
TAKEN: Final = "{count}つ読み取りました。"
MOST_NOTICES: Final = 4


class ScanScreen(Screen):
    """Nothing of it is stored as a car before 車両 or 取込 saves it; what was read survives a restart."""

    help_page = "qr"
    no_lamps = "まだ何も読み取っていません。"
    no_cars = "コードがそろうと、ここに車両が出ます。"

    def __init__(self, surroundings: Surroundings, scans: Sequence[Scan] = (), files: tuple[Path, ...] = ()) -> None:
        super().__init__(surroundings)
        self.state: ScanState | None = None
        self.chosen = 0
        self.lamps: ListedRows[Lamp] = ListedRows(LAMPS, RowLook(_lamp_texts, _lamp_tone))
        self.cars: ListedRows[ShakenRecord] = ListedRows(CARS, RowLook(_car_texts))
        self._first = (tuple(scans), files)
        self._coming = 0
        """How often something was scanned that has not been taken yet."""
        self._goes_on = False
        """F5 waits for it."""
        self.live: LiveTask[ScanState | str] = LiveTask(self, self._file_read)
        """The reading of pictures."""
        self._files: tuple[Path, ...] = ()
        """Those that are to be read next."""
        self._troubles: list[str] = []
        """What could not be read of the files that are read now."""

    def started(self) -> None:
        """Show what was read before, with what has just come."""
        self.take(*self._first)

    # --- what comes

    def take(self, scans: Sequence[Scan], files: tuple[Path, ...] = ()) -> None:
        """Take what was just scanned, also while something else is under way."""
        pieces = [scan.piece for scan in scans if scan.piece is not None]
        notice = next((scan.notice for scan in scans if scan.notice), "")

        def job() -> ScanState:
            return self.desk().scans.take(pieces) if pieces else self.desk().scans.state()

        self._coming += 1
        self.background.run(job, lambda state: self._taken(state, len(pieces), notice), self._not_taken)
        if files:
            self.read_files(files)

    def choose_picture(self) -> None:
        """F11 画像・PDF: read the codes in a file."""
        ask_for_car_file(self, lambda path: self.read_files((path,)), PICTURES)

    def read_files(self, paths: tuple[Path, ...]) -> None:
        """Read the codes in pictures and PDFs, one after the other; those that come meanwhile stand behind them."""
        self._files += paths
        if self.busy is None:
            self._troubles = []
            self._read_next()

    def _read_next(self) -> None:
        paths, self._files = self._files, ()
        self.busy, self.message = READING, None

        def job(report: Callable[[ScanState | str], None], stop: Event) -> None:
            for path in paths:
                if not stop.is_set():
                    report(_read(self.desk(), path, stop))

        self.live.start(job, lambda _none: self._files_read(), self.failed, len(paths))

    def _file_read(self, outcomes: tuple[ScanState | str, ...], before: WorkProgress) -> tuple[int, int]:
        for outcome in outcomes:
            if isinstance(outcome, str):
                self._troubles.append(outcome)
            else:
                self._show(outcome)
                self.message = Message(self._said_of(outcome))
        return before.done + len(outcomes), before.total

    def _files_read(self) -> None:
        self.busy = None
        if self.live.stopped:
            self._files = ()
            self.say(STOPPED)
        elif self._files:
            self._read_next()
        elif self._troubles:
            self.say(" ".join(self._troubles), Tone.WARNING)
        self.view.refresh()

    def close(self) -> None:
        """F12 閉じる, or Esc; while pictures are read, 中止."""
        if self.busy == READING:
            self.live.stop()
            self.say(STOPPING)
        elif not self.live.holds_closing():
            super().close()

    def _taken(self, state: ScanState, came: int, notice: str) -> None:
        if self.state is None or state.count >= self.state.count:  # workers may end in any order
            self._show(state)
        self.view.refresh()
        if notice:
            self.say(notice, Tone.WARNING)
        elif came:
            self.say(self._said_of(state))
        self._has_come()

    def _not_taken(self, error: OneStopError) -> None:
        self._goes_on = False
        self.failed(error)
        self._has_come()

    def _has_come(self) -> None:
        self._coming -= 1
        if self._goes_on and not self._coming:
            self._goes_on = False
            if self.can_go_on():
                self.go_on()

    def _said_of(self, state: ScanState) -> str:
        if not state.added:
            return AGAIN
        minutes = 0 if state.last_at is None else int((self.clock.now() - state.last_at).total_seconds() // 60)
        return OLD.format(minutes=minutes) if minutes >= OLD_MINUTES else TAKEN.format(count=state.added)

    def _show(self, state: ScanState) -> None:
        self.state, self.chosen = state, 0
        self.lamps.show(state.lamps)
        self.cars.show(state.records)

    # --- what stands on the glass

    @property
    def heading(self) -> str:
        """What to do next."""
        state = self.state
        if state is None or not state.count:
            return BEGIN
        if state.mixed:
            return MIXED if state.records else STILL_MIXED
        return COMPLETE if state.records else GOES_ON

    @property
    def count_text(self) -> str:
        """How many symbols were read."""
        return "" if self.state is None else f"読み取ったシンボル {self.state.count}個"

    @property
    def port_text(self) -> str:
        """Where a scanner at a serial port is."""
        return self.surroundings.scanner.text

    @property
    def notices(self) -> str:
        """What is odd about the chosen car's codes, a line each."""
        record = self._record
        return "" if record is None else "\n".join(f"▲ {notice}" for notice in record.notices[:MOST_NOTICES])

    @property
    def _record(self) -> ShakenRecord | None:
        records = () if self.state is None else self.state.records
        return records[self.chosen] if self.chosen < len(records) else None

    def choose(self, position: int) -> None:
        """Another car is current."""
        self.chosen = max(0, position)
        self.view.refresh()

    # --- keys

    def can_go_on(self) -> Can:
        """Whether there is a car to go on with."""
        return self.can_work() if self._record is not None else no("コードがまだそろっていません。")

    def go_on(self) -> None:
        """F5 車両へ進む: a new car's form, or the differences of one that is stored; what was scanned comes first."""
        record = self._record
        if self._coming:
            self._goes_on = True
        elif record is not None:
            self.work("車両を検索中", lambda: self.desk().scans.hand_over(record), self._handed_over)

    def _handed_over(self, plan: ImportPlan) -> None:
        self.navigator.show(VehiclePlace(None, plan) if plan.is_new else ImportPlace((plan,)))
        self.view.dismiss()

    def can_clear(self) -> Can:
        """Whether anything was read."""
        return self.can_work() if self.state is not None and self.state.count else no(self.no_lamps)

    def clear(self) -> None:
        """Alt+C クリア: begin with another car."""

        def job() -> ScanState:
            return self.desk().scans.forget()

        self.work("消去中", job, self._show)


def _read(desk: Desk, path: Path, stop: Event) -> ScanState | str:
    """Read one file; return what was read so far, or why nothing was."""
    try:
        state = desk.scans.take_picture(path, stop.is_set)
    except InvalidInput as error:
        return "" if stop.is_set() else f"「{path.name}」: {error.problems[0].message}"
    desk.settings.remember_import_folder(path)
    return state


def _lamp_texts(lamp: Lamp) -> tuple[str, ...]:
    return lamp.label, f"{lamp.number}/{lamp.of}", LIT if lamp.lit else DARK


def _lamp_tone(lamp: Lamp) -> Tone | None:
    return None if lamp.lit else Tone.WARNING


def _car_texts(record: ShakenRecord) -> tuple[str, ...]:
    plate = "" if record.registration_number is None else record.registration_number.display()
    first = "" if record.first_registration is None else str(record.first_registration)
    weight = "" if record.weight_kg is None else f"{record.weight_kg:,} kg"
    return plate, record.chassis_number, record.model_code, first, weight
