"""The shelf of filings: what 申請書一覧 finds, and in which order."""

from __future__ import annotations

import datetime as dt
from array import array
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from onestop.clock import JST
from onestop.errors import NotAllowed
from onestop.model.ending import Ending
from onestop.model.filing import FilingFee
from onestop.model.lists import LARGEST_CONTROL_NUMBER, FilingColumn, FilingCondition, FilingQuery
from onestop.model.sending_state import Sending
from onestop.model.words import VehicleClass
from onestop.store.shelves import filings as shelf
from onestop.store.sqlite.engine import connect_raw
from support.builders import a_filing, a_vehicle
from support.databases import a_database
from support.each_database import one_of_each_kind
from support.inspections import an_inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.model.filing import Filing
    from onestop.store.database import Database
    from onestop.store.shelves.sendable import Filed

pytestmark = pytest.mark.usefixtures("each_database")


def at(day: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    """Return a moment of November 2026 in Japan."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=JST)


def five_filings() -> tuple[Filing, ...]:
    """Return one filing in each of five states, on five cars."""
    return (
        a_filing(vehicle_id=1, plate="土浦1あ1111", chassis_number="ABC123"),
        a_filing(
            vehicle_id=2,
            plate="岩手500と1499",
            chassis_number="AE104-0000123",
            sending=Sending.FILED,
            filing_id="1000000009",
            requested_at=at(2, 0, 0),
            status="手続完了",
            oss_status="手続(交付)完了",
        ),
        a_filing(
            vehicle_id=3,
            plate="秋田550は1390",
            chassis_number="DEF-456",
            vehicle_class=VehicleClass.KEI,
            sending=Sending.FILED,
            filing_id="1000000008",
            requested_at=at(2, 23, 59),
            status="受付前",
        ),
        a_filing(vehicle_id=4, plate="成田500さ2608", chassis_number="RF1-99", sending=Sending.SENDING),
        a_filing(
            vehicle_id=5,
            plate="青森58ち5986",
            chassis_number="AE101-1",
            sending=Sending.UNKNOWN,
            requested_at=at(3, 0, 0),
        ),
    )


@contextmanager
def of_five_filings(folder: Path) -> Iterator[Database]:
    """Open a database with the five filings, 管理番号 1 to 5."""
    with a_database(folder) as opened:
        with opened.write() as shelves:
            for _ in range(6):
                shelves.vehicles.add(a_vehicle())
            for filing in five_filings():
                shelves.filings.add(filing)
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with of_five_filings(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Database]]:
    """Return what gives the five filings to tests that change none of them."""
    with one_of_each_kind(lambda: of_five_filings(tmp_path_factory.mktemp("filings"))) as given:
        yield given


def ids(database: Database, query: FilingQuery) -> list[int]:
    """Return what a query finds, having asked in every way."""
    with database.read() as shelves:
        found = shelves.filings.ids(query)
    assert [row.control_number for row in database.lists.filings(query, 2)] == list(found[:2])
    return list(found)


def test_the_newest_sent_back_is_found_of_each_inspection(database: Database) -> None:
    fees = [FilingFee(position=1, kind="検査登録手数料")]
    sent_back: dict[str, Any] = {"sending": Sending.FILED, "status": "差戻"}
    with database.write() as shelves:
        first, second, none = (shelves.inspections.add(an_inspection(car)).id for car in (1, 6, 4))
        of: dict[str, Any] = {"vehicle_id": 1, "inspection_id": first}
        shelves.filings.add(a_filing(**of, **sent_back))
        newest = shelves.filings.add(a_filing(**of, **sent_back, fees=fees)).control_number
        shelves.filings.add(a_filing(**of))
        shelves.filings.add(a_filing(vehicle_id=1, **sent_back))
        shelves.filings.add(a_filing(vehicle_id=4, inspection_id=none))
        other = shelves.filings.add(a_filing(vehicle_id=6, inspection_id=second, **sent_back)).control_number
    with database.read() as shelves:
        found = shelves.filings.sent_back_in([1, 4])
        assert {inspection: each.control_number for inspection, each in found.items()} == {first: newest}
        assert [fee.kind for fee in found[first].fees] == ["検査登録手数料"]
        assert set(shelves.filings.sent_back_in([1, 6])) == {first, second}
        assert shelves.filings.sent_back_in([6])[second].control_number == other
        assert shelves.filings.sent_back_in([4]) == {}


def test_fees_are_kept_in_their_order(database: Database) -> None:
    fees = [
        FilingFee(
            position=2, kind="自動車重量税", amount=24600, payment_status="未納付", due_date=dt.date(2026, 12, 1)
        ),
        FilingFee(position=1, kind="検査登録手数料", amount=1800),
    ]
    with database.write() as shelves:
        shelves.filings.get(2).fees = fees
    with database.read() as shelves:
        assert [fee.kind for fee in shelves.filings.get(2).fees] == ["検査登録手数料", "自動車重量税"]


def test_fees_that_ainas_no_longer_names_are_removed(database: Database) -> None:
    with database.write() as shelves:
        shelves.filings.get(2).fees = [FilingFee(position=1, kind="一"), FilingFee(position=2, kind="二")]
    with database.write() as shelves:
        filing = shelves.filings.get(2)
        filing.fees = filing.fees[1:]
    with database.read() as shelves:
        assert [fee.kind for fee in shelves.filings.get(2).fees] == ["二"]


def test_a_new_filing_may_bring_its_fees(database: Database) -> None:
    with database.write() as shelves:
        added = shelves.filings.add(a_filing(vehicle_id=6, fees=[FilingFee(position=1, kind="一")]))

    assert [fee.control_number for fee in added.fees] == [added.control_number] == [6]


@pytest.mark.file
def test_a_deleted_filing_takes_its_fees_along_and_its_number_never_returns(database: Database) -> None:
    with database.write() as shelves:
        shelves.filings.get(5).fees = [FilingFee(position=1, kind="一")]
    with database.write() as shelves:
        shelves.filings.delete(5)
    with database.write() as shelves:
        assert shelves.filings.add(a_filing(vehicle_id=5)).control_number == 6
    with closing(connect_raw(database.path)) as raw:
        assert raw.execute("SELECT count(*) FROM filing_fee").fetchone() == (0,)


def test_what_is_deleted_cannot_be_deleted_again(database: Database) -> None:
    with pytest.raises(NotAllowed), database.write() as shelves:
        shelves.filings.delete(99)


def test_the_filing_of_an_inspection_that_counts_and_all_of_a_car(database: Database) -> None:
    with database.write() as shelves:
        first = shelves.inspections.add(an_inspection(2, ending=Ending.FINISHED)).id
        second = shelves.inspections.add(an_inspection(2)).id
        shelves.filings.get(2).inspection_id = first
        shelves.filings.get(2).fees = [FilingFee(position=1, kind="一")]
        shelves.filings.add(a_filing(vehicle_id=2, inspection_id=second, status="却下"))
        again = shelves.filings.add(a_filing(vehicle_id=2, inspection_id=second)).control_number
        empty = shelves.inspections.add(an_inspection(6)).id
    with database.read() as shelves:
        counting = [shelves.filings.that_counts(each) for each in (first, second, empty)]
        assert [each and each.control_number for each in counting] == [2, again, None]
        mine = shelves.filings.all_for_vehicle(2)
        assert [each.control_number for each in mine] == [again, again - 1, 2]
        assert [fee.kind for fee in mine[-1].fees] == ["一"]
        assert shelves.filings.all_for_vehicle(6) == ()


def test_what_belongs_to_an_inspection_that_ended_is_marked_and_left_out(database: Database) -> None:
    with database.write() as shelves:
        for car in (1, 3):
            shelves.filings.get(car).inspection_id = shelves.inspections.add(an_inspection(car)).id
            shelves.inspections.note_last_application_date(car // 2 + 1, dt.date(2026, 12, car))
        shelves.filings.add(a_filing(vehicle_id=6, inspection_id=shelves.inspections.add(an_inspection(6)).id))
    with database.write() as shelves:
        version = shelves.filings.get(6).version
        shelves.inspections.get(3).end(Ending.STOPPED, at(4))
    assert ids(database, FilingQuery(only_sendable=True)) == [1]
    assert ids(database, FilingQuery(condition=FilingCondition.NOT_ISSUED, only_sendable=True)) == [1]
    assert ids(database, FilingQuery(condition=FilingCondition.NOT_ISSUED)) == [1, 6]
    with database.read() as shelves:
        rows = {row.control_number: row for row in shelves.filings.rows([1, 2, 3, 6])}
        assert [number for number, row in rows.items() if row.is_of_before] == [6]
        assert (rows[1].last_application_date, rows[2].last_application_date) == (dt.date(2026, 12, 1), None)
        assert shelves.filings.drafts_among([6, 1]) == (1,)
        assert shelves.filings.get(6).version == version
    assert ids(database, FilingQuery(sort=FilingColumn.LAST_APPLICATION_DATE)) == [1, 3, 2, 4, 5, 6]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (FilingQuery(), [1, 2, 3, 4, 5]),
        (FilingQuery(condition=FilingCondition.NOT_ISSUED), [1]),
        (FilingQuery(condition=FilingCondition.ISSUED), [2, 3, 4, 5]),
        (FilingQuery(number_from=2, number_to=4), [2, 3, 4]),
        (FilingQuery(number_from=6), []),
        (FilingQuery(chassis_tail="123"), [1, 2]),
        (FilingQuery(chassis_tail="c123"), [1]),
        (FilingQuery(chassis_tail="ｄｅｆ－４５６"), [3]),
        (FilingQuery(chassis_tail="12"), []),
        (FilingQuery(chassis_tail="%3"), []),
        (FilingQuery(requested_from=dt.date(2026, 11, 2)), [2, 3, 5]),
        (FilingQuery(requested_to=dt.date(2026, 11, 2)), [2, 3]),
        (FilingQuery(requested_from=dt.date(2026, 11, 3), requested_to=dt.date(2026, 11, 3)), [5]),
        (FilingQuery(requested_to=dt.date(2026, 11, 1)), []),
        (FilingQuery(condition=FilingCondition.ISSUED, chassis_tail="123", number_to=9), [2]),
    ],
)
def test_conditions(listed: Callable[[], Database], query: FilingQuery, expected: list[int]) -> None:
    assert ids(listed(), query) == expected


@pytest.mark.parametrize("largest", [255, 256, 65_536, LARGEST_CONTROL_NUMBER])
def test_numbers_come_whole_however_large_they_are(database: Database, largest: int) -> None:
    filing = a_filing(vehicle_id=6, chassis_number="AAA-1")
    filing.control_number = largest
    with database.write() as shelves:
        shelves.filings.put_back(filing)
    assert ids(database, FilingQuery()) == [1, 2, 3, 4, 5, largest]
    assert ids(database, FilingQuery(sort=FilingColumn.CHASSIS_NUMBER)) == [largest, 1, 5, 2, 3, 4]


def test_more_numbers_come_than_are_read_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "AT_ONCE", 2)
    assert ids(database, FilingQuery()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (FilingColumn.CONTROL_NUMBER, [1, 2, 3, 4, 5]),
        (FilingColumn.COMPLETION, [1, 3, 4, 5, 2]),
        (FilingColumn.VEHICLE_CLASS, [1, 2, 4, 5, 3]),
        (FilingColumn.PROCEDURE, [1, 2, 3, 4, 5]),
        (FilingColumn.FILING_ID, [3, 2, 1, 4, 5]),
        (FilingColumn.REQUESTED_AT, [2, 3, 5, 1, 4]),
        (FilingColumn.STATUS, [3, 2, 1, 4, 5]),
        (FilingColumn.OSS_STATUS, [2, 1, 3, 4, 5]),
        (FilingColumn.REGISTRATION_NUMBER, [1, 2, 4, 3, 5]),
        (FilingColumn.CHASSIS_NUMBER, [1, 5, 2, 3, 4]),
        (FilingColumn.LAST_APPLICATION_DATE, [1, 2, 3, 4, 5]),
    ],
)
def test_every_column_sorts_with_empty_fields_last(
    listed: Callable[[], Database], column: FilingColumn, ascending: list[int]
) -> None:
    assert ids(listed(), FilingQuery(sort=column)) == ascending


@pytest.mark.parametrize(
    ("column", "descending"),
    [
        (FilingColumn.CONTROL_NUMBER, [5, 4, 3, 2, 1]),
        (FilingColumn.FILING_ID, [2, 3, 5, 4, 1]),
        (FilingColumn.REQUESTED_AT, [5, 3, 2, 4, 1]),
        (FilingColumn.STATUS, [2, 3, 5, 4, 1]),
    ],
)
def test_backwards_too_empty_fields_come_last(
    listed: Callable[[], Database], column: FilingColumn, descending: list[int]
) -> None:
    assert ids(listed(), FilingQuery(sort=column, descending=True)) == descending


def test_rows_come_in_the_order_of_the_numbers(database: Database) -> None:
    with database.read() as shelves:
        rows = shelves.filings.rows(array("q", [3, 99, 1]))

    assert [row.control_number for row in rows] == [3, 1]
    third = rows[0]
    assert (third.vehicle_id, third.sending, third.is_finished, third.is_closed) == (3, Sending.FILED, False, False)
    assert (third.vehicle_class, third.procedure, third.filing_id) == ("軽", "継続検査", "1000000008")
    assert (third.requested_at, third.status, third.oss_status) == (at(2, 23, 59), "受付前", None)
    assert (third.registration_number, third.chassis_number) == ("秋田550は1390", "DEF-456")


def test_no_numbers_no_rows(database: Database) -> None:
    with database.read() as shelves:
        assert shelves.filings.rows(()) == ()
        assert shelves.filings.refreshable((), at(1, 0, 0)) == ()
        assert shelves.filings.drafts_among(()) == ()


def test_any_number_of_numbers_can_be_asked_at_once(database: Database) -> None:
    with database.read() as shelves:
        assert shelves.filings.drafts_among(range(400_000)) == (1,)


def test_what_may_or_may_not_have_arrived(database: Database) -> None:
    with database.read() as shelves:
        assert shelves.filings.unsettled() == (4, 5)


def test_only_the_filed_and_unfinished_are_refreshed(database: Database) -> None:
    with database.write() as shelves:
        forgotten = a_filing(
            vehicle_id=6,
            sending=Sending.FILED,
            filing_id="1000000010",
            status="受付前",
            forgotten=True,
            requested_at=at(1, 9, 0),
        )
        shelves.filings.add(forgotten)
    with database.read() as shelves:
        assert numbers_of(shelves.filings.refreshable([6, 5, 4, 3, 2, 1], at(1, 9, 1))) == ((3, "1000000008"),)
        both = numbers_of(shelves.filings.refreshable([6, 3], at(1, 9, 0)))
        assert both == ((6, "1000000010"), (3, "1000000008"))


def numbers_of(filed: tuple[Filed, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((each.control_number, each.service_number) for each in filed)


def test_refreshable_ones_keep_the_given_order(database: Database) -> None:
    with database.write() as shelves:
        shelves.filings.get(2).status = "知らない言葉"
    with database.read() as shelves:
        both = numbers_of(shelves.filings.refreshable([3, 2], at(1, 0, 0)))
        assert both == ((3, "1000000008"), (2, "1000000009"))


def test_a_filing_id_that_is_here_is_known(database: Database) -> None:
    with database.read() as shelves:
        assert shelves.filings.knows_number("1000000008")
        assert not shelves.filings.knows_number("1000000001")


def test_drafts_keep_the_given_order(database: Database) -> None:
    with database.write() as shelves:
        shelves.filings.add(a_filing(vehicle_id=6))
    with database.read() as shelves:
        assert shelves.filings.drafts_among([6, 3, 1]) == (6, 1)


def test_one_that_is_alone_gets_its_place_back_before_it_is_sent(database: Database) -> None:
    with database.write() as shelves:
        (filing,) = shelves.filings.get_many([1]).values()
        filing.is_open = False
        shelves.filings.refuse_second(filing)
        assert filing.is_open
