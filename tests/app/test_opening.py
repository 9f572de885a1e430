"""Opening the desk: the practice world and its folder, two programs at one folder, backups, and damage."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.app.opening import begin_anew, begin_practice_anew, choose_mode, mend, open_desk, restore_backup
from onestop.app.start import Start
from onestop.errors import (
    DatabaseDamaged,
    DatabaseHurt,
    DataFolderInUse,
    ModeUnknown,
    NoRoom,
    PracticeDamaged,
    WrongFolder,
)
from onestop.model.ending import Ending
from onestop.model.lists import FilingQuery
from onestop.paths import DataFolder
from onestop.store.instance import claim
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import load_settings, save_settings
from onestop.store.sqlite.backup import backups
from onestop.store.sqlite.engine import connect_raw
from support.clock import FixedClock
from support.damage import behind_its_back
from support.links import link
from support.opening import REAL, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Listener


def test_the_first_start_opens_the_practice_world(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    try:
        assert desk.practice
        assert len(desk.desk.vehicles.search("")) == 35
        assert list(desk.desk.filings.ids(FilingQuery())) == [2, 3, 4, 5, 6]
        assert desk.desk.settings.missing() == ()
        assert desk.desk.settings.workshop().name == "株式会社カーネット自動車 古河工場"
        assert desk.desk.standing.ask().reachable
    finally:
        desk.close()


def test_the_manuals_list_stands_in_the_practice_world(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    try:
        rows = desk.desk.filings.rows(range(2, 7))
        shown = [(row.filing_id, row.status, row.oss_status, row.registration_number) for row in rows]
    finally:
        desk.close()
    assert shown == [
        ("1000000008", "手続完了", "手続(交付)完了", "土浦1あ1111"),
        ("1000000009", "手続完了", "手続(交付)完了", "岩手500と1499"),
        ("1000000010", "受付前", None, "秋田550は1390"),
        (None, None, None, "成田500さ2608"),
        (None, None, None, "青森58ち5986"),
    ]


def test_what_the_manuals_list_finished_is_of_last_time_and_the_rest_is_under_way(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    try:
        cars = [row.vehicle_id for row in desk.desk.filings.rows(range(2, 7))]
        currents = [desk.desk.inspections.current(car) for car in cars]
    finally:
        desk.close()
    assert [current.filing and current.filing.control_number for current in currents] == [None, None, 4, 5, 6]
    assert [current.last and current.last.inspection.ending for current in currents] == [Ending.FINISHED] * 2 + [
        None
    ] * 3
    assert not any(current.awaits_certificate for current in currents)
    assert currents[0].last is not None
    assert currents[0].last.inspection.ended_at == dt.datetime(2019, 1, 4, 1, tzinfo=dt.UTC)


def test_the_manuals_own_car_stands_in_the_practice_world(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    try:
        (row,) = desk.desk.vehicles.search("ABC123")
        car = desk.desk.inspections.current(row.vehicle_id).vehicle
    finally:
        desk.close()
    assert (car.vehicle_name, car.model_code, car.registration_number.display()) == ("トヨタ 86", "", "土浦1あ1111")
    assert (car.owner_name, car.owner_address1, car.owner_address2) == ("カーネット太郎", "茨城県古河市", "")
    assert (car.user_equals_owner, car.user_kind, car.user_representative) == (True, "個人", "カーネット太郎")


def test_practice_touches_nothing_of_the_real_desk(folder: DataFolder) -> None:
    desk = open_desk(Start(folder, practice=True), FixedClock())
    desk.desk.filings.delivery.issue(5)
    desk.close()
    assert not folder.database.exists()
    assert {path.name for path in folder.root.iterdir()} <= {"practice", folder.lock.name}


def test_practice_remembers_what_was_filed_over_a_restart(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    filing_id = desk.desk.filings.delivery.issue(5).filing_id
    desk.close()
    again = open_desk(Start(folder), FixedClock())
    try:
        assert again.desk.filings.delivery.progress.refresh(5).filing_id == filing_id == "1000000011"
    finally:
        again.close()


def test_practice_holds_its_own_folder_too(folder: DataFolder) -> None:
    with opened(Start(folder)), pytest.raises(DataFolderInUse):
        claim(folder.practice)
    claim(folder.practice).release()


def test_the_practice_folder_is_never_opened_for_real_work(folder: DataFolder) -> None:
    with opened(Start(folder)):
        pass
    for start in (
        Start(folder.practice, services_url="http://127.0.0.1:9", secrets=MemorySecrets()),
        Start(folder.practice, practice=True),
    ):
        with pytest.raises(WrongFolder):
            open_desk(start, FixedClock())


def test_a_copy_of_the_practice_database_is_never_opened_for_real_work(folder: DataFolder, tmp_path: Path) -> None:
    with opened(Start(folder)):
        pass
    other = DataFolder(tmp_path / "copied")
    shutil.copytree(folder.practice.root, other.root)
    with pytest.raises(WrongFolder):
        open_desk(Start(other, services_url="http://127.0.0.1:9", secrets=MemorySecrets()), FixedClock())


def test_practice_never_writes_into_the_real_folder_by_a_link(folder: DataFolder) -> None:
    save_settings(folder.settings, REAL)
    link(folder.practice.root, folder.root)
    with pytest.raises(WrongFolder):
        open_desk(Start(folder, practice=True), FixedClock())
    assert load_settings(folder.settings).settings == REAL
    assert not folder.database.exists()


def test_a_damaged_database_is_never_followed_by_an_empty_one_unasked(folder: DataFolder) -> None:
    start = Start(folder, practice=True)
    with opened(start) as desk:
        desk.desk.backups.tend()
    folder.practice.database.write_bytes(b"not a database" * 1000)
    for _ in range(2):
        with pytest.raises(DatabaseDamaged) as damaged:
            open_desk(start, FixedClock())
        assert damaged.value.backup is not None
    begin_anew(start, FixedClock())
    with opened(start) as desk:
        assert len(desk.desk.vehicles.search("")) == 35


def test_a_second_program_finds_the_folder_taken(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    try:
        with pytest.raises(DataFolderInUse):
            open_desk(Start(folder), FixedClock())
    finally:
        desk.close()
    open_desk(Start(folder), FixedClock()).close()


def test_todays_backup_is_taken_once_the_desk_is_open(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    assert backups(folder.practice.backups) == ()
    for _ in range(2):
        desk.desk.backups.tend()
    desk.close()
    assert len(backups(folder.practice.backups)) == 1


@pytest.mark.parametrize("which", [lambda folder: folder, lambda folder: folder.practice])
def test_a_damaged_database_comes_back_from_its_backup(
    folder: DataFolder, which: Callable[[DataFolder], DataFolder]
) -> None:
    place = which(folder)
    practice = place is not folder
    start = Start(
        folder, practice=practice, services_url="" if practice else "http://127.0.0.1:9", secrets=MemorySecrets()
    )
    desk = open_desk(start, FixedClock())
    desk.desk.backups.tend()
    desk.close()
    place.database.write_bytes(b"not a database" * 1000)
    with pytest.raises(DatabaseDamaged) as damaged:
        open_desk(start, FixedClock())
    restore_backup(start, damaged.value, FixedClock())
    desk = open_desk(start, FixedClock())
    found = len(desk.desk.vehicles.search(""))
    desk.close()
    assert found == (35 if practice else 0)
    assert list(place.quarantine.iterdir())


@pytest.mark.parametrize("which", [lambda folder: folder, lambda folder: folder.practice], ids=["real", "practice"])
def test_a_hurt_database_is_mended(folder: DataFolder, which: Callable[[DataFolder], DataFolder]) -> None:
    place = which(folder)
    practice = place is not folder
    start = Start(
        folder, practice=practice, services_url="" if practice else "http://127.0.0.1:9", secrets=MemorySecrets()
    )
    open_desk(start, FixedClock()).close()
    behind_its_back(place.database, "INSERT INTO typing_draft VALUES ('vehicle/1', '{}', '2026-11-24 00:00:00.000000')")
    with pytest.raises(DatabaseHurt) as hurt:
        open_desk(start, FixedClock())
    assert [(row.table, row.key) for row in hurt.value.rows] == [("typing_draft", "vehicle/1")]
    mend(start, FixedClock(), from_backup=True)
    open_desk(start, FixedClock()).close()


def test_a_backup_that_finds_a_damage_says_so(folder: DataFolder, loud_lines: Listener) -> None:
    start = Start(folder, practice=True)
    loud_lines.expect("the backup could not be taken")
    desk = open_desk(start, FixedClock())
    behind_its_back(folder.practice.database, "UPDATE vehicle SET weight_kg = 1")
    desk.desk.backups.tend()
    assert desk.desk.backups.standing().damaged
    desk.close()
    with pytest.raises(DatabaseHurt):
        open_desk(start, FixedClock())


def test_without_a_backup_nothing_is_restored(folder: DataFolder) -> None:
    restore_backup(Start(folder), DatabaseDamaged(), FixedClock())
    assert not folder.root.exists()


def test_the_practice_services_of_a_folder_can_be_thrown_away(folder: DataFolder) -> None:
    open_desk(Start(folder), FixedClock()).close()
    shutil.rmtree(folder.practice.root)
    open_desk(Start(folder), FixedClock()).close()


def test_practice_whose_services_are_damaged_can_be_begun_anew(folder: DataFolder) -> None:
    start = Start(folder)
    for number, damage in enumerate((b"not a database" * 1000, b"SQLite format 3\0" + b"?" * 9000), start=1):
        with opened(start) as desk:
            desk.desk.filings.delivery.issue(5)
        (folder.practice.root / "services.db").write_bytes(damage)
        with pytest.raises(PracticeDamaged):
            open_desk(start, FixedClock())
        begin_practice_anew(start, FixedClock())
        with opened(start) as desk:
            assert len(desk.desk.vehicles.search("")) == 35
            assert desk.desk.standing.ask().reachable
        aside = folder.root / f"practice-20261124-091500-{number}"
        assert (aside / "services.db").read_bytes() == damage
        assert (aside / "onestop.db").exists()


def test_services_that_remember_something_else_are_damaged_too(folder: DataFolder) -> None:
    folder.practice.root.mkdir(parents=True)
    with closing(connect_raw(folder.practice.root / "services.db")) as raw:
        raw.execute("CREATE TABLE entry (something)")
    with pytest.raises(PracticeDamaged):
        open_desk(Start(folder), FixedClock())


def test_a_full_disk_is_no_damage_of_practice(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullError(sqlite3.OperationalError):
        sqlite_errorcode = 13

    def full(*_args: object) -> None:
        raise FullError

    monkeypatch.setattr("onestop.app.practice.Sandbox", full)
    with pytest.raises(NoRoom):
        open_desk(Start(folder), FixedClock())


@pytest.mark.parametrize("practice", [True, False])
def test_real_work_without_settings_is_asked_about(folder: DataFolder, *, practice: bool) -> None:
    start = Start(folder, secrets=MemorySecrets())
    save_settings(folder.settings, REAL)
    with opened(start) as desk:
        desk.desk.backups.tend()
    folder.settings.unlink()
    with pytest.raises(ModeUnknown):
        open_desk(start, FixedClock())
    assert not folder.practice.root.exists()
    choose_mode(start, practice=practice)
    with opened(start) as desk:
        assert desk.practice == practice


def test_so_it_is_when_only_its_backups_are_left(folder: DataFolder) -> None:
    save_settings(folder.settings, REAL)
    with opened(Start(folder, secrets=MemorySecrets())) as desk:
        desk.desk.backups.tend()
    folder.settings.unlink()
    folder.database.unlink()
    with pytest.raises(ModeUnknown):
        open_desk(Start(folder), FixedClock())
    with opened(Start(folder, practice=True)) as desk:  # said at the start: nobody has to ask
        assert desk.practice


def test_settings_that_are_deleted_under_a_real_desk_make_no_practice_of_it(folder: DataFolder) -> None:
    start = Start(folder, secrets=MemorySecrets())
    save_settings(folder.settings, REAL)
    with opened(start) as desk:
        desk.desk.settings.state()
        folder.settings.unlink()
        desk.desk.settings.remember_text_scale(120)
    kept = load_settings(folder.settings).settings
    assert (kept.practice, kept.services_url, kept.text_scale) == (False, REAL.services_url, 120)
