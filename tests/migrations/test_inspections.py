"""0004: records of before get the inspection that they were made for, in every state that a desk may have left them in.

Each desk is filled as the program of today stores it, taken down to 0003, where nothing knows of inspections, and up.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic import command

from onestop.clock import JST
from onestop.model.certificate_words import Origin
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.store.database import Database
from onestop.store.migrations import one_transaction
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.engine import connect_raw
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.clock import FixedClock
from support.databases import a_database_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from onestop.model.inspection import Inspection
    from onestop.model.sending import Sendable
    from onestop.store.database import Shelves

BEFORE, EXPIRY, LATER = dt.date(2024, 12, 20), dt.date(2026, 12, 20), dt.date(2028, 12, 20)
LAST_TIME, NOW = dt.datetime(2024, 12, 3, 10, tzinfo=JST), dt.datetime(2026, 11, 20, 10, tzinfo=JST)
FILED: dict[str, Any] = {"sending": Sending.FILED, "filing_id": "1000000008"}
DONE = {**FILED, "status": "手続完了"}


@dataclass
class Desk:
    """Some cars and what stands in the database for them, before and after."""

    path: Path
    opened: list[Database] = field(default_factory=list)

    def fill(self, *records: Sendable, expiry: dt.date | None = EXPIRY) -> None:
        """Store a car with these records."""
        self.fill_many([records], expiry)

    def fill_many(self, cars: Iterable[Iterable[Sendable]], expiry: dt.date | None = EXPIRY) -> None:
        """Store a car for each of these lists of records."""
        database = Database(SqliteFile(a_database_file(self.path)), FixedClock())
        with database.write() as shelves:
            for number, records in enumerate(cars, 1):
                shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{number}", expiry_date=expiry))
                for record in records:
                    record.vehicle_id = number
                    shelf_of(shelves, record).add(record)
        database.close()
        self.go("0003")

    def go(self, revision: str) -> None:
        """Go down or up."""
        with one_transaction(self.path) as config:
            (command.downgrade if revision == "0003" else command.upgrade)(config, revision)

    def sql(self, statement: str) -> Any:  # noqa: ANN401 - what SQLite has
        """Say something to SQLite itself; returns the first row."""
        with closing(connect_raw(self.path)) as raw:
            return raw.execute(statement).fetchone()

    def up(self) -> Database:
        """Go up and open it."""
        self.go("head")
        self.opened.append(Database(SqliteFile(self.path), FixedClock()))
        return self.opened[-1]

    def inspections(self) -> list[Inspection]:
        """Go up; returns the inspections of the first car, the oldest first."""
        self.up()
        return self.found(1)

    def found(self, car: int) -> list[Inspection]:
        """Return the inspections of a car, the oldest first."""
        with self.opened[-1].read() as shelves:
            return list(shelves.inspections.all_for_vehicle(car))[::-1]

    def of(self, shelf: str, car: int = 1) -> list[int | None]:
        """Return the inspections of the records of a kind, the oldest first."""
        with self.opened[-1].read() as shelves:
            return [each.inspection_id for each in getattr(shelves, shelf).all_for_vehicle(car)][::-1]

    def close(self) -> None:
        """Close all that was opened."""
        for database in self.opened:
            database.close()


def shelf_of(shelves: Shelves, record: Sendable) -> Any:  # noqa: ANN401 - one of three
    return {
        "filing": shelves.filings,
        "insurance_certificate": shelves.insurance,
        "conformity_certificate": shelves.conformity,
    }[sa.inspect(record).mapper.local_table.name]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Desk(tmp_path / "onestop.db")) as made:
        yield made


def filing(at: dt.datetime, **changes: Any) -> Any:  # noqa: ANN401 - any field of it
    asked = at if changes.get("sending") is Sending.FILED else None
    return a_filing(
        created_at=at,
        requested_at=asked,
        status_updated_at=asked,
        **{"insurance_certificate_number": "", "conformity_certificate_number": "", **changes},
    )


def conformity(at: dt.datetime, **changes: Any) -> Any:  # noqa: ANN401 - any field of it
    day = at.date()
    fields = {"inspection_date": day, "issue_date": day, "new_insurance_number": "", "status": "作成済", **FILED}
    del fields["filing_id"]
    return a_conformity_certificate(created_at=at, **{**fields, **changes})


def insurance(at: dt.datetime, **changes: Any) -> Any:  # noqa: ANN401 - any field of it
    return an_insurance_certificate(created_at=at, **{"sending": Sending.FILED, "request_key": "key", **changes})


def stands(inspection: Inspection) -> tuple[Ending | None, dt.date | None]:
    return inspection.ending, inspection.renews


# --- one record


ROWS: dict[str, tuple[Callable[[], Any], Ending | None, dt.date | None, bool]] = {
    "a filing finished two years ago whose new day is here": (
        lambda: filing(LAST_TIME, **DONE),
        Ending.FINISHED,
        None,
        False,
    ),
    "a filing finished now whose 車検証 is not here": (lambda: filing(NOW, **DONE), Ending.FINISHED, EXPIRY, True),
    "a draft of last time": (lambda: filing(LAST_TIME), Ending.RENEWED, None, False),
    "a draft of now": (lambda: filing(NOW), None, EXPIRY, False),
    "a forgotten filing of last time": (
        lambda: filing(LAST_TIME, **FILED, status="受付前", forgotten=True),
        Ending.RENEWED,
        None,
        False,
    ),
    "a forgotten filing of now": (lambda: filing(NOW, **FILED, status="受付前", forgotten=True), None, EXPIRY, False),
    "a final word that nobody knows": (
        lambda: filing(LAST_TIME, **FILED, status="特別終了"),
        Ending.RENEWED,
        None,
        False,
    ),
    "a filing that may have arrived": (lambda: filing(NOW, sending=Sending.UNKNOWN), None, EXPIRY, False),
    "a filing that was under way": (lambda: filing(NOW, sending=Sending.SENDING), None, EXPIRY, False),
    "a 保適証 left 作成済": (lambda: conformity(LAST_TIME, expiry_date=BEFORE), Ending.RENEWED, BEFORE, False),
    "a 保適証 left 報告済 without its day": (
        lambda: conformity(LAST_TIME, status="報告済"),
        Ending.RENEWED,
        None,
        False,
    ),
    "a 保適証 of now": (lambda: conformity(NOW, expiry_date=EXPIRY), None, EXPIRY, False),
    "a 保適証 of now with a mistyped day": (
        lambda: conformity(NOW, expiry_date=dt.date(2026, 12, 2)),
        None,
        EXPIRY,
        False,
    ),
    "a 保適証 without any day": (lambda: conformity(NOW, inspection_date=None, issue_date=None), None, EXPIRY, False),
    "the counter, last time": (
        lambda: conformity(LAST_TIME, status="申請完", application_kind="窓口申請", expiry_date=BEFORE),
        Ending.COUNTER,
        BEFORE,
        False,
    ),
    "the counter, now": (
        lambda: conformity(NOW, status="申請完", application_kind="窓口申請"),
        Ending.COUNTER,
        EXPIRY,
        True,
    ),
    "OSS申請 that is 申請完": (lambda: conformity(NOW, status="申請完"), None, EXPIRY, False),
    "a policy issued here last time": (
        lambda: insurance(LAST_TIME, end_date=dt.date(2026, 12, 21)),
        Ending.RENEWED,
        None,
        False,
    ),
    "a policy issued here now": (lambda: insurance(NOW, end_date=dt.date(2028, 12, 21)), None, EXPIRY, False),
    "a policy typed by hand now": (
        lambda: insurance(NOW, request_key=None, end_date=dt.date(2028, 12, 21)),
        None,
        EXPIRY,
        False,
    ),
    "a policy that may have arrived": (
        lambda: insurance(NOW, sending=Sending.UNKNOWN, end_date=None),
        None,
        EXPIRY,
        False,
    ),
}


BELONG_TO_NONE: dict[str, tuple[str, Callable[[], Any]]] = {
    "a policy by hand of the present period, typed then": (
        "insurance",
        lambda: insurance(LAST_TIME, request_key=None, end_date=dt.date(2026, 12, 21)),
    ),
    "typed now": ("insurance", lambda: insurance(NOW, request_key=None, end_date=dt.date(2026, 12, 21))),
    "two months longer": ("insurance", lambda: insurance(NOW, request_key=None, end_date=dt.date(2027, 2, 20))),
    "one on paper": ("conformity", lambda: conformity(NOW, origin=Origin.PAPER)),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a car for each of these rows, in their order."""
    made = [row[0]() for row in ROWS.values()] + [row[1]() for row in BELONG_TO_NONE.values()]
    for number, record in enumerate(made):
        for name in ("request_key", "filing_id", "certificate_number"):  # there are no two of them
            if getattr(record, name, None) is not None:
                setattr(record, name, f"{1_000_000_000 + number}")
    with closing(Desk(tmp_path_factory.mktemp("shop") / "onestop.db")) as desk:
        desk.fill_many([record] for record in made)
        desk.up()
        yield desk


