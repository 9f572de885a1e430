"""A whole database of a damaged one: what is whole is kept, what is not is had from a backup or kept as it is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.errors import HurtRow, StoreError
from onestop.store.migrations import HEAD, version_of
from onestop.store.sqlite import mending
from onestop.store.sqlite.backup import back_up
from onestop.store.sqlite.engine import MODULE, connect_raw
from onestop.store.sqlite.folder import PRACTICE, REAL, check_mark, mark
from onestop.store.sqlite.mending import mend
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.clock import FixedClock
from support.damage import PAGE, behind_its_back, torn_index
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def hurt(tmp_path: Path) -> Path:
    """Return a database with a car, its filing and something half typed, of which a backup was taken before."""
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            shelves.filings.add(a_filing())
        back_up(database.path, tmp_path / "backups", FixedClock())
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle(chassis_number="ZN6-2"))
            shelves.typing.put("vehicle/1", "{}", BUILT_AT)
    return database.path


@pytest.fixture
def backup(hurt: Path) -> Path:
    (taken,) = (hurt.parent / "backups").iterdir()
    return taken


def mended(hurt: Path, backup: Path | None, *, from_backup: bool = True) -> tuple[HurtRow, ...]:
    rows = mend(hurt, hurt.with_suffix(".part"), backup, from_backup=from_backup)
    assert rows is not None
    return rows


def stored(hurt: Path, query: str) -> list[tuple[object, ...]]:
    with closing(connect_raw(hurt.with_suffix(".part"), read_only=True)) as raw:
        return raw.execute(query).fetchall()


def test_a_whole_one_is_copied_whole(hurt: Path, backup: Path) -> None:
    behind_its_back(hurt, "PRAGMA application_id = 5")

    assert mended(hurt, backup) == ()
    assert stored(hurt, "SELECT count(*) FROM vehicle") == [(2,)]
    assert stored(hurt, "SELECT max(number) FROM save_mark") == [(2,)]
    assert stored(hurt, "PRAGMA application_id") == [(5,)]


def test_a_lost_record_comes_back_from_the_backup(hurt: Path, backup: Path) -> None:
    behind_its_back(hurt, "DELETE FROM filing")

    assert mended(hurt, backup) == (
        HurtRow("filing", "1", "土浦 300 さ 1234 ZN6-012345", in_backup=True, legible=False),
    )
    assert stored(hurt, "SELECT user_name FROM filing") == [("見本太郎",)]


def test_what_is_in_no_backup_is_kept_as_far_as_it_can_be_read(hurt: Path, backup: Path) -> None:
    behind_its_back(
        hurt, "UPDATE vehicle SET owner_name = CAST(X'E8' AS TEXT), expiry_date = '2026-13-01' WHERE id = 2"
    )

    assert mended(hurt, backup) == (HurtRow("vehicle", "2", "土浦 300 さ 1234 ZN6-2", in_backup=False, legible=True),)
    assert stored(hurt, "SELECT owner_name, expiry_date FROM vehicle WHERE id = 2") == [("�", None)]


@pytest.mark.parametrize("kept", ["hurt", "as it is"])
def test_without_any_backup_what_cannot_be_read_is_lost_and_named(hurt: Path, kept: str) -> None:
    behind_its_back(hurt, "UPDATE vehicle SET user_kind = 'nobody', fuel = '水' WHERE id = 2")

    rows = mended(hurt, None, from_backup=kept == "hurt")
    assert rows == (HurtRow("vehicle", "2", "", in_backup=False, legible=False),)
    assert stored(hurt, "SELECT id FROM vehicle") == [(1,)]


def test_what_is_hurt_may_go_before_the_backups_version(hurt: Path, backup: Path) -> None:
    behind_its_back(hurt, "UPDATE vehicle SET fuel = '水' WHERE id = 1")

    assert mended(hurt, backup, from_backup=False)[0].legible
    assert stored(hurt, "SELECT fuel FROM vehicle WHERE id = 1") == [("水",)]


def test_what_is_typed_goes_by_its_place(hurt: Path, backup: Path) -> None:
    behind_its_back(hurt, "UPDATE typing_draft SET form = '{.}'")

    assert mended(hurt, backup) == (HurtRow("typing_draft", "vehicle/1", "", in_backup=False, legible=True),)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE alembic_version SET version_num = '0001'",
        "DELETE FROM row_sum WHERE of = 'alembic_version'",
        "UPDATE save_mark SET token = 0",
    ],
)
def test_what_the_store_keeps_for_itself_is_mended_without_a_word(hurt: Path, backup: Path, sql: str) -> None:
    behind_its_back(hurt, sql)

    assert mended(hurt, backup) == ()
    assert version_of(hurt.with_suffix(".part")) == HEAD


@pytest.mark.parametrize(("noted", "holds"), [(0, 1), (12, 12), (2**40, 1), ("'text'", 1)])
def test_no_number_is_given_again(hurt: Path, backup: Path, noted: object, holds: int) -> None:
    behind_its_back(hurt, f"UPDATE sqlite_sequence SET seq = {noted} WHERE name = 'filing'")  # noqa: S608 - rows above
    behind_its_back(hurt, "INSERT INTO sqlite_sequence VALUES ('nothing', 3)")

    assert mended(hurt, backup) == ()
    assert stored(hurt, "SELECT seq FROM sqlite_sequence WHERE name = 'filing'") == [(holds,)]
    assert stored(hurt, "SELECT seq FROM sqlite_sequence WHERE name = 'nothing'") == []


@pytest.mark.parametrize("of", ["row_sum SET sum", "sqlite_sequence SET seq"])
def test_practice_stays_practice_where_one_bit_of_its_mark_is_another(hurt: Path, backup: Path, of: str) -> None:
    mark(hurt, practice=True)
    behind_its_back(hurt, f"UPDATE {of} = {REAL} WHERE {PRACTICE} IN ({of.rsplit(maxsplit=1)[-1]})")

    assert mended(hurt, backup) == ()
    check_mark(hurt.with_suffix(".part"), practice=True)


def test_a_backup_of_an_older_program_is_not_taken_apart(hurt: Path, backup: Path) -> None:
    with closing(connect_raw(backup)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    behind_its_back(hurt, "DELETE FROM filing")

    assert mended(hurt, backup) == (HurtRow("filing", "1", "", in_backup=False, legible=False),)


@pytest.mark.parametrize(("kind", "text"), [(13, b"ZN6-130"), (10, b"vehicle250")], ids=["of rows", "of sums"])
def test_a_torn_page_costs_its_rows_and_no_others(tmp_path: Path, kind: int, text: bytes) -> None:
    with a_database(tmp_path) as database, database.write() as shelves:
        for number in range(300):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{number}"))
    _tear(database.path, kind, text)

    rows = mended(database.path, None)
    there = {str(key) for (key,) in stored(database.path, "SELECT id FROM vehicle")}
    assert 1 < len(rows) < 200
    assert there | {row.key for row in rows} == {str(number) for number in range(1, 301)}
    assert all(row.legible for row in rows if row.key in there)


def _tear(path: Path, kind: int, text: bytes) -> None:
    """Lose the first leaf of a kind, of a table or of an index, that has this on it."""
    data = bytearray(path.read_bytes())
    begin = next(at for at in range(0, len(data), PAGE) if data[at] == kind and text in data[at : at + PAGE])
    data[begin : begin + PAGE] = bytes(PAGE)
    path.write_bytes(data)


def test_a_torn_index_costs_nothing(hurt: Path, backup: Path) -> None:
    torn_index(hurt)

    assert mended(hurt, backup) == ()


@pytest.mark.parametrize(
    "sql",
    ["DROP INDEX ix_vehicle_serial", "DROP TABLE row_sum", "DELETE FROM row_sum"],
    ids=["another schema", "no sums", "empty sums"],
)
def test_without_its_book_nothing_is_made(hurt: Path, backup: Path, sql: str) -> None:
    behind_its_back(hurt, sql)

    assert mend(hurt, hurt.with_suffix(".part"), backup) is None


def test_a_file_that_is_none_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "onestop.db").write_bytes(b"not a database" * 1000)

    assert mend(tmp_path / "onestop.db", tmp_path / "onestop.part", None) is None


def test_what_does_not_pass_its_check_is_not_used(hurt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "is_sound", lambda _path, _key: False)

    assert mend(hurt, hurt.with_suffix(".part"), None) is None


def failing(*_: object) -> set[str]:
    """Fail as SQLite does on a failing disk."""
    error = MODULE.Error("a failing disk")
    error.sqlite_errorcode, error.sqlite_errorname = 10, "SQLITE_IOERR"  # as SQLite does
    raise error


def test_a_failing_disk_is_told_as_that(hurt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "hurt_keys", failing)

    with pytest.raises(StoreError, match="SQLITE_IOERR"):
        mend(hurt, hurt.with_suffix(".part"), None)
