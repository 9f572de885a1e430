"""Reads and writes: whole or not at all, nothing lost between threads, nothing lost by a kill."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError

from onestop import errors
from onestop.model.ending import Ending
from onestop.store.database import Database
from onestop.store.record_failures import CHANGED_ELSEWHERE, GONE, OPEN_FILING
from onestop.store.sqlite import backing as backing_module
from onestop.store.sqlite import engine as engine_module
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.health import check_asked_for
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.clock import FixedClock
from support.damage import behind_its_back
from support.databases import a_database, a_database_file
from support.inspections import an_inspection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")

WRITER = """
import sys
from pathlib import Path
from onestop.clock import SystemClock
from onestop.store.database import Database
from onestop.store.sqlite.backing import SqliteFile
from support.builders import a_vehicle
with Database(SqliteFile(Path(sys.argv[1])), SystemClock()).write() as shelves:
    shelves.vehicles.add(a_vehicle())
print("committed", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with a_database(tmp_path) as opened:
        yield opened


def test_a_write_is_kept_and_knows_its_number_at_once(database: Database) -> None:
    with database.write() as shelves:
        vehicle = shelves.vehicles.add(a_vehicle())
        filing = shelves.filings.add(a_filing(vehicle_id=vehicle.id))
        assert (vehicle.id, filing.control_number, filing.version) == (1, 1, 1)

    with database.read() as shelves:
        assert shelves.vehicles.get(1).owner_name == "見本太郎"
        assert shelves.filings.get(1).chassis_number == "ZN6-012345"


def test_nobody_waits_for_another_one_to_end_reading(database: Database) -> None:
    with ExitStack() as readers:
        counts = [readers.enter_context(database.read()).vehicles.count() for _ in range(9)]
    assert counts == [0] * 9


def test_an_exception_takes_all_of_a_write_back(database: Database) -> None:
    def fails() -> None:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            msg = "on purpose"
            raise LookupError(msg)

    with pytest.raises(LookupError):
        fails()
    with database.read() as shelves:
        assert shelves.vehicles.count() == 0


def test_records_come_out_detached_and_whole(database: Database) -> None:
    with database.write() as shelves:
        added = shelves.vehicles.add(a_vehicle())
        filing = shelves.filings.add(a_filing())
    with database.read() as shelves:
        read = shelves.filings.get(1)

    assert inspect(added).detached
    assert inspect(read).detached
    assert (added.vehicle_name, filing.fees, read.fees) == ("トヨタ", [], [])


def test_a_record_from_elsewhere_does_not_load_behind_ones_back(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
        shelves.filings.add(a_filing())
        read = shelves.filings.get(1)
        inspect(read).session.expire(read, ["fees"])  # type: ignore[union-attr]  # it is in a session

    with pytest.raises(InvalidRequestError, match="raise"):
        _ = read.fees


def test_what_is_done_inside_a_read_is_not_kept(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    with database.read() as shelves:
        shelves.vehicles.get(1).vehicle_name = "changed"
    with database.read() as shelves:
        assert shelves.vehicles.get(1).vehicle_name == "トヨタ"


def test_adding_inside_a_read_is_a_bug_and_says_so(database: Database) -> None:
    with database.read() as shelves, pytest.raises(RuntimeError, match="does not write"):
        shelves.vehicles.add(a_vehicle())


def test_a_read_sees_one_state_whatever_is_written_meanwhile(database: Database) -> None:
    with database.read() as reading:
        before = reading.vehicles.count()
        with database.write() as writing:
            writing.vehicles.add(a_vehicle())
        assert reading.vehicles.count() == before == 0
    with database.read() as reading:
        assert reading.vehicles.count() == 1


def test_a_changed_record_carries_the_moment_of_its_change(tmp_path: Path) -> None:
    clock = FixedClock(BUILT_AT)
    with a_database(tmp_path, clock) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            shelves.filings.add(a_filing())
        clock.advance(hours=1)
        with database.write() as shelves:
            vehicle, unchanged = shelves.vehicles.get(1), shelves.filings.get(1)
            vehicle.capacity = 5
            unchanged.message = unchanged.message

    assert vehicle.updated_at == vehicle.used_at == BUILT_AT + dt.timedelta(hours=1)
    assert vehicle.version == 2
    assert (unchanged.updated_at, unchanged.version) == (BUILT_AT, 1)


def test_a_record_changed_outside_can_be_given_back(database: Database) -> None:
    with database.write() as shelves:
        vehicle = shelves.vehicles.add(a_vehicle())
    vehicle.fuel = "軽油"
    with database.write() as shelves:
        shelves.vehicles.add(vehicle)
    with database.read() as shelves:
        assert shelves.vehicles.get(1).fuel == "軽油"


def test_what_another_window_changed_is_not_overwritten(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    with database.read() as shelves:
        mine = shelves.vehicles.get(1)
    with database.write() as shelves:
        shelves.vehicles.get(1).fuel = "軽油"
    mine.fuel = "電気"

    with pytest.raises(errors.NotAllowed, match=CHANGED_ELSEWHERE), database.write() as shelves:
        shelves.vehicles.add(mine)
    with database.read() as shelves:
        assert shelves.vehicles.get(1).fuel == "軽油"


def test_what_is_gone_cannot_be_opened(database: Database) -> None:
    with pytest.raises(errors.NotAllowed, match=GONE), database.read() as shelves:
        shelves.vehicles.get(7)


def test_an_inspection_has_one_open_filing(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
        shelves.inspections.add(an_inspection(ending=Ending.STOPPED))
        shelves.inspections.add(an_inspection())
        for inspection in (1, 2):
            shelves.filings.add(a_filing(inspection_id=inspection))

    with pytest.raises(errors.NotAllowed, match=OPEN_FILING), database.write() as shelves:
        shelves.filings.add(a_filing(inspection_id=2))
    with database.write() as shelves:
        shelves.filings.get(2).status = "手続完了"
    with database.write() as shelves:
        shelves.filings.add(a_filing(inspection_id=2))
        assert len(shelves.filings.rows([1, 2, 3, 4])) == 3


def test_a_broken_rule_of_ours_is_a_bug_and_shows_no_values(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught, database.write() as shelves:
        shelves.filings.add(a_filing(vehicle_id=99))

    assert "見本太郎" not in str(caught.value)


@pytest.mark.file
def test_a_wrong_statement_is_a_bug(database: Database) -> None:
    with closing(connect_raw(database.path)) as raw:
        raw.execute("ALTER TABLE vehicle RENAME TO elsewhere")

    with pytest.raises(OperationalError, match="no such table"), database.read() as shelves:
        shelves.vehicles.count()


@pytest.mark.file
def test_a_database_that_is_held_too_long_is_told_as_the_machines_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 1)
    with a_database(tmp_path) as database, closing(connect_raw(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.StoreError, match="SQLITE_BUSY"), database.write():
            pass


@pytest.mark.file
def test_who_waits_too_long_for_another_thread_to_write_is_told_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (engine_module, backing_module):
        monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 1)
    with a_database(tmp_path) as database:
        with database.write(), pytest.raises(errors.StoreError, match="SQLITE_BUSY"), database.write():
            pass
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        with database.read() as shelves:
            assert shelves.vehicles.count() == 1


@pytest.mark.file
def test_threads_that_write_take_turns_on_one_connection(database: Database) -> None:
    opened: list[object] = []
    event.listen(database._backing.reading, "connect", lambda raw, _record: opened.append(raw))
    together = threading.Barrier(4, timeout=30)

    def write() -> None:
        together.wait()
        for _ in range(5):
            with database.write() as shelves:
                shelves.vehicles.add(a_vehicle())

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(opened) <= 1
    with database.read() as shelves:
        assert shelves.vehicles.count() == 20


@pytest.mark.file
def test_a_full_disk_is_told_without_values_and_loses_nothing(database: Database) -> None:
    def limit(raw: object, _record: object) -> None:
        raw.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # a raw connection

    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    database.close()
    event.listen(database._backing.reading, "connect", limit)

    def fill_it() -> None:
        with database.write() as shelves:
            for _ in range(100):
                shelves.vehicles.add(a_vehicle(note_info="備考" * 2_000))

    with pytest.raises(errors.StoreError) as caught:
        fill_it()
    assert str(caught.value) == "SQLITE_FULL"
    with database.read() as shelves:
        assert shelves.vehicles.count() == 1


def test_threads_that_count_up_lose_nothing(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle(capacity=0))

    def count_up() -> None:
        for _ in range(25):
            with database.write() as shelves:
                vehicle = shelves.vehicles.get(1)
                vehicle.capacity = (vehicle.capacity or 0) + 1

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as shelves:
        assert shelves.vehicles.get(1).capacity == 100


@pytest.mark.file
@pytest.mark.slow
def test_what_was_committed_survives_a_kill(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    file = a_database_file(tmp_path / "onestop.db")
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", WRITER, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=pytestconfig.rootpath / "tests",
        encoding="utf-8",
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "committed\n"
        writer.kill()

    database = Database(SqliteFile(file), FixedClock())
    with database.read() as shelves:
        assert shelves.vehicles.count() == 1
    database.close()
    assert not (tmp_path / "onestop.db-wal").exists()


@pytest.mark.file
def test_a_damaged_record_is_told_as_that_and_shows_nobody(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    behind_its_back(database.path, "UPDATE vehicle SET owner_name = CAST('見本' || X'E8' AS TEXT)")

    with pytest.raises(errors.RecordsDamaged) as caught, database.read() as shelves:
        shelves.vehicles.get(1)
    assert "見本" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert check_asked_for(database.path).exists()


@pytest.mark.file
def test_a_bug_in_a_whole_database_stays_one(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.read() as shelves:
        shelves.vehicles.count() // 0
    assert not check_asked_for(database.path).exists()
