"""照会: one search field that answers while typing, and the cars it finds. The program's first window."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.customer_estimate import CustomerEstimate
from onestop.screens.function_key import YES, Can, no
from onestop.screens.leaving import before_the_end, really_end
from onestop.screens.listed_rows import ListedRows
from onestop.screens.places import FilingListPlace, MainPlace, ScanPlace, VehiclePlace
from onestop.screens.ports import Message, Tone
from onestop.screens.rows import RowLook
from onestop.screens.screen import Screen
from onestop.screens.settings.first_use import first_use_lines
from onestop.screens.vehicle.arrived_files import ArrivedFiles
from onestop.screens.vehicle.car_file import ask_for_car_file, places_of
from onestop.screens.vehicle.expiring import DAYS, ExpiringDays
from onestop.screens.vehicle.lookup_words import (
    CLEARED,
    COLUMNS,
    MOST,
    NO_CAR_THEN,
    NO_CARS,
    NOT_OPEN,
    OPENING,
    OTHER_WAYS,
    PUT_IN,
)
from onestop.screens.wording import SETTING_NAMES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from onestop.errors import OneStopError
    from onestop.model.lists import VehicleRow
    from onestop.screens.ports import Question
    from onestop.screens.screen import Surroundings
    from onestop.services.vehicle.arriving import Arrivals


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """One question: what was typed, and the car that is to stay chosen. Two of the same are two all the same."""

    text: str = dataclasses.field(repr=False)
    keep: int | None = None


NEVER: Final = _Search("")


class LookupScreen(Screen):
    """What 照会 knows. Keys that need a car wait for the answer to what was typed last, so none is lost."""

    help_page = "lookup"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self._way_to_cars = surroundings.search
        self.search_text = ""
        """What stands in the field."""
        self._wanted = ""
        """What is searched for: that, with what is being composed there."""
        self.chosen: int | None = None
        """The id of the chosen car."""
        self.found: ListedRows[VehicleRow] = ListedRows(
            COLUMNS, RowLook(self._texts, self._tone), lambda row: row.vehicle_id
        )
        self.expiring = ExpiringDays(self.clock)
        self.arrived = ArrivedFiles()
        self.missing: tuple[str, ...] = ()
        """The settings that filing needs and that are not there."""
        self._put_in: int | None = None
        """The id of a car that was just put in, until the list shows it."""
        self._cleared = False
        """Whether something was searched for when it was put in."""
        self._lacks = ""
        """What it still lacks."""
        self._told_of_new: Message | None = None
        """What was said of it: of use until the next key, or until another car is chosen."""
        self._latest = NEVER
        self._answered = NEVER
        self._failed_at = NEVER
        self._waits_for_desk = False
        self._waiting: list[Callable[[int], None]] = []
        """What to do with the car, once the answer is here."""
        self._estimate = CustomerEstimate(self)
        self.exporter = self._estimate.exporter

    # --- searching

    def started(self) -> None:
        """Show the cars used last, and what is missing before the first filing."""
        self._search(None)
        self._ask_what_is_missing()
        self._count_expiring()

    def type(self, text: str, composed: str = "") -> None:
        """Search for what stands in the field now; the best match is chosen.

        `composed` is the same with what an input method has not written yet: its kana match readings.
        """
        wanted = composed or text
        self.search_text = text
        if wanted != self._wanted:
            self._wanted = wanted
            self.message = None
            self.note(self._first_use_message())
            self._search(None)
            self.view.refresh()

    def choose(self, position: int) -> None:
        """Another row is current in the list."""
        if 0 <= position < self.found.count:
            if self.found.row_id(position) != self.chosen:
                self._forget_new()
            self.chosen = self.found.row_id(position)
            self.view.refresh()

    @property
    def position(self) -> int | None:
        """Where the chosen car stands in the list."""
        return None if self.chosen is None else self.found.position(self.chosen)

    @property
    def searching(self) -> bool:
        """Whether the answer to what was typed last is still on its way."""
        return self._latest not in (self._answered, self._failed_at)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Search again: a car or a filing was changed, perhaps by a worker. The car chosen before stays chosen."""
        self._search(self.chosen)
        if control_number is None:
            self._count_expiring()
        if self.missing or (vehicle_id is None and control_number is None):
            self._ask_what_is_missing()

    def key_pressed(self) -> None:
        """What was said of a car that was just put in has been read."""
        super().key_pressed()
        self._forget_new()

    def turn_to_car(self, vehicle_id: int, lacks: str = "") -> None:
        """Choose a car that was just put in, whatever was searched for before, and say what it lacks."""
        self._lacks = lacks
        self._cleared = bool(self._wanted)
        self.search_text = self._wanted = ""
        self.chosen = self._put_in = vehicle_id
        self._search(vehicle_id)
        self.view.refresh()

    def _forget_new(self) -> None:
        if self._answer is self._told_of_new:
            self._answer = None

    def _search(self, keep: int | None) -> None:
        self._latest = _Search(self._wanted, keep)
        if not self._waits_for_desk:
            self._start()

    def _start(self) -> None:
        """Ask for what was typed last when a worker comes to it. Until the desk is open, one worker waits, not many."""
        self._waits_for_desk = self._answered is NEVER
        begun = self._latest

        def job() -> tuple[_Search, tuple[VehicleRow, ...]]:
            find = self._way_to_cars()
            search = self._latest
            return search, find(search.text)

        self.background.run(job, lambda answer: self._arrived(*answer), lambda error: self._not_found_out(begun, error))

    def _arrived(self, search: _Search, rows: tuple[VehicleRow, ...]) -> None:
        if search is self._latest and search is not self._answered:
            self._waits_for_desk = False
            self._show(search, rows)
        elif self._waits_for_desk:
            self._start()

    def _not_found_out(self, begun: _Search, error: OneStopError) -> None:
        """Tell the trouble, unless something was asked since: the desk may have been opened again meanwhile."""
        self._waits_for_desk = False
        if begun is not self._latest and self._answered is NEVER:
            self._start()
            return
        self._failed_at = self._latest
        self._waiting.clear()
        self.failed(error)

    def _show(self, search: _Search, rows: tuple[VehicleRow, ...]) -> None:
        self._answered = search
        self.found.show(rows)
        self.chosen = search.keep if search.keep is not None and self.found.position(search.keep) is not None else None
        if self.chosen is None and rows:
            self.chosen = rows[0].vehicle_id
        put_in, self._put_in = self._put_in, None
        if put_in is not None and put_in == self.chosen:
            car = self.found.records[self.position or 0].registration_number
            text = PUT_IN.format(car=car) + (CLEARED if self._cleared else "") + self._lacks
            self.message = self._told_of_new = Message(text, Tone.WARNING if self._lacks else Tone.INFO)
        waiting, self._waiting = self._waiting, []
        self.view.refresh()
        for do in waiting:
            self._do_with_car(do)

    # --- 満了日の予定

    def _count_expiring(self) -> None:
        def counted(counts: dict[dt.date, int]) -> None:
            self.expiring.counted(counts)
            self.view.refresh()

        self.read_again(lambda: self.desk().vehicles.expiring(DAYS), counted)

    def choose_day(self, key: str) -> None:
        """Go to another day of 満了日の予定."""
        self.expiring.choose(key)
        self.view.refresh()

    def list_day(self, key: str) -> None:
        """Enter on a day: list its cars."""
        search = self.expiring.search_for(key)
        if search:
            self.type(search)
            self.view.focus_field("vehicles")
        else:
            self.say(NO_CAR_THEN)

    def tell_days(self) -> None:
        """Alt+D 満了日の予定: what the bars show, in words."""
        self.say(self.expiring.sentence)

    # --- what is missing before the first use

    def _ask_what_is_missing(self) -> None:
        def job() -> tuple[str, ...]:
            desk = self.desk()
            return () if desk.standing.offline().practice else desk.settings.missing()

        self.read_again(job, self._know_what_is_missing)

    def _know_what_is_missing(self, missing: tuple[str, ...]) -> None:
        had = self._first_use_message()
        self.missing = missing
        if self.message in (None, had):
            self.note(self._first_use_message())
        self.view.refresh()

    def _first_use_message(self) -> Message | None:
        if not self.missing:
            return None
        names = "・".join(SETTING_NAMES[name] for name in self.missing)
        return Message(f"申請する前に、F3 設定 で入力してください: {names}", Tone.WARNING)

    # --- what stands on the glass

    @property
    def count_text(self) -> str:
        """件数."""
        if self._answered is NEVER:
            return ""
        count = self.found.count
        order = "(最近使った順)" if count and not self._answered.text.strip() else ""
        return f"{count}{'件以上' if count >= MOST else '件'}{order}"

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows: what to do, and with which key."""
        if self._answered is NEVER:
            return NOT_OPEN if NEVER is not self._failed_at is self._latest else OPENING
        if self._answered.text.strip():
            return f"「{self._answered.text.strip()}」に合う車両はありません。\n\n{OTHER_WAYS}"
        if self.missing:
            return "\n".join((NO_CARS, "", "必要情報(申請を始める前に F3 設定 で入力)", *first_use_lines(self.missing)))
        return NO_CARS

    def _texts(self, row: VehicleRow) -> tuple[str, ...]:
        from onestop.screens.vehicle.lookup_rows import vehicle_texts  # noqa: PLC0415 - the window is painted before any row

        return vehicle_texts(row, self.clock.today())

    def _tone(self, row: VehicleRow) -> Tone | None:
        from onestop.screens.vehicle.lookup_rows import expiry_tone  # noqa: PLC0415 - the same

        return expiry_tone(row.expiry_date, self.clock.today())

    # --- leaving

    def close(self) -> None:
        """F12 終了, or Esc: the whole program, always after a question, which says what would be lost."""
        self.view.ask(self._what_is_lost() or really_end(self.navigator.end, self.view.refresh))

    def leave(self) -> None:
        """End the program without a question where nothing is lost: the system may be shutting down."""
        question = self._what_is_lost()
        if question is None:
            self.navigator.end()
        else:
            self.view.ask(question)

    def _what_is_lost(self) -> Question | None:
        return before_the_end(self.navigator.others(self), self.navigator.end, self.view.refresh)

    def clear(self) -> None:
        """クリア: search for something else."""
        self.type("")
        self.view.focus_field("search_text")

    # --- keys

    def can_use_car(self) -> Can:
        """Whether a car is chosen; while the answer is on its way, the key waits for it."""
        if self.searching or self.chosen is not None:
            return YES
        if self._answered.text:
            return no("検索に合う車両がありません。検索の文字を変えるか、F4 新規 か F11 取込 で登録してください。")
        return no("車両がありません。F4 新規 か F11 取込 で登録してください。")

    def open_car(self) -> None:
        """ワンストップサービス, by Enter or Alt+W."""
        self._when_found(self._show_car)

    def _show_car(self, vehicle_id: int) -> None:
        self.navigator.show(MainPlace(vehicle_id))

    def edit_car(self) -> None:
        """F5 修正."""
        self._when_found(self._show_form)

    def _show_form(self, vehicle_id: int) -> None:
        self.navigator.show(VehiclePlace(vehicle_id))

    def can_estimate(self) -> Can:
        """Whether a car is chosen, or on its way, and nothing else is under way: one key opens one window."""
        return self.can_use_car() and self.can_work()

    def estimate(self) -> None:
        """F9 見積書: what the next 車検 costs the customer, as it will be printed."""
        self._when_found(self._estimate.preview)

    def estimate_pdf(self) -> None:
        """F8 PDF of 見積書."""
        self._when_found(self._estimate.save)

    def new_car(self) -> None:
        """F4 新規."""
        self.navigator.show(VehiclePlace(None))

    def import_car(self) -> None:
        """F11 取込."""
        ask_for_car_file(self, lambda path: self.take_files((path,)))

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Go to 取込 with files that were chosen or dropped here."""
        for place in places_of(paths):
            self.navigator.show(place)

    def can_open_arrived(self) -> Can:
        """Whether files wait in the watched folder."""
        return self.arrived.can_open()

    def open_arrived(self) -> None:
        """Alt+N 届いた車検証: go to 取込 with all that wait, the next one first."""
        self.take_files(self.arrived.paths)

    def show_arrived(self, found: Arrivals) -> None:
        """Show what the last look at the watched folder found."""
        if self.arrived.found != found:
            self.arrived = ArrivedFiles(found)
            self.view.refresh()

    def scan(self) -> None:
        """Alt+X QR読取."""
        self.navigator.show(ScanPlace())

    def filings(self) -> None:
        """F7 申請書一覧."""
        self.navigator.show(FilingListPlace())

    def _when_found(self, do: Callable[[int], None]) -> None:
        if not self.searching:
            self._do_with_car(do)
        elif do not in self._waiting:
            self._waiting.append(do)

    def _do_with_car(self, do: Callable[[int], None]) -> None:
        if self.chosen is None:
            self.say(self.can_use_car().why_not, Tone.WARNING)
        else:
            do(self.chosen)