@pytest.mark.parametrize("name", ROWS)
def test_a_record_gets_its_inspection(shop: Desk, name: str) -> None:
    _, ending, renews, awaits = ROWS[name]
    car = [*ROWS].index(name) + 1
    (mine,) = shop.found(car)
    assert stands(mine) == (ending, renews)
    assert mine.awaits_certificate_of(EXPIRY) is awaits
    assert (mine.is_open, mine.ended_by_hand, mine.reason) == (ending is None, False, "")
    assert [shop.of(shelf, car) for shelf in ("filings", "insurance", "conformity")].count([mine.id]) == 1


@pytest.mark.parametrize("name", BELONG_TO_NONE)
def test_what_belongs_to_no_inspection_gets_none(shop: Desk, name: str) -> None:
    shelf, _ = BELONG_TO_NONE[name]
    car = len(ROWS) + [*BELONG_TO_NONE].index(name) + 1
    assert shop.found(car) == []
    assert shop.of(shelf, car) == [None]


def test_what_is_known_of_its_days_is_kept(desk: Desk) -> None:
    told = dt.datetime(2024, 12, 9, tzinfo=JST)
    done = filing(LAST_TIME, **DONE)
    done.status_updated_at = told
    desk.fill(conformity(LAST_TIME), done)
    (mine,) = desk.inspections()
    assert (mine.inspection_date, mine.opened_at.date()) == (LAST_TIME.date(), LAST_TIME.date())
    assert mine.ended_at is not None
    assert mine.ended_at.date() == dt.date(2024, 12, 8)  # as it is stored, in UTC


