"""申請書一覧 and 一括申請 without Qt: a real desk with the window open in front of it."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Generic, NoReturn, TypeVar

from onestop.errors import StoreError
from onestop.model.checklist import Item
from onestop.model.sending_state import Sending
from onestop.screens.filing import batch_rows
from onestop.screens.filing import list_rows as filing_list_rows
from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.function_keys import BATCH, BATCH_BUTTONS, FILING_LIST
from onestop_sandbox import Kind, Trouble
from support.builders import a_filing, a_vehicle
from support.checklist import an_answer
from support.clock import FixedClock
from support.desks import READY_SETTINGS, a_desk
from support.inspections import an_inspection
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.store.keychain import MemorySecrets
    from onestop.store.settings_file import Settings
    from support.desks import DeskRoom

NOON: Final = dt.datetime(2019, 1, 4, 3, 0, tzinfo=dt.UTC)
ScreenT = TypeVar("ScreenT", FilingListScreen, BatchScreen)


class Counter(Generic[ScreenT]):
    """What both have: a stage of their own at a desk, and what the screen said."""

    screen: ScreenT

    def __init__(self, room: DeskRoom, *, held: bool = False) -> None:
        self.room = room
        self.clock = FixedClock()
        self.stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=held), clock=self.clock)

    @property
    def said(self) -> str:
        return self.screen.message.text if self.screen.message else ""


class ListCounter(Counter[FilingListScreen]):
    """A desk with 申請書一覧 in front of it."""

    def __init__(self, room: DeskRoom, *, held: bool = False) -> None:
        super().__init__(room, held=held)
        self.screen = FilingListScreen(self.stage.surroundings)

    def opened(self) -> FilingListScreen:
        return self.stage.open(self.screen)

    def press(self, key: str) -> str | None:
        return self.stage.press(FILING_LIST, key, self.screen)

    @property
    def shown(self) -> list[tuple[str, ...]]:
        found = [self.screen.rows.row(place) for place in range(self.screen.rows.count)]
        return [tuple(row) for row in found if row is not None]

    def column(self, key: str) -> list[str]:
        place = [column.key for column in filing_list_rows.COLUMNS].index(key)
        return [row[place] for row in self.shown]

    @property
    def asked(self) -> int:
        return self.room.sandbox.requests["ainas.getProgress"]


class BatchCounter(Counter[BatchScreen]):
    """A desk with 一括申請 open in front of it."""

    def __init__(self, room: DeskRoom, numbers: list[int], *, held: bool = False) -> None:
        super().__init__(room, held=held)
        self.screen = self.stage.open(BatchScreen(self.stage.surroundings, tuple(numbers)))

    def press(self, key: str) -> str | None:
        return self.stage.press((*BATCH, *BATCH_BUTTONS), key, self.screen)

    def column(self, key: str) -> list[str]:
        place = [column.key for column in batch_rows.COLUMNS].index(key)
        return [self.screen.rows.row(each)[place] for each in range(self.screen.rows.count)]

    @property
    def submitted(self) -> int:
        return self.room.sandbox.requests["ainas.submitFiling"]

    def trouble(self, kind: Kind, *, times: int | None = None, status: int = 500, after: bool = False) -> None:
        self.room.sandbox.troubles.add(Trouble(kind, operation="submitFiling", times=times, status=status, after=after))


@contextmanager
def a_list_counter(folder: Path, *, held: bool = False, secrets: MemorySecrets | None = None) -> Iterator[ListCounter]:
    with a_desk(folder, secrets=secrets) as room:
        yield ListCounter(room, held=held)


@contextmanager
def a_batch_counter(
    folder: Path, drafts: int = 3, *, held: bool = False, settings: Settings = READY_SETTINGS
) -> Iterator[BatchCounter]:
    with a_desk(folder, settings=settings) as room:
        yield BatchCounter(room, room.drafts(drafts), held=held)


def broken_desk() -> NoReturn:
    """Stand for a desk whose database cannot be read."""
    raise StoreError


def manuals(room: DeskRoom) -> None:
    """Store the manual's list, one 管理番号 lower."""
    done: dict[str, Any] = {
        "sending": Sending.FILED,
        "status": "手続完了",
        "oss_status": "手続(交付)完了",
        "requested_at": NOON,
    }
    room.a_draft(plate="土浦1あ1111", chassis_number="ABC123", filing_id="1000000008", **done)
    room.a_draft(plate="岩手500と1499", chassis_number="AE104", filing_id="1000000009", **done)
    waiting: dict[str, Any] = {
        "sending": Sending.FILED,
        "status": "受付前",
        "requested_at": dt.datetime(2020, 3, 12, tzinfo=dt.UTC),
    }
    room.a_draft(plate="秋田550は1390", chassis_number="DEF456", filing_id="1000000010", **waiting)
    room.a_draft(plate="成田500さ2608", chassis_number="RF1")
    room.a_draft(plate="青森58ち5986", chassis_number="AE101")


def filed(room: DeskRoom, count: int) -> list[int]:
    """File so many at the sandbox, as F5 does."""
    numbers = room.drafts(count)
    for number in numbers:
        room.desk.filings.delivery.issue(number)
    return numbers


def many(room: DeskRoom, count: int, of_each: Callable[[int], dict[str, Any]] = lambda _place: {}) -> None:
    """Store so many filings, each on a car of its own, as `of_now` puts them there, but each kind of record at once.

    `of_each` returns what is said of the filing at a place, from 0.
    """
    with room.database.write() as shelves:
        session = shelves.inspections._session
        cars = [a_vehicle(chassis_number=f"ZN6-{200000 + place}") for place in range(count)]
        shelves.vehicles.add_all(cars)
        begun = [an_inspection(car.id, car.expiry_date) for car in cars]
        session.add_all(begun)
        session.flush()
        shelves.checklists.add(*(an_answer(item, inspection_id=each.id) for each in begun for item in Item))
        of_cars: list[dict[str, Any]] = [{"vehicle_id": car.id, "chassis_number": car.chassis_number} for car in cars]
        for place, (known, mine) in enumerate(zip(of_cars, begun, strict=True)):
            session.add(a_filing(**known, inspection_id=mine.id, **of_each(place)))
