"""Where the key of the data comes from, at each start, and what is asked where it is not at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.app import data_key as module
from onestop.app.data_key import data_key
from onestop.app.handover import NOT_READY, READY, prepare_data
from onestop.app.opening import mend, restore_backup
from onestop.app.recovering import OF_OTHER_DATA, asked, begun
from onestop.app.start import AtStart, Start
from onestop.errors import DatabaseDamaged, InvalidInput, KeychainUnavailable, KeyTrouble, KeyUnkept, KeyWanted
from onestop.services.recovery import ANOTHER
from onestop.services.vehicle.form import VehicleForm
from onestop.store.key_check import read_key_check, write_key_check
from onestop.store.keychain import ApiSecrets, Keychain, MemorySecrets
from onestop.store.settings_file import save_settings
from onestop.store.sqlite.backup import backups
from onestop.store.sqlite.engine import is_encrypted
from onestop.store.sqlite.key import new_key
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database, a_database_file
from support.keychains import ShakyBackend, a_keychain
from support.opening import REAL, opened

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener
    from onestop.app.opening import OpenDesk
    from onestop.paths import DataFolder

CANARY = "金糸雀太郎"


@pytest.fixture
def backend(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> ShakyBackend:
    """Return what stands behind this machine's keychain; the folder is a real desk's."""
    save_settings(folder.settings, REAL)
    shaky = ShakyBackend()
    monkeypatch.setattr(module, "open_keychain", lambda folder_id: Keychain(shaky, folder_id))
    return shaky


def without_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_folder_id: str) -> Keychain:
        raise KeychainUnavailable

    monkeypatch.setattr(module, "open_keychain", none)


def wanted(start: Start) -> KeyTrouble:
    with pytest.raises(KeyWanted) as told:
        data_key(start)
    return told.value.trouble


def keep_canary(desk: OpenDesk) -> None:
    with desk.desk.vehicles._database.write() as shelves:
        shelves.vehicles.add(a_vehicle(owner_name=CANARY))


def found_in(root: Path) -> list[str]:
    return [file.name for file in root.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()]


def test_a_new_folder_is_encrypted_with_a_key_that_the_keychain_keeps(
    folder: DataFolder, backend: ShakyBackend
) -> None:
    key = data_key(Start(folder))
    assert key is not None
    assert data_key(Start(folder)) == key
    check = read_key_check(folder)
    assert check is not None
    assert list(backend.entries) == [f"onestop/{check.folder_id}/data_key"]
    assert not check.tried


def test_what_the_clerk_types_stands_nowhere_on_the_disk(
    folder: DataFolder, backend: ShakyBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backend.entries == {}
    monkeypatch.setattr("onestop.app.opening.open_keychain", lambda desk_id: Keychain(backend, desk_id))
    with opened(Start(folder)) as desk:
        keep_canary(desk)
        desk.desk.typing.keep("車両", VehicleForm(owner_name=CANARY))
        desk.desk.backups.tend()
        assert is_encrypted(folder.database)
        assert found_in(folder.root) == []
    assert found_in(folder.root) == []
    with opened(Start(folder)) as desk:
        assert [row.user_name for row in desk.desk.vehicles.search("")] != []
    assert found_in(folder.root) == []


def test_a_folder_from_before_is_encrypted_at_its_next_opening_and_its_backups_soon_after(
    folder: DataFolder, backend: ShakyBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backend.entries == {}
    monkeypatch.setattr("onestop.app.opening.open_keychain", lambda desk_id: Keychain(backend, desk_id))
    with opened(Start(folder, at_start=AtStart(plain=True))) as desk:
        keep_canary(desk)
        desk.desk.backups.tend()
    assert sorted(found_in(folder.root)) == sorted(["onestop.db", backups(folder.backups)[0].path.name])
    with opened(Start(folder)) as desk:
        assert found_in(folder.root) == [backups(folder.backups)[0].path.name]
        desk.desk.backups.tend()
        assert found_in(folder.root) == []


def test_whoever_brings_secrets_that_nobody_keeps_leaves_the_data_legible(folder: DataFolder) -> None:
    start = Start(folder, secrets=MemorySecrets())
    assert data_key(start) is None
    assert not folder.key_check.exists()


def test_secrets_that_are_brought_along_and_kept_keep_the_key_too(folder: DataFolder) -> None:
    keychain, _ = a_keychain(ApiSecrets())
    key = data_key(Start(folder, secrets=keychain))
    assert key is not None
    assert keychain.data_key() == key


def test_a_locked_keychain_leaves_the_data_legible_until_the_next_start(
    folder: DataFolder, backend: ShakyBackend, loud_lines: Listener
) -> None:
    loud_lines.expect("legible until the next start")
    backend.locked = True
    assert data_key(Start(folder)) is None
    backend.locked = False
    assert data_key(Start(folder)) is not None


def test_encrypted_data_want_their_key_and_say_why(
    folder: DataFolder, backend: ShakyBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = data_key(Start(folder))
    backend.locked = True
    assert wanted(Start(folder)) is KeyTrouble.LOCKED
    backend.locked = False
    (entry,) = backend.entries
    backend.entries[entry] = new_key().written
    assert wanted(Start(folder)) is KeyTrouble.WRONG
    backend.entries[entry] = "no key at all"
    assert wanted(Start(folder)) is KeyTrouble.NOT_KEPT
    del backend.entries[entry]
    assert wanted(Start(folder)) is KeyTrouble.NOT_KEPT
    assert wanted(Start(folder, secrets=MemorySecrets())) is KeyTrouble.NOT_KEPT
    without_keychain(monkeypatch)
    assert wanted(Start(folder)) is KeyTrouble.NO_KEYCHAIN
    assert data_key(Start(folder, at_start=AtStart(key))) == key


def test_the_recovery_key_opens_the_data_and_is_kept_again(folder: DataFolder, backend: ShakyBackend) -> None:
    key = data_key(Start(folder))
    assert key is not None
    backend.entries.clear()
    start = Start(folder)
    recovery = asked(start)
    assert recovery.lines == ()
    with pytest.raises(InvalidInput) as told:
        recovery.take(new_key().written)
    assert told.value.problems[0].message == OF_OTHER_DATA
    recovery.take(key.written.lower())
    assert data_key(start) == data_key(Start(folder)) == key
    check = read_key_check(folder)
    assert check is not None
    assert check.tried
    recovery.take(key.written)


def test_without_a_keychain_the_recovery_key_holds_until_the_program_ends(
    folder: DataFolder, backend: ShakyBackend, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    loud_lines.expect("no keychain keeps the key")
    assert backend.entries == {}
    key = data_key(Start(folder))
    assert key is not None
    without_keychain(monkeypatch)
    start = Start(folder)
    asked(start).take(key.written)
    assert data_key(start) == key
    assert wanted(Start(folder)) is KeyTrouble.NO_KEYCHAIN
    brought = Start(folder, secrets=MemorySecrets())
    asked(brought).take(key.written)
    assert data_key(brought) == key


def test_what_knows_the_key_is_made_again_where_it_is_gone(folder: DataFolder, backend: ShakyBackend) -> None:
    key = data_key(Start(folder))
    assert key is not None
    with opened(Start(folder, secrets=Keychain(backend, read_key_check(folder).folder_id))):  # type: ignore[union-attr]
        pass
    folder.key_check.unlink()
    assert wanted(Start(folder)) is KeyTrouble.NOT_KEPT
    start = Start(folder)
    with pytest.raises(InvalidInput):
        asked(start).take(new_key().written)
    asked(start).take(key.written)
    assert data_key(Start(folder)) == key


def test_without_a_keychain_the_key_is_written_down_before_anything_is_encrypted(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_keychain(monkeypatch)
    start = Start(folder)
    with pytest.raises(KeyUnkept):
        data_key(start)
    recovery = begun(start)
    assert recovery.key is not None
    with pytest.raises(InvalidInput) as told:
        recovery.take(new_key().written)
    assert told.value.problems[0].message == ANOTHER
    assert not folder.key_check.exists()
    recovery.take(recovery.key.written)
    assert data_key(start) == recovery.key
    check = read_key_check(folder)
    assert check is not None
    assert check.tried


def test_who_chose_so_opens_legible_data_this_time(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    without_keychain(monkeypatch)
    assert data_key(Start(folder, at_start=AtStart(plain=True))) is None


def test_a_new_version_backs_encrypted_data_up_with_their_key(
    folder: DataFolder, backend: ShakyBackend, loud_lines: Listener
) -> None:
    keychain, _ = a_keychain(ApiSecrets())
    with opened(Start(folder, secrets=keychain)) as desk:
        keep_canary(desk)
    check = read_key_check(folder)
    key = keychain.data_key()
    assert (check is not None, key is not None) == (True, True)
    loud_lines.expect("not ready for this version")
    assert prepare_data(folder, FixedClock()) == NOT_READY
    Keychain(backend, check.folder_id).keep_data_key(key)  # type: ignore[union-attr,arg-type]
    assert prepare_data(folder, FixedClock()) == READY
    assert found_in(folder.root) == []
    assert [is_encrypted(each.path) for each in backups(folder.backups)] == [True]


def test_encrypted_data_are_put_back_and_mended_with_their_key(folder: DataFolder, backend: ShakyBackend) -> None:
    assert backend.entries == {}
    keychain, _ = a_keychain(ApiSecrets())
    start = Start(folder, secrets=keychain)
    with opened(start) as desk:
        keep_canary(desk)
        desk.desk.backups.tend()
    backup = backups(folder.backups)[0].path
    restore_backup(start, DatabaseDamaged(backup), FixedClock())
    mend(start, FixedClock(), from_backup=True)
    with opened(start) as desk:
        assert len(desk.desk.vehicles.search("")) == 1
    assert found_in(folder.root) == []


def test_a_keychain_that_gives_back_another_key_is_told(folder: DataFolder) -> None:
    keychain, backend = a_keychain(ApiSecrets())
    key = new_key()

    class Forgetful(dict[str, str]):
        def __setitem__(self, name: str, value: str) -> None:
            super().__setitem__(name, value[::-1])

    backend.entries = Forgetful()
    with pytest.raises(KeychainUnavailable, match="different"):
        keychain.keep_data_key(key)
    with pytest.raises(KeyUnkept):
        data_key(Start(folder, secrets=keychain))
    assert not folder.key_check.exists()


def test_a_legible_database_with_a_key_beside_it_is_encrypted(folder: DataFolder, backend: ShakyBackend) -> None:
    key = data_key(Start(folder))
    assert key is not None
    a_database_file(folder.database)
    keychain = Keychain(backend, read_key_check(folder).folder_id)  # type: ignore[union-attr]
    with opened(Start(folder, secrets=keychain)):
        assert is_encrypted(folder.database)
    write_key_check(folder, read_key_check(folder))  # type: ignore[arg-type]
    with a_database(folder.root / "other"):
        pass
