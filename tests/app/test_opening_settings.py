"""Opening the desk with what is set: addresses, proxies, keychains and settings, of practice and of the real desk."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from onestop.app import data_key, opening
from onestop.app.opening import open_desk
from onestop.app.start import AtStart, Start
from onestop.errors import KeychainUnavailable, NotReached
from onestop.paths import DataFolder
from onestop.screens.desk.standing import in_words
from onestop.store.keychain import ApiSecrets, Keychain, MemorySecrets
from onestop.store.settings_file import Settings, load_settings, save_settings
from support.clock import FixedClock
from support.keychains import a_keychain
from support.opening import REAL, opened

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener


def no_keychain(_desk_id: str) -> None:
    raise KeychainUnavailable


def test_a_real_desk_without_an_address_says_what_is_missing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    monkeypatch.setattr(opening, "open_keychain", no_keychain)
    loud_lines.expect("no keychain")
    save_settings(folder.settings, Settings(practice=False))
    desk = open_desk(Start(folder, at_start=AtStart(plain=True)), FixedClock())
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
            desk.desk.settings.access.check_connection()
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
            desk.desk.settings.access.check_connection()
    assert "プロキシ" in (standing.warning or "")


def test_what_was_typed_without_a_keychain_is_known_until_the_program_ends(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    monkeypatch.setattr(opening, "open_keychain", no_keychain)
    loud_lines.expect("no keychain")
    save_settings(folder.settings, REAL)
    start = Start(folder, at_start=AtStart(plain=True))
    start.memory.write(ApiSecrets("k", "p", "pending"))
    for _ in range(2):
        with opened(start) as desk:
            state = desk.desk.settings.state()
            assert (state.has_api_key, state.reset_pending, state.in_keychain) == (True, True, False)
    with opened(Start(folder, at_start=AtStart(plain=True))) as desk:
        assert not desk.desk.settings.state().has_api_key


def test_each_data_folder_has_its_own_place_in_the_keychain(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common, backend = a_keychain(ApiSecrets("SHOP-A", "a"))
    for module in (opening, data_key):
        monkeypatch.setattr(module, "open_keychain", lambda desk_id: Keychain(backend, desk_id))
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
    for module in (opening, data_key):
        monkeypatch.setattr(module, "open_keychain", lambda desk_id: Keychain(backend, desk_id))
    loud_lines.expect("the keychain does not answer")
    loud_lines.expect("the keychain is locked")
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


def test_practice_has_settings_of_its_own(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    desk.close()
    assert load_settings(folder.practice.settings).settings.agent_site_id == "D0000123"
    assert load_settings(folder.settings).settings.agent_site_id == ""


def test_a_password_changed_in_practice_is_nowhere_on_the_disk_and_locks_nobody_out(folder: DataFolder) -> None:
    desk = open_desk(Start(folder), FixedClock())
    desk.desk.settings.access.reset_password("Renshu-1a1111")
    assert desk.desk.settings.access.check_connection().organization
    desk.close()
    files = [path for path in folder.root.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"Renshu-1a1111" in path.read_bytes()] == []
    again = open_desk(Start(folder), FixedClock())
    try:
        assert again.desk.settings.access.check_connection().organization
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