# --- several


def test_two_inspections_two_years_apart_are_told_apart(desk: Desk) -> None:
    desk.fill(
        insurance(LAST_TIME, certificate_number="OLD", end_date=dt.date(2026, 12, 21)),
        conformity(LAST_TIME, certificate_number="OLD", expiry_date=BEFORE),
        filing(LAST_TIME, **DONE, insurance_certificate_number="OLD", conformity_certificate_number="OLD"),
        insurance(NOW, certificate_number="NEW", end_date=dt.date(2028, 12, 21), request_key="other"),
        conformity(NOW, certificate_number="NEW", expiry_date=EXPIRY),
        filing(NOW),
    )
    last, mine = desk.inspections()
    assert (stands(last), stands(mine)) == ((Ending.FINISHED, BEFORE), (None, EXPIRY))
    for shelf in ("insurance", "conformity", "filings"):
        assert desk.of(shelf) == [last.id, mine.id]


def test_a_filing_joins_the_certificates_whose_numbers_it_carries(desk: Desk) -> None:
    """A clerk who typed the filing in September for a 保適証 of February is with that one, not with the nearest."""
    spring, autumn = dt.datetime(2026, 2, 1, tzinfo=JST), dt.datetime(2026, 9, 1, tzinfo=JST)
    desk.fill(
        conformity(spring, certificate_number="FIRST", expiry_date=dt.date(2026, 2, 20)),
        conformity(autumn, certificate_number="SECOND", expiry_date=EXPIRY),
        filing(autumn, conformity_certificate_number="FIRST"),
        insurance(autumn, request_key=None, certificate_number="A1", end_date=dt.date(2026, 12, 21)),
        filing(
            autumn,
            sending=Sending.FILED,
            filing_id="1",
            status="却下",
            insurance_certificate_number="A1",
            conformity_certificate_number="SECOND",
        ),
    )
    first, second = desk.inspections()
    assert desk.of("filings") == [first.id, second.id]
    assert desk.of("insurance") == [second.id]  # named by its number, though it is that of the present period


