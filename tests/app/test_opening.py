"""Opening the desk: practice or real, and what belongs to which."""

from __future__ import annotations

import dataclasses
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from onestop.app import opening
from onestop.app.opening import begin_anew, open_desk, restore_backup
from onestop.app.start import Start
from onestop.errors import (
    DatabaseDamaged,
    DataFolderInUse,
    KeychainUnavailable,
    NotReached,
    StoreError,
    WrongFolder,
)
from onestop.model.lists import FilingQuery
from onestop.paths import DataFolder
from onestop.screens.standing import in_words
from onestop.store.backup import backups
from onestop.store.instance import claim
from onestop.store.keychain import ApiSecrets, Keychain, MemorySecrets
from onestop.store.settings_file import Settings, load_settings, save_settings
from support.clock import FixedClock
from support.keychains import a_keychain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Listener
    from onestop.app.opening import OpenDesk


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def no_keychain(_desk_id: str) -> None:
    raise KeychainUnavailable


@contextmanager
def opened(start: Start) -> Iterator[OpenDesk]:
    desk = open_desk(start, FixedClock())
    try:
        yield desk
    finally:
        desk.close()


REAL = Settings(practice=False, services_url="https://oss.example")


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


def test_practice_touches_nothing_of_the_real_desk(folder: DataFolder) -> None:
    desk = open_desk(Start(folder, practice=True), FixedClock())
    desk.desk.issuing.issue(5)
    desk.close()
    assert not folder.database.exists()
    assert {path.name for path in folder.root.iterdir()} <= {"practice", folder.lock.name}


def test_practice_remembers_what_was_filed_over_a_restart(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    filing_id = desk.desk.issuing.issue(5).filing_id
    desk.close()
    again = open_desk(Start(folder), FixedClock())
    try:
        assert again.desk.progress.refresh(5).filing_id == filing_id == "1000000011"
    finally:
        again.close()


def test_a_real_desk_without_an_address_says_what_is_missing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    monkeypatch.setattr(opening, "open_keychain", no_keychain)
    loud_lines.expect("no keychain")
    save_settings(folder.settings, Settings(practice=False))
    desk = open_desk(Start(folder), FixedClock())
    try:
        assert not desk.practice
        assert set(desk.desk.settings.missing()) == {
            "api_key",
            "api_password",
            "requester_site_code",
            "agent_site_id",
            "services_url",
        }
        assert not desk.desk.settings.state().in_keychain
        assert desk.desk.standing.ask().reachable is False
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("stored", "start", "said"),
    [
        ({"practice": True}, {}, (True, False)),
        ({"practice": True}, {"services_url": "http://127.0.0.1:9"}, (False, True)),
        ({"practice": False, "services_url": "https://services.example"}, {}, (False, False)),
        ({"practice": False, "services_url": "https://services.example"}, {"practice": True}, (True, True)),
    ],
)
def test_a_connection_given_at_the_start_is_known_as_such_and_not_stored(
    folder: DataFolder, stored: dict[str, Any], start: dict[str, Any], said: tuple[bool, bool]
) -> None:
    save_settings(folder.settings, Settings(**stored))
    desk = open_desk(Start(folder, secrets=MemorySecrets(), **start), FixedClock())
    try:
        settings = desk.desk.settings
        settings.save(settings.state().form)
        state = settings.state()
    finally:
        desk.close()
    assert (state.practising, state.connection.given_at_start) == said
    if not state.practising:
        assert state.connection.address == start.get("services_url", "https://services.example")
    kept = load_settings(folder.settings).settings
    assert (kept.practice, kept.services_url) == (stored["practice"], stored.get("services_url", ""))


