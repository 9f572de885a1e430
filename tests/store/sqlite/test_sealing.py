"""A legible database is encrypted by a compared copy, and no step leaves the desk without a whole one."""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest

from onestop.errors import DatabaseDamaged, DatabaseHurt, RecordsDamaged, StoreError
from onestop.paths import DataFolder
from onestop.store.database import Database
from onestop.store.opening import make_ready, mend_database, open_database, quarantine, restore
from onestop.store.sqlite import engine, sealing
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.backup import back_up, newest_good
from onestop.store.sqlite.engine import connect_raw, fitting, is_encrypted
from onestop.store.sqlite.health import is_sound, is_whole
from onestop.store.sqlite.key import new_key
from onestop.store.sqlite.sealing import seal, seal_backups, seal_quarantine
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database
from support.held import HeldFiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.store.sqlite.key import Key

KEY = new_key()
CANARY = "金糸雀太郎"


class PowerCut(BaseException):
    """The process ends here."""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def a_legible_desk(folder: DataFolder) -> None:
    with a_database(folder.root) as database:
        keep_canary(database)


def keep_canary(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle(owner_name=CANARY))


def found_in(root: Path) -> list[str]:
    """Return the files in which the canary can be read."""
    return [file.name for file in root.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()]


def owners(path: Path, key: Key | None) -> list[str]:
    with closing(connect_raw(path, key, read_only=True)) as raw:
        return [name for (name,) in raw.execute("SELECT owner_name FROM vehicle")]


def test_a_legible_database_is_encrypted_as_it_stands(folder: DataFolder) -> None:
    a_legible_desk(folder)
    assert found_in(folder.root) == ["onestop.db"]
    assert seal(folder.database, KEY)
    assert owners(folder.database, KEY) == [CANARY]
    assert is_encrypted(folder.database)
    assert is_sound(folder.database, KEY)
    assert found_in(folder.root) == []
    assert sorted(file.name for file in folder.root.iterdir()) == ["onestop.db", "onestop.db-known"]
    assert not seal(folder.database, KEY)


def test_each_step_tells_how_far_it_is(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "EVERY", 10)
    monkeypatch.setattr(sealing, "_BLOCK", 4096)
    with a_database(folder.root) as database, database.write() as shelves:
        for number in range(100):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{100000 + number}"))
    told: dict[int, list[int]] = {}
    assert seal(folder.database, KEY, lambda step, percent: told.setdefault(step, []).append(percent))
    assert [*told] == [sealing.COPY, sealing.COMPARISON, sealing.CHECK, sealing.READING, sealing.WIPING]
    assert told.pop(sealing.CHECK) == [0], "SQLite does not tell"
    for percents in told.values():
        assert percents == sorted(percents)
        assert percents[-1] > 80
        assert len(set(percents)) > 10
    assert max(map(max, told.values())) < 100, "what is over is told by the next step"


def test_what_stands_in_the_wal_alone_comes_along_and_is_written_over(folder: DataFolder) -> None:
    a_legible_desk(folder)
    with closing(connect_raw(folder.database)) as raw:
        raw.execute("UPDATE vehicle SET user_name = 'ほか'")
        for name in ("onestop.db", "onestop.db-wal"):
            folder.root.joinpath("killed").mkdir(exist_ok=True)
            shutil.copyfile(folder.root / name, folder.root / "killed" / name)
    assert seal(folder.root / "killed" / "onestop.db", KEY)
    with closing(connect_raw(folder.root / "killed" / "onestop.db", KEY)) as raw:
        assert raw.execute("SELECT user_name FROM vehicle").fetchall() == [("ほか",)]


def test_nothing_is_encrypted_where_nothing_is(tmp_path: Path) -> None:
    assert not seal(tmp_path / "onestop.db", KEY)
    (tmp_path / "onestop.db").touch()
    assert not seal(tmp_path / "onestop.db", KEY)
    assert fitting(tmp_path / "onestop.db", KEY) == KEY
    (tmp_path / "onestop.db").write_bytes(b"no database at all, and nothing to be encrypted")
    assert not seal(tmp_path / "onestop.db", KEY)


