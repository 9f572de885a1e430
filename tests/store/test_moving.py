"""All data move to a server and back, whole, and of the two places one goes on."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from onestop.clock import JST
from onestop.errors import NotAllowed, StoreError, WrongFolder
from onestop.model.filing import FilingFee
from onestop.model.sending_state import Sending
from onestop.paths import DataFolder
from onestop.store import moving
from onestop.store.copying import canonical, plain
from onestop.store.moved import Moved, Stage, note, note_of
from onestop.store.moving import move_from_server, move_to_server
from onestop.store.opening import open_database
from onestop.store.postgres.opening import open_server
from onestop.store.postgres.server_clock import ServerClock
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.key import new_key
from support.builders import a_filing, a_vehicle
from support.clock import FixedClock
from support.databases import a_database_file
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.copying import TableSum
    from onestop.store.database import Database
    from onestop.store.postgres.connecting import Door

CLOCK = FixedClock(dt.datetime(2026, 11, 24, 18, 0, tzinfo=JST))


@pytest.fixture
def door() -> Iterator[Door]:
    with a_server_database() as way:
        yield way


def a_shop(root: Path) -> DataFolder:
    """Return a folder with a car, a filing of which nobody knows what became, and a number given and deleted."""
    folder = DataFolder(root)
    folder.root.mkdir()
    a_database_file(folder.database)
    with closing(open_database(folder, CLOCK)) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        sent: dict[str, Any] = {
            "first_sent_at": CLOCK.now(),
            "sent_uptime": 12.0,
            "request_key": "a-key",
            "payload": '{"見本":1}',
        }
        with database.write() as shelves:
            filing = a_filing(sending=Sending.UNKNOWN, **sent)
            filing.fees.append(FilingFee(position=1, kind="自動車重量税", amount=24_600))
            shelves.filings.add(filing)
        with database.write() as shelves:
            shelves.restored.give_only_above(type(filing), 7)
            shelves.typing.put("vehicle/1", '{"user_name": "見本"}', CLOCK.now())
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> DataFolder:
    return a_shop(tmp_path / "shop")


def to(folder: DataFolder, door: Door) -> tuple[TableSum, ...]:
    return move_to_server(folder, door, ServerClock(CLOCK), lambda _name, _rows: None)


def back(folder: DataFolder, door: Door) -> tuple[TableSum, ...]:
    return move_from_server(folder, door, ServerClock(CLOCK), lambda _name, _rows: None)


def on_server(door: Door) -> Database:
    return open_server(door, ServerClock(CLOCK))


def add_a_car(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle(chassis_number="ZN6-099999"))


def cars(database: Database) -> int:
    with database.read() as shelves:
        return shelves.vehicles.count()


def digest(folder: DataFolder) -> str:
    return sha256(folder.database.read_bytes()).hexdigest()


def stage(folder: DataFolder) -> Stage | None:
    found = note_of(folder)
    return found.stage if found else None


# --- there


def test_everything_arrives_and_the_file_stays_as_it_was(shop: DataFolder, door: Door) -> None:
    before = digest(shop)

    copied = {each.name: each.rows for each in to(shop, door)}

    assert (copied["vehicle"], copied["filing"], copied["filing_fee"], copied["typing_draft"]) == (1, 1, 1, 1)
    assert digest(shop) == before
    assert copied["change"] > 0
    with closing(on_server(door)) as database, database.read() as shelves:
        assert len(shelves.changes.of_vehicle(1)) == copied["change"]
        filing = shelves.filings.get(1)
        assert (filing.sending, filing.payload, filing.sent_uptime) == (Sending.UNKNOWN, '{"見本":1}', 12.0)
        assert filing.first_sent_at == CLOCK.now()


def test_control_numbers_go_on_above_those_that_were_given(shop: DataFolder, door: Door) -> None:
    to(shop, door)
    with closing(on_server(door)) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle(chassis_number="ZN6-099999"))
        with database.write() as shelves:
            filing = a_filing(vehicle_id=2, chassis_number="ZN6-099999")
            shelves.filings.add(filing)
        assert filing.control_number == 8


def test_the_file_that_was_left_is_not_opened_and_says_where_the_data_are(shop: DataFolder, door: Door) -> None:
    to(shop, door)
    with pytest.raises(WrongFolder, match=door.place.database):
        open_database(shop, CLOCK)


def test_a_move_is_repeated_as_long_as_nobody_worked_there(shop: DataFolder, door: Door) -> None:
    assert to(shop, door) == to(shop, door)
    assert stage(shop) is Stage.GONE


def test_the_history_that_moved_is_not_rewritten_there_either(shop: DataFolder, door: Door) -> None:
    for _ in range(2):
        to(shop, door)
    with closing(door.connect(autocommit=True)) as driver, pytest.raises(psycopg.Error, match="never changed"):
        driver.execute("DELETE FROM change")


def test_what_was_worked_on_there_is_not_written_over(shop: DataFolder, door: Door) -> None:
    to(shop, door)
    with closing(on_server(door)) as database:
        add_a_car(database)
    with pytest.raises(NotAllowed, match="前に移したあとで使われています"):
        to(shop, door)
    with closing(on_server(door)) as database:
        assert cars(database) == 2


def test_other_data_there_are_not_written_over(shop: DataFolder, door: Door) -> None:
    with closing(on_server(door)) as database:
        add_a_car(database)
    with pytest.raises(NotAllowed, match="別のデータ"):
        to(shop, door)
    assert stage(shop) is None


def test_while_a_desk_is_connected_nothing_moves(shop: DataFolder, door: Door) -> None:
    with closing(on_server(door)) as database:
        cars(database)
        with pytest.raises(NotAllowed, match="ほかの端末が使っています"):
            to(shop, door)


def test_a_copy_that_differs_is_not_kept(shop: DataFolder, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "go_on_counting", spoil)
    with pytest.raises(StoreError, match="differs"):
        to(shop, door)
    assert stage(shop) is None
    open_database(shop, CLOCK).close()
    with closing(on_server(door)) as database:
        assert cars(database) == 0


def spoil(connection: object) -> None:
    connection.exec_driver_sql("UPDATE filing_fee SET amount = 24700")  # type: ignore[attr-defined]


def test_a_file_that_changes_while_it_is_copied_is_not_moved(
    shop: DataFolder, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = iter(["before", "after"])
    monkeypatch.setattr(moving, "_hash", lambda _file: next(hashes))
    with pytest.raises(StoreError, match="changed"):
        to(shop, door)


def test_nothing_damaged_or_old_or_empty_moves(tmp_path: Path, shop: DataFolder, door: Door) -> None:
    with pytest.raises(NotAllowed, match="移すデータがありません"):
        to(DataFolder(tmp_path), door)
    with closing(connect_raw(shop.database)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0012'")
    with pytest.raises(NotAllowed, match="前の版"):
        to(shop, door)
    shop.database.write_bytes(b"no database at all" * 100)
    with pytest.raises(NotAllowed, match="壊れています"):
        to(shop, door)


def test_what_went_to_one_server_goes_to_no_other(shop: DataFolder, door: Door) -> None:
    to(shop, door)
    with a_server_database() as other, pytest.raises(NotAllowed, match="すでに"):
        to(shop, other)


def test_what_went_to_a_server_that_is_empty_now_is_not_sent_there_again(shop: DataFolder, door: Door) -> None:
    note(shop, Moved(1, door.place.shown, Stage.GONE))
    with pytest.raises(NotAllowed, match="すでに"):
        to(shop, door)


def test_a_move_that_was_cut_short_is_repeated_to_the_same_server_only(shop: DataFolder, door: Door) -> None:
    note(shop, Moved(1, door.place.shown, Stage.GOING))
    with pytest.raises(WrongFolder, match="途中で止まっています"):
        open_database(shop, CLOCK)
    with a_server_database() as other, pytest.raises(NotAllowed, match="途中で止まっています"):
        to(shop, other)
    to(shop, door)
    assert stage(shop) is Stage.GONE


def test_a_note_that_cannot_be_read_is_told(shop: DataFolder) -> None:
    shop.database.with_name("onestop.db-moved").write_text("{}")
    with pytest.raises(StoreError):
        open_database(shop, CLOCK)


# --- and back


def test_all_comes_back_with_what_was_done_there_and_the_old_file_is_kept(shop: DataFolder, door: Door) -> None:
    to(shop, door)
    with closing(on_server(door)) as database:
        add_a_car(database)

    copied = {each.name: each.rows for each in back(shop, door)}

    assert copied["vehicle"] == 2
    with closing(open_database(shop, CLOCK)) as database:
        assert cars(database) == 2
        with database.read() as shelves:
            assert shelves.restored.highest_given(type(shelves.filings.get(1))) == 7
    assert list(shop.quarantine.glob("*/onestop.db"))
    with pytest.raises(WrongFolder, match="あるパソコンへ移してあります"):
        on_server(door)


def test_there_and_back_and_there_again(shop: DataFolder, door: Door) -> None:
    to(shop, door)
    back(shop, door)
    with closing(open_database(shop, CLOCK)) as database:
        add_a_car(database)
    to(shop, door)
    with closing(on_server(door)) as database:
        assert cars(database) == 2


def test_a_shop_that_began_on_a_server_comes_to_an_empty_folder(tmp_path: Path, door: Door) -> None:
    with closing(on_server(door)) as database:
        add_a_car(database)
    folder = DataFolder(tmp_path / "new")
    folder.root.mkdir()
    a_database_file(folder.database)
    key = new_key()
    move_from_server(folder, door, ServerClock(CLOCK), lambda _name, _rows: None, key)
    with closing(open_database(folder, CLOCK, key)) as database:
        assert cars(database) == 1


def test_where_other_data_are_nothing_comes(tmp_path: Path, shop: DataFolder, door: Door) -> None:
    with closing(on_server(door)) as database:
        add_a_car(database)
    with pytest.raises(NotAllowed, match="別のデータ"):
        back(shop, door)
    with closing(connect_raw(shop.database)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0012'")
    with pytest.raises(NotAllowed, match="前の版"):
        back(shop, door)
    empty = DataFolder(tmp_path / "empty")
    empty.root.mkdir()
    empty.database.touch()
    back(empty, door)
    assert stage(empty) is Stage.BACK


def test_what_has_come_back_to_one_folder_comes_to_no_other_and_does_not_go_there_from_it(
    tmp_path: Path, shop: DataFolder, door: Door
) -> None:
    to(shop, door)
    other = DataFolder(tmp_path / "other")
    other.root.mkdir()
    back(other, door)
    with pytest.raises(NotAllowed, match="あるパソコンへ移してあります"):
        back(shop, door)
    with pytest.raises(NotAllowed, match="あるパソコンへ移してあります"):
        to(shop, door)


def test_a_way_back_that_was_cut_short_is_gone_again(
    shop: DataFolder, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(shop, door)
    with monkeypatch.context() as patch:
        patch.setattr(moving, "put_in_place", cut)
        with pytest.raises(StoreError, match="cut"):
            back(shop, door)
    with pytest.raises(NotAllowed, match="途中で止まっています"):
        to(shop, door)
    back(shop, door)
    open_database(shop, CLOCK).close()


def cut(*_said: object) -> None:
    raise StoreError("cut")


def test_while_a_desk_is_sending_nothing_comes_back(shop: DataFolder, door: Door) -> None:
    to(shop, door)
    with door.connect(autocommit=True) as driver:
        driver.execute("UPDATE filing SET lease_until = now() AT TIME ZONE 'UTC' + interval '1 minute'")
    with pytest.raises(NotAllowed, match="送信の途中"):
        back(shop, door)


def test_an_encrypted_file_has_the_same_sums(tmp_path: Path, door: Door) -> None:
    folder, key = DataFolder(tmp_path / "sealed"), new_key()
    with closing(open_database(folder, CLOCK, key)) as database:
        add_a_car(database)
    first = move_to_server(folder, door, ServerClock(CLOCK), lambda _name, _rows: None, key)
    assert move_from_server(folder, door, ServerClock(CLOCK), lambda _name, _rows: None, key) == first


def test_a_file_that_is_still_legible_moves_although_there_is_a_key(shop: DataFolder, door: Door) -> None:
    copied = move_to_server(shop, door, ServerClock(CLOCK), lambda _name, _rows: None, new_key())
    assert copied == to(shop, door)


def test_a_row_is_a_line_in_words_that_every_database_has_in_common() -> None:
    row = (
        1,
        None,
        True,
        1.5,
        "見本",
        b"\0",
        Sending.UNKNOWN,
        dt.date(2026, 11, 24),
        dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
    )
    line = '[1,null,true,1.5,"見本","AA==","unknown","2026-11-24","2026-11-24T00:00:00+00:00"]\n'
    assert canonical(row) == line.encode()
    with pytest.raises(TypeError, match="object"):
        plain(object())