def test_a_number_that_is_typed_on_after_years_joins_nothing(desk: Desk) -> None:
    desk.fill(conformity(LAST_TIME, certificate_number="OLD"), filing(NOW, conformity_certificate_number="OLD"))
    last, mine = desk.inspections()
    assert (stands(last), stands(mine)) == ((Ending.RENEWED, None), (None, EXPIRY))
    assert desk.of("filings") == [mine.id]


def test_a_car_whose_day_nobody_knows(desk: Desk) -> None:
    two = (filing(LAST_TIME), filing(NOW, sending=Sending.UNKNOWN))
    desk.fill_many([two, (filing(LAST_TIME, **DONE),), (filing(NOW),)], expiry=None)
    desk.up()
    found = [[stands(each) for each in desk.found(car)] for car in (1, 2, 3)]
    assert found == [[(Ending.RENEWED, None), (None, None)], [(Ending.FINISHED, None)], [(None, None)]]


def test_of_two_open_filings_of_one_inspection_the_newest_goes_on(desk: Desk) -> None:
    desk.fill(filing(NOW), filing(NOW))
    desk.sql("DROP INDEX uq_filing_open_vehicle")
    desk.sql("UPDATE filing SET holds_vehicle = 1")
    desk.sql("CREATE INDEX uq_filing_open_vehicle ON filing (vehicle_id)")
    (mine,) = desk.inspections()
    assert desk.of("filings") == [mine.id, mine.id]
    with desk.opened[-1].read() as shelves:
        assert [each.is_open for each in shelves.filings.all_for_vehicle(1)] == [True, False]


def test_two_cars_have_each_their_own_and_a_car_without_records_none(desk: Desk) -> None:
    desk.fill(filing(NOW))
    desk.go("head")
    with closing(connect_raw(desk.path)) as raw:
        assert raw.execute("SELECT count(*) FROM inspection").fetchone() == (1,)
    database = Database(SqliteFile(desk.path), FixedClock())
    with database.write() as shelves:
        for place in (2, 3):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{place}", expiry_date=EXPIRY))
        shelves.filings.add(a_filing(vehicle_id=2, created_at=NOW))
    database.close()
    desk.go("0003")
    desk.go("head")
    assert desk.sql("SELECT group_concat(vehicle_id) FROM inspection") == ("1,2",)


# --- down and up


def test_down_and_up_again_says_the_same(desk: Desk) -> None:
    desk.fill(conformity(LAST_TIME, expiry_date=BEFORE), filing(LAST_TIME, **DONE), filing(NOW))
    first = [(each.id, stands(each), each.ended_at) for each in desk.inspections()]
    of = [desk.of(shelf) for shelf in ("conformity", "filings")]
    desk.opened.pop().close()
    desk.go("0003")
    assert desk.sql("SELECT name FROM sqlite_schema WHERE name = 'inspection'") is None
    assert desk.sql("SELECT group_concat(holds_vehicle) FROM filing") == ("0,1",)
    assert [(each.id, stands(each), each.ended_at) for each in desk.inspections()] == first
    assert [desk.of(shelf) for shelf in ("conformity", "filings")] == of


def test_down_a_car_has_one_open_filing_the_newest(desk: Desk) -> None:
    desk.fill(filing(LAST_TIME), filing(NOW))
    assert desk.sql("SELECT group_concat(holds_vehicle) FROM filing") == ("0,1",)


def test_a_number_that_was_given_once_is_never_given_again(desk: Desk) -> None:
    made: dict[str, Callable[..., Any]] = {"filings": filing, "insurance": insurance, "conformity": conformity}
    desk.fill(*(make(NOW) for make in made.values()))
    for table in ("filing", "insurance_certificate", "conformity_certificate"):
        desk.sql(f"DELETE FROM {table}")  # noqa: S608 - a name of our own
    assert desk.inspections() == []
    with desk.opened[-1].write() as shelves:
        given = {shelf: getattr(shelves, shelf).add(make(NOW)).control_number for shelf, make in made.items()}
    assert given == dict.fromkeys(made, 2)


def test_an_empty_desk_goes_up_and_gives_its_first_numbers(desk: Desk) -> None:
    desk.fill()
    with desk.up().write() as shelves:
        assert shelves.filings.add(filing(NOW)).control_number == 1