@pytest.mark.parametrize("ending", ["onestop.db", "-part", "-sealed", "-plain", "-wal"])
def test_a_file_that_another_program_holds_for_a_moment_stops_nothing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    folder.root.mkdir()
    with closing(connect_raw(folder.database)) as raw:  # a small one, for it is encrypted again and again
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE vehicle (owner_name TEXT)")
        raw.execute("INSERT INTO vehicle VALUES (?)", (CANARY,))
    legible = folder.database.read_bytes()
    held = HeldFiles(monkeypatch)
    for step in count():
        folder.database.write_bytes(legible)
        held.hold(ending, 1, after=step)
        before = held.refused
        assert seal(folder.database, KEY)
        held.let_go()
        assert owners(folder.database, KEY) == [CANARY]
        assert found_in(folder.root) == []
        if held.refused == before:
            break
    assert step


STEPS = ("_copy", "put_durably", "_fold_in", "wipe")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_whoever_is_killed_at_any_step_opens_again(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    a_legible_desk(folder)
    whole: Callable[..., object] = getattr(sealing, step)

    def dies(*given: object) -> None:
        if after:
            whole(*given)
        raise PowerCut

    with monkeypatch.context() as cut:
        cut.setattr(sealing, step, dies)
        with suppress(PowerCut):
            seal(folder.database, KEY)
    make_ready(folder, FixedClock(), KEY)
    assert owners(folder.database, KEY) == [CANARY]
    assert found_in(folder.root) == []


def test_whoever_is_killed_between_the_two_moves_opens_again(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_legible_desk(folder)

    def dies(path: Path, _tell: object = None) -> None:
        if not path.exists():
            raise PowerCut

    whole = sealing.finish_sealing
    with monkeypatch.context() as cut:
        cut.setattr(sealing, "finish_sealing", dies)
        with suppress(PowerCut):
            seal(folder.database, KEY)
    assert sealing.finish_sealing is whole
    assert not folder.database.exists()
    make_ready(folder, FixedClock(), KEY)
    assert owners(folder.database, KEY) == [CANARY]
    assert found_in(folder.root) == []


def test_a_copy_that_differs_takes_nobodys_place(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    a_legible_desk(folder)
    monkeypatch.setattr(sealing, "_told", lambda raw, _summing: [raw])
    with pytest.raises(StoreError, match="differs"):
        seal(folder.database, KEY)
    assert owners(folder.database, None) == [CANARY]
    assert not (folder.root / "onestop.db-part").exists()


def test_a_database_that_somebody_reads_stays_as_it_is(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    a_legible_desk(folder)
    with closing(connect_raw(folder.database)) as other:
        other.execute("UPDATE vehicle SET user_name = 'ほか'")
        other.execute("BEGIN")
        other.execute("SELECT * FROM vehicle").fetchall()
        with pytest.raises(StoreError):
            seal(folder.database, KEY)
    assert owners(folder.database, None) == [CANARY]


def test_a_new_database_is_encrypted_and_so_are_its_backups(folder: DataFolder) -> None:
    database = open_database(folder, FixedClock(), KEY)
    keep_canary(database)
    backup = back_up(folder.database, folder.backups, FixedClock(), KEY)
    assert found_in(folder.root) == []
    database.close()
    assert owners(backup, KEY) == [CANARY]
    assert newest_good(folder.backups, KEY) == backup
    assert newest_good(folder.backups, new_key()) is None
    assert found_in(folder.root) == []


def test_another_key_opens_nothing(folder: DataFolder) -> None:
    open_database(folder, FixedClock(), KEY).close()
    assert not is_whole(folder.database, new_key())
    other = Database(SqliteFile(folder.database, new_key()), FixedClock())
    with pytest.raises(RecordsDamaged), other.read() as shelves:
        shelves.vehicles.get(1)


def test_a_damaged_page_costs_its_rows_and_the_backup_has_them(
    folder: DataFolder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR")  # damages that cost nothing are mended on the way
    database = open_database(folder, FixedClock(), KEY)
    with database.write() as shelves:
        for number in range(60):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{100000 + number}", owner_name=CANARY))
    database.close()
    back_up(folder.database, folder.backups, FixedClock(), KEY)
    whole = folder.database.read_bytes()
    pages = range(len(whole) // 4096, 1, -1)  # what was written last lies at the end
    hurt = next(found for page in pages if (found := hurt_by(folder, whole, page)))
    assert 0 < len(hurt.rows) < 60
    assert all((row.table, row.in_backup, row.legible) == ("vehicle", True, False) for row in hurt.rows)
    mend_database(folder, FixedClock(), KEY, from_backup=True)
    make_ready(folder, FixedClock(), KEY)
    assert len(owners(folder.database, KEY)) == 60
    assert found_in(folder.root) == []


def hurt_by(folder: DataFolder, whole: bytes, page: int) -> DatabaseHurt | None:
    """Flip a bit on a page; return what that cost, if it cost some cars."""
    stored = bytearray(whole)
    stored[(page - 1) * 4096 + 2000] ^= 1
    folder.database.write_bytes(stored)
    try:
        make_ready(folder, FixedClock(), KEY)
    except DatabaseHurt as hurt:
        return hurt if {row.table for row in hurt.rows} == {"vehicle"} and len(hurt.rows) < 60 else None
    except DatabaseDamaged:
        return None
    return None


def test_backups_from_before_are_encrypted_and_one_that_is_damaged_stays_as_it_is(folder: DataFolder) -> None:
    a_legible_desk(folder)
    clock = FixedClock()
    hurt = back_up(folder.database, folder.backups, clock)
    clock.advance(hours=1)
    whole = back_up(folder.database, folder.backups, clock)
    stored = bytearray(hurt.read_bytes())
    stored[5000:9000] = bytes(4000)
    hurt.write_bytes(stored)
    seal(folder.database, KEY)
    seal_backups(folder.backups, None)
    assert found_in(folder.backups) != []
    seal_backups(folder.backups, KEY)
    assert owners(whole, KEY) == [CANARY]
    assert newest_good(folder.backups, KEY) == whole
    assert set(found_in(folder.root)) <= {hurt.name}


def test_a_legible_backup_that_is_put_back_is_encrypted_at_the_next_opening(folder: DataFolder) -> None:
    a_legible_desk(folder)
    backup = back_up(folder.database, folder.backups, FixedClock())
    seal(folder.database, KEY)
    restore(folder, backup, FixedClock(), KEY)
    make_ready(folder, FixedClock(), KEY)
    assert owners(folder.database, KEY) == [CANARY]
    assert found_in(folder.root) == [backup.name]


def test_backups_whose_encryption_was_cut_short_are_finished(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_legible_desk(folder)
    backup = back_up(folder.database, folder.backups, FixedClock())
    seal(folder.database, KEY)

    def dies(*_given: object) -> None:
        raise PowerCut

    for step in ("wipe", "finish_sealing"):
        with monkeypatch.context() as cut:
            cut.setattr(sealing, step, dies)
            with suppress(PowerCut):
                seal_backups(folder.backups, KEY)
    seal_backups(folder.backups, KEY)
    assert owners(backup, KEY) == [CANARY]
    assert found_in(folder.root) == []


def test_what_lies_in_quarantine_is_kept_byte_by_byte_and_legible_to_nobody(folder: DataFolder) -> None:
    a_legible_desk(folder)
    moved = quarantine(folder, FixedClock())
    stored = moved.read_bytes()
    seal_quarantine(folder.quarantine, None)
    assert found_in(folder.root) == ["onestop.db"]
    for _ in range(2):
        seal_quarantine(folder.quarantine, KEY)
    assert [file.name for file in moved.parent.iterdir()] == ["kept.db"]
    with closing(connect_raw(moved.parent / "kept.db", KEY)) as raw:
        assert raw.execute("SELECT content FROM kept WHERE name = 'onestop.db'").fetchall() == [(stored,)]
    assert found_in(folder.root) == []


def test_an_encrypted_database_in_quarantine_stays_as_it_is(folder: DataFolder) -> None:
    open_database(folder, FixedClock(), KEY).close()
    moved = quarantine(folder, FixedClock())
    seal_quarantine(folder.quarantine, KEY)
    assert is_encrypted(moved)
