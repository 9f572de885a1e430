"""The shelf of vehicles, and everything that 照会 must find."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from onestop.model.ending import Ending
from onestop.model.plate import parse_plate
from onestop.model.sending_state import Sending
from onestop.model.words import SENT_BACK
from onestop.store.shelves.vehicle_search import serial_of, ways_to_find
from onestop.store.sqlite.engine import connect_raw
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.databases import a_database, template
from support.each_database import one_of_each_kind
from support.inspections import an_inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.usefixtures("each_database")

CARNET, IWATE, AKITA, NARITA, AOMORI = 1, 2, 3, 4, 5


@contextmanager
def five_cars(folder: Path) -> Iterator[Database]:
    """Open a database with five cars."""
    cars = (
        a_vehicle(
            plate="土浦1あ1111", chassis_number="ABC123", owner_name="カーネット太郎", name_reading="かーねっとたろう"
        ),
        a_vehicle(
            plate="岩手500と1499", chassis_number="AE104-0001234", owner_name="髙橋　一郎", name_reading="タカハシ"
        ),
        a_vehicle(
            plate="秋田550は1390",
            chassis_number="DEF-456",
            owner_name="見本リース株式会社",
            user_is_owner=False,
            user_name="渡邊花子",
            name_reading="わたなべはなこ",
        ),
        a_vehicle(plate="成田500さ・・12", chassis_number="RF1-1001499", owner_name="株式会社渡", name_reading=""),
        a_vehicle(
            plate="青森58ち1234",
            chassis_number="国[01]00001国",
            officially_stamped=True,
            owner_name="100%自動車",
            name_reading="",
        ),
    )
    with a_database(folder) as opened:
        with opened.write() as shelves:
            for minutes, car in enumerate(cars):
                car.updated_at = BUILT_AT - dt.timedelta(minutes=minutes)
                shelves.vehicles.add(car)
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with five_cars(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Database]]:
    """Return what gives the five cars to tests that change none of them."""
    with one_of_each_kind(lambda: five_cars(tmp_path_factory.mktemp("cars"))) as given:
        yield given


def search(database: Database, text: str, limit: int = 200) -> list[int]:
    """Return the ids that 照会 shows for a text."""
    return [row.vehicle_id for row in database.lists.vehicles(text, limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whole plates, in any writing
        ("土浦1あ1111", [CARNET]),
        ("土浦 １ あ １１-１１", [CARNET]),
        ("成田500さ12", [NARITA]),
        ("成田 500 さ ・・12", [NARITA]),
        # parts of plates
        ("土浦", [CARNET]),
        ("土浦1あ", [CARNET]),
        ("あ1111", [CARNET]),
        ("土浦あ11-11", [CARNET]),
        ("500さ", [NARITA]),
        ("さ・・12", [NARITA]),
        # 一連指定番号, then the end of a 車台番号
        ("1234", [AOMORI, IWATE]),
        ("12-34", [AOMORI, IWATE]),
        ("１４９９", [IWATE, NARITA]),
        ("0012", [NARITA]),
        ("12", [NARITA]),
        # filled up with ・, in any width: this number, and none that begins or ends like it
        ("・・12", [NARITA]),
        ("･･１２", [NARITA]),
        ("..12", [NARITA]),
        ("…12", [NARITA]),
        ("・ 12", [NARITA]),
        ("さ･･12", [NARITA]),
        ("成田・・12", [NARITA]),
        ("成田500・・12", [NARITA]),
        ("ナリタ500サ・・12", []),
        ("・・・1", []),
        ("・・34", []),
        ("・456", []),
        ("岩手500と・・14", []),
        ("岩手 500 と ・149", []),
        ("と・149", []),
        # the same while it is being typed
        ("岩手500と・", [IWATE]),
        # 車台番号, whole or its end
        ("AE104-0001234", [IWATE]),
        ("ａｅ１０４０００１２３４", [IWATE]),
        ("0001234", [IWATE]),
        ("abc‐123", [CARNET]),
        ("国[01]00001国", [AOMORI]),
        # names and readings: beginning, then anywhere; owners and users
        ("カーネット", [CARNET]),
        ("ｶｰﾈｯﾄ太郎", [CARNET]),
        ("たろう", [CARNET]),
        ("高橋", [IWATE]),
        ("髙橋一郎", [IWATE]),
        ("たかはし", [IWATE]),
        ("渡邊", [AKITA]),
        ("わたなべ", [AKITA]),
        ("見本リース", [AKITA]),
        ("花子", [AKITA]),
        ("株式会社", [NARITA, AKITA]),
        ("渡", [AKITA, NARITA]),
        ("100%", [AOMORI]),
        ("%", [AOMORI]),
        ("_", []),
        ("-", []),
        ("\\あ1111", []),
        ("どこにもない", []),
        # nothing: the cars used last
        ("", [CARNET, IWATE, AKITA, NARITA, AOMORI]),
        ("　", [CARNET, IWATE, AKITA, NARITA, AOMORI]),
    ],
)
def test_search(searched: Callable[[], Database], text: str, expected: list[int]) -> None:
    assert search(searched(), text) == expected


def test_a_filler_is_also_a_sign_of_names(database: Database) -> None:
    with database.write() as shelves:
        john = shelves.vehicles.add(a_vehicle(owner_name="ジョン・スミス", chassis_number="JS-1")).id
        shop = shelves.vehicles.add(a_vehicle(owner_name="ガレージNo.12", chassis_number="NO-1")).id
    assert search(database, "ｼﾞｮﾝ･ｽﾐｽ") == [john]
    assert search(database, "ン・ス") == [john]
    assert search(database, "ジョンスミス") == []
    assert search(database, "No.12") == [shop]


def test_each_car_is_shown_once_and_no_more_than_asked(database: Database) -> None:
    assert search(database, "た", 2) == [IWATE, CARNET]
    assert len(search(database, "", 3)) == 3


def test_a_car_that_was_looked_at_comes_first(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.opened(NARITA, BUILT_AT + dt.timedelta(minutes=1))
        version = shelves.vehicles.get(NARITA).version

    assert search(database, "") == [NARITA, CARNET, IWATE, AKITA, AOMORI]
    assert version == 1


EXPIRY, LAST_DAY = dt.date(2026, 12, 20), dt.date(2026, 12, 4)


def test_a_row_shows_the_car_and_the_newest_filing_of_this_inspection(database: Database) -> None:
    with database.write() as shelves:
        last = shelves.inspections.add(an_inspection(AKITA, dt.date(2024, 12, 20), Ending.FINISHED)).id
        mine = shelves.inspections.add(an_inspection(AKITA, EXPIRY))
        mine.last_application_date = LAST_DAY
        for inspection, status in ((last, "手続完了"), (mine.id, "受付前")):
            shelves.filings.add(
                a_filing(vehicle_id=AKITA, inspection_id=inspection, status=status, sending=Sending.FILED)
            )
    (akita,) = database.lists.vehicles("秋田550は1390")
    (carnet,) = database.lists.vehicles("カーネット")

    assert (akita.registration_number, akita.user_name, akita.chassis_number) == (
        "秋田550は1390",
        "渡邊花子",
        "DEF-456",
    )
    assert (akita.control_number, akita.sending, akita.status) == (2, Sending.FILED, "受付前")
    assert (akita.awaits_certificate, akita.last_application_date) == (False, LAST_DAY)
    assert (akita.vehicle_name, akita.model_code, akita.expiry_date) == ("トヨタ", "DBA-ZN6", dt.date(2026, 12, 20))
    assert carnet.user_name == "カーネット太郎"
    assert (carnet.control_number, carnet.sending, carnet.status) == (None, None, None)
    assert (carnet.awaits_certificate, carnet.last_application_date) == (False, None)


@pytest.mark.parametrize(
    ("ending", "renews", "awaits"),
    [
        (Ending.FINISHED, EXPIRY, True),
        (Ending.COUNTER, EXPIRY, True),
        (Ending.FINISHED, dt.date(2024, 12, 20), False),
        (Ending.FINISHED, None, False),
        (Ending.RENEWED, EXPIRY, False),
        (Ending.STOPPED, EXPIRY, False),
    ],
)
def test_a_finished_inspection_is_shown_as_such_until_the_new_certificate_is_here(
    database: Database,
    ending: Ending,
    renews: dt.date | None,
    awaits: bool,  # noqa: FBT001 - a row
) -> None:
    with database.write() as shelves:
        ended = shelves.inspections.add(an_inspection(CARNET, renews, ending))
        ended.last_application_date = LAST_DAY
        shelves.filings.add(
            a_filing(vehicle_id=CARNET, inspection_id=ended.id, status="手続完了", sending=Sending.FILED)
        )
        assert ended.awaits_certificate_of(EXPIRY) is awaits
    (row,) = database.lists.vehicles("カーネット")
    assert (row.control_number, row.awaits_certificate, row.last_application_date) == (None, awaits, None)


@pytest.mark.parametrize(
    ("statuses", "counts"), [(("受付前", SENT_BACK), 1), ((SENT_BACK, "受付前"), 2), ((SENT_BACK, SENT_BACK), 2)]
)
def test_of_several_filings_of_one_inspection_the_open_one_counts_or_else_the_newest(
    database: Database,
    statuses: tuple[str, ...],
    counts: int,
) -> None:
    with database.write() as shelves:
        mine = shelves.inspections.add(an_inspection(CARNET, EXPIRY)).id
        for status in statuses:
            shelves.filings.add(a_filing(vehicle_id=CARNET, inspection_id=mine, status=status, sending=Sending.FILED))
    (row,) = database.lists.vehicles("カーネット")
    assert row.control_number == counts


def test_a_lapsed_car_whose_day_nobody_knows_awaits_its_certificate_too(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.get(CARNET).expiry_date = None
        shelves.inspections.add(an_inspection(CARNET, None, Ending.FINISHED))
    assert database.lists.vehicles("カーネット")[0].awaits_certificate


def test_by_chassis_finds_the_whole_number_however_written(database: Database) -> None:
    with database.read() as shelves:
        assert [car.id for car in shelves.vehicles.by_chassis("ａｅ104 0001234")] == [IWATE]
        assert shelves.vehicles.by_chassis("0001234") == []


def test_by_plate_finds_every_car_that_had_it(database: Database) -> None:
    with database.write() as shelves:
        later = shelves.vehicles.add(a_vehicle(plate="土浦1あ1111")).id
    with database.read() as shelves:
        assert [car.id for car in shelves.vehicles.by_plate(parse_plate("土浦1あ1111"))] == [CARNET, later]
        assert shelves.vehicles.by_plate(parse_plate("土浦1あ1112")) == []


def test_count(database: Database) -> None:
    with database.read() as shelves:
        assert shelves.vehicles.count() == 5


@pytest.mark.parametrize(
    ("typed", "serial"),
    [("1234", "1234"), ("0012", "12"), ("7", "7"), ("12-34", "1234"), ("00-12", "12")],
)
def test_serials(typed: str, serial: str) -> None:
    assert serial_of(typed) == serial


@pytest.mark.parametrize("typed", ["0", "0000", "00-00", "12345", "00012", "1-234", "あ1234", ""])
def test_no_serials(typed: str) -> None:
    assert serial_of(typed) is None


@pytest.mark.parametrize(("text", "expected"), [("1111", [CARNET]), ("カーネット", [CARNET])])
def test_a_name_is_looked_for_everywhere_unless_a_number_has_found_its_car(
    database: Database, text: str, expected: list[int]
) -> None:
    ways = list(ways_to_find(text, 200))
    assert next(ways_to_find(f"{text}a1", 200)).is_enough
    assert ways[0].is_enough == (len(ways) == 1)
    assert search(database, text) == expected


@pytest.mark.parametrize(
    "text", ["", "1234", "土浦1あ1111", "あ1111", "0001234", "カーネット", "500さ", "・・12", "さ・・12"]
)
@pytest.mark.file
def test_nothing_that_is_searched_reads_the_table(text: str) -> None:
    with closing(connect_raw(template(), read_only=True)) as raw:
        for way in ways_to_find(text, 200):
            plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {way.query.sql}", way.values)]
            for step in plan:
                if re.match("(SCAN|SEARCH) (vehicle|filing)", step):
                    assert "INDEX" in step or "PRIMARY KEY" in step, f"{way.query.sql}: {plan}"
            assert plan.count("USE TEMP B-TREE FOR ORDER BY") <= 1  # of what was found, at the end


def test_other_records_of_the_same_car_are_counted(database: Database) -> None:
    with database.write() as shelves:
        first = shelves.vehicles.add(a_vehicle(chassis_number="ZN6-012345", plate="土浦300さ1234")).id
        both = shelves.vehicles.add(a_vehicle(chassis_number="ZN6012345", plate="土浦300さ1234")).id
        plate = shelves.vehicles.add(a_vehicle(chassis_number="OTHER-1", plate="土浦300さ1234")).id
        alone = shelves.vehicles.add(a_vehicle(chassis_number="ALONE-1", plate="土浦300さ77")).id
    with database.read() as shelves:
        assert shelves.vehicles.doubles([first, plate, alone, 99]) == {first: 2, plate: 2}
        assert {*shelves.vehicles.get_many([first, both, 99])} == {first, both}


@pytest.mark.file
def test_other_records_are_found_by_the_indexes(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    asked: list[str] = []
    event.listen(database._backing.reading, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with database.read() as shelves:
        shelves.vehicles.doubles([1])
    with closing(connect_raw(database.path)) as driver:
        plan = " ".join(row[3] for row in driver.execute("EXPLAIN QUERY PLAN " + asked[-1], ("[1]",)))
    assert "ix_vehicle_chassis_tail" in plan
    assert "ix_vehicle_plate_key" in plan