def test_an_address_that_cannot_be_used_reaches_nothing(folder: DataFolder, loud_lines: Listener) -> None:
    loud_lines.expect("address of the services")
    start = Start(folder, services_url="http://example.com", secrets=MemorySecrets(ApiSecrets("k", "p")))
    desk = open_desk(start, FixedClock())
    try:
        with pytest.raises(NotReached):
            desk.desk.settings.check_connection()
    finally:
        desk.close()


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "http://[", "ftp://proxy.example"])
@pytest.mark.parametrize("address", ["", "https://oss.example"])
def test_a_proxy_that_cannot_be_used_reaches_nothing_and_is_told(
    folder: DataFolder, address: str, proxy: str, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    loud_lines.expect("or the proxy")
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    save_settings(folder.settings, Settings(practice=False, services_url=address))
    with opened(Start(folder, secrets=MemorySecrets(ApiSecrets("k", "p")))) as desk:
        standing = in_words(desk.desk.standing.ask())
        with pytest.raises(NotReached):
            desk.desk.settings.check_connection()
    assert "プロキシ" in (standing.warning or "")


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
    try:
        folder.practice.root.symlink_to(folder.root)
    except OSError:  # Windows without the right to make links
        pytest.skip("no links here")
    with pytest.raises(WrongFolder):
        open_desk(Start(folder, practice=True), FixedClock())
    assert load_settings(folder.settings).settings == REAL
    assert not folder.database.exists()


def test_what_was_typed_without_a_keychain_is_known_until_the_program_ends(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    monkeypatch.setattr(opening, "open_keychain", no_keychain)
    loud_lines.expect("no keychain")
    save_settings(folder.settings, REAL)
    start = Start(folder)
    start.memory.write(ApiSecrets("k", "p", "pending"))
    for _ in range(2):
        with opened(start) as desk:
            state = desk.desk.settings.state()
            assert (state.has_api_key, state.reset_pending, state.in_keychain) == (True, True, False)
    with opened(Start(folder)) as desk:
        assert not desk.desk.settings.state().has_api_key


def test_each_data_folder_has_its_own_place_in_the_keychain(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common, backend = a_keychain(ApiSecrets("SHOP-A", "a"))
    monkeypatch.setattr(opening, "open_keychain", lambda desk_id: Keychain(backend, desk_id))
    other = DataFolder(tmp_path / "other")
    found = []
    for place in (folder, other, folder, other):
        if not place.settings.exists():
            save_settings(place.settings, REAL)
        with opened(Start(place)) as desk:
            known = desk.desk.settings.credentials()
            found.append(known.api_key if known else "")
            desk.desk.settings.save(
                dataclasses.replace(desk.desk.settings.state().form, api_key="", api_password="")
                if known
                else dataclasses.replace(desk.desk.settings.state().form, api_key="SHOP-B", api_password="b")
            )
    assert found == ["SHOP-A", "", "SHOP-A", "SHOP-B"]
    assert common.read() == ApiSecrets()


def test_a_keychain_that_does_not_answer_at_the_start_stops_nobody(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    _, backend = a_keychain(ApiSecrets("SHOP-A", "a"))
    backend.locked = True
    monkeypatch.setattr(opening, "open_keychain", lambda desk_id: Keychain(backend, desk_id))
    loud_lines.expect("the keychain does not answer")
    save_settings(folder.settings, REAL)
    with opened(Start(folder)) as desk:
        assert desk.desk.standing.offline().in_keychain
        backend.locked = False
    with opened(Start(folder)) as desk:
        assert desk.desk.settings.state().has_api_key


def test_settings_that_cannot_be_read_are_told_and_make_no_practice(folder: DataFolder) -> None:
    save_settings(folder.settings, REAL)
    written = folder.settings.read_text(encoding="utf-8")
    folder.settings.write_text(written.replace('"text_scale": 100', '"text_scale": 320'), encoding="utf-8")
    start = Start(folder, secrets=MemorySecrets())
    with opened(start) as desk:
        assert not desk.practice
        assert [each.dropped for each in desk.unread] == [("text_scale",)]
        assert desk.desk.settings.state().form.services_url == "https://oss.example"
    with opened(start) as desk:
        assert desk.unread == ()


def test_a_damaged_database_is_never_followed_by_an_empty_one_unasked(folder: DataFolder) -> None:
    start = Start(folder, practice=True)
    with opened(start) as desk:
        desk.back_up(FixedClock())
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
        desk.back_up(FixedClock())
    desk.close()
    assert len(backups(folder.practice.backups)) == 1


def test_a_backup_that_fails_stops_nobody(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    def full(*_args: object) -> None:
        raise StoreError

    monkeypatch.setattr(opening, "back_up_daily", full)
    loud_lines.expect("backup could not be taken")
    desk = open_desk(Start(folder), FixedClock())
    desk.back_up(FixedClock())
    desk.close()


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
    desk.back_up(FixedClock())
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


def test_without_a_backup_nothing_is_restored(folder: DataFolder) -> None:
    restore_backup(Start(folder), DatabaseDamaged(), FixedClock())
    assert not folder.root.exists()


def test_the_practice_services_of_a_folder_can_be_thrown_away(folder: DataFolder) -> None:
    open_desk(Start(folder), FixedClock()).close()
    shutil.rmtree(folder.practice.root)
    open_desk(Start(folder), FixedClock()).close()


def test_practice_has_settings_of_its_own(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    desk.close()
    assert load_settings(folder.practice.settings).settings.agent_site_id == "D0000123"
    assert load_settings(folder.settings).settings.agent_site_id == ""


def test_a_password_changed_in_practice_is_still_right_after_a_restart(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    desk.desk.settings.reset_password("Renshu-1a1111")
    desk.close()
    again = open_desk(Start(folder), FixedClock())
    try:
        assert again.desk.settings.check_connection().organization
    finally:
        again.close()


def test_what_is_typed_while_practising_waits_for_the_real_desk(folder: DataFolder) -> None:
    secrets = MemorySecrets()
    desk = open_desk(Start(folder, secrets=secrets), FixedClock())
    try:
        settings = desk.desk.settings
        assert settings.state().practising
        assert "api_key" in settings.state().missing
        begun = [settings.is_begun]
        form = dataclasses.replace(settings.state().form, api_key="REAL", api_password="real-password")
        settings.save(dataclasses.replace(form, requester_site_code="0700000", agent_site_id="D7"))
        begun.append(settings.is_begun)
        assert begun == [False, True]
        assert settings.missing() == ()
        assert settings.sites() == ("0812345", "D0000123")
    finally:
        desk.close()
    assert secrets.read().api_key == "REAL"
    real = open_desk(Start(folder, services_url="http://127.0.0.1:9", secrets=MemorySecrets()), FixedClock())
    try:
        assert not real.desk.settings.state().practising
    finally:
        real.close()
