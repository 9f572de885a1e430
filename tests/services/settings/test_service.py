"""設定: what is missing, what is stored where, and what can never be stored."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.gateway.transport import Credentials
from onestop.services.settings.form import Connection, RecordingDefaults, SettingsForm
from onestop.services.settings.window_bounds import WindowBounds
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import Settings, load_settings, save_settings
from support.databases import url_of
from support.desks import READY_FORM, READY_SECRETS, READY_SETTINGS, a_desk
from support.held import HeldFiles
from support.keychains import a_keychain, no_room
from support.postgres import SWORN, a_server_database

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def test_a_first_start_misses_everything_but_the_address(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=None, secrets=MemorySecrets()) as room:
        state = room.desk.settings.state()
        assert state.missing == ("api_key", "api_password", "requester_site_code", "agent_site_id")
        assert state.form == SettingsForm()
        assert (state.has_api_key, state.has_api_password, state.reset_pending, state.in_keychain) == (False,) * 4
        assert room.desk.settings.credentials() is None
        with pytest.raises(errors.NotConfigured) as caught:
            room.desk.settings.sites()
        assert caught.value.missing == state.missing


def test_without_an_address_nothing_can_be_filed(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        settings = room.desk.settings
        settings._connection = Connection("")
        assert settings.missing() == ("services_url",)


def test_what_is_saved_is_shown_but_for_the_secrets(tmp_path: Path) -> None:
    keychain, backend = a_keychain(ApiSecrets())
    form = dataclasses.replace(
        READY_FORM,
        api_key=" READYKEY ",
        api_password=" ready-password\n",
        requester_site_code=" 0812345 ",
        certificate_update="依頼人(申請個別指定)",
        recording_contract_number="123",
    )
    with a_desk(tmp_path, settings=None, secrets=keychain) as room:
        room.desk.settings.save(form)
        state = room.desk.settings.state()
        assert state.missing == ()
        assert state.form == dataclasses.replace(form, api_key="", api_password="", requester_site_code="0812345")
        assert (state.has_api_key, state.has_api_password, state.in_keychain) == (True, True, True)
        assert room.desk.settings.sites() == ("0812345", "D0000123")
        assert (tmp_path / "settings.json").read_text("utf-8").count("ready") == 0
    assert backend.entries == {"onestop/api_key": "READYKEY", "onestop/api_password": "ready-password"}


def test_a_secret_left_empty_stays(room: DeskRoom) -> None:
    room.desk.settings.save(READY_FORM)
    assert room.secrets.read() == READY_SECRETS
    room.desk.settings.save(dataclasses.replace(READY_FORM, api_password="another-password"))
    assert room.secrets.read() == ApiSecrets("READYKEY", "another-password")


def test_what_another_part_keeps_in_the_file_stays(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=READY_SETTINGS.model_copy(update={"settle_after_seconds": 7})) as room:
        room.desk.settings.remember_text_scale(120)
        room.desk.settings.save(READY_FORM)
    kept = load_settings(tmp_path / "settings.json").settings
    assert (kept.text_scale, kept.settle_after_seconds, kept.agent_site_id) == (120, 7, "D0000123")


def test_where_windows_stood_is_kept_by_their_kind(room: DeskRoom) -> None:
    settings = room.desk.settings
    assert settings.windows() == {}
    settings.remember_window("vehicle", WindowBounds(0, 0, 900, 700))
    settings.remember_window("lookup", WindowBounds(-8, 20, 1280, 720, maximised=True))
    settings.remember_window("vehicle", WindowBounds(40, 30, 1000, 700, columns={"doubles": (90, 210)}))
    kept = {
        "lookup": WindowBounds(-8, 20, 1280, 720, maximised=True),
        "vehicle": WindowBounds(40, 30, 1000, 700, columns={"doubles": (90, 210)}),
    }
    assert settings.windows() == kept


def test_the_folders_used_last_are_kept(room: DeskRoom, tmp_path: Path) -> None:
    settings = room.desk.settings
    for _ in range(2):
        settings.remember_import_folder(tmp_path / "車検証.json")
        settings.remember_export_folder("C:/帳票")
        assert (settings.import_folder(), settings.export_folder()) == (str(tmp_path), "C:/帳票")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"requester_site_code": "0" * 21}, "requester_site_code"),
        ({"agent_site_id": "D" * 21}, "agent_site_id"),
        ({"certificate_update": "依" * 41}, "certificate_update"),
        ({"recording_contract_number": "1" * 21}, "recording_contract_number"),
        ({"workshop_name": "場" * 61}, "workshop_name"),
        ({"api_key": "KEY:1"}, "api_key"),
        ({"api_key": "KEY\x001"}, "api_key"),
        ({"api_password": "pass\nword"}, "api_password"),
        ({"api_key": "ＫＥＹ１"}, "api_key"),
        ({"api_password": "９９９０００"}, "api_password"),
        ({"services_url": "http://services.example"}, "services_url"),
        ({"database_url": "postgresql://desk:secret@db.example/onestop"}, "database_url"),
        ({"database_password": "ｓｅｃｒｅｔ"}, "database_password"),
    ],
)
def test_what_could_never_be_sent_is_refused_and_nothing_is_changed(
    room: DeskRoom, changes: dict[str, str], field: str
) -> None:
    before = room.desk.settings.state()
    form = dataclasses.replace(READY_FORM, **{"api_password": "typed-too", "practice": True, **changes})  # type: ignore[arg-type] # by name
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.settings.save(form)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert room.desk.settings.state() == before
    assert room.secrets.read() == READY_SECRETS


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("requester_site_code", "0" * 20),
        ("agent_site_id", "D" * 20),
        ("certificate_update", "依" * 40),
        ("recording_contract_number", "1" * 20),
        ("workshop_name", "場" * 60),
    ],
)
def test_what_is_as_long_as_may_be_is_kept(room: DeskRoom, field: str, text: str) -> None:
    room.desk.settings.save(dataclasses.replace(READY_FORM, **{field: text}))  # type: ignore[arg-type] # by name
    assert getattr(room.desk.settings.state().form, field) == text


def test_a_servers_database_is_tried_before_it_is_kept(room: DeskRoom) -> None:
    settings = room.desk.settings
    nobody = "postgresql://desk@127.0.0.1:1/onestop"
    with pytest.raises(errors.ServerGone):
        settings.save(dataclasses.replace(READY_FORM, database_url=nobody, database_password="secret"))
    assert (settings.state().form.database_url, settings.state().has_database_password) == ("", False)
    assert room.secrets.read() == READY_SECRETS

    with a_server_database() as door:
        url = url_of(dataclasses.replace(door.place, user=SWORN))
        with pytest.raises(errors.ServerRefused):
            settings.save(dataclasses.replace(READY_FORM, database_url=url, database_password="wrong"))
        settings.save(dataclasses.replace(READY_FORM, database_url=f" {url} ", database_password=SWORN))
    assert room.secrets.read().database_password == SWORN
    settings.save(dataclasses.replace(READY_FORM, database_url=url))
    assert (settings.state().form.database_url, settings.state().has_database_password) == (url, True)


def test_no_address_may_be_saved_too(room: DeskRoom) -> None:
    room.desk.settings.save(dataclasses.replace(READY_FORM, services_url=" "))
    assert room.desk.settings.state().form.services_url == ""


def test_a_keychain_that_fails_leaves_the_settings_as_they_were(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        backend.before_write = no_room
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.save(dataclasses.replace(READY_FORM, api_password="typed", agent_site_id="D1"))
        assert room.desk.settings.state().form == READY_FORM
        backend.locked = True
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.state()
        assert room.desk.settings.in_keychain


def test_a_new_filing_takes_its_defaults_from_the_settings(tmp_path: Path) -> None:
    own = {"certificate_update": "依頼人(申請個別指定)", "recording_contract_number": "7"}
    with a_desk(tmp_path, settings=READY_SETTINGS.model_copy(update=own)) as room:
        assert room.desk.settings.recording_defaults() == RecordingDefaults("依頼人(申請個別指定)", "7")
        assert room.desk.filings.open(room.a_car(), None).form.certificate_update == "依頼人(申請個別指定)"


def test_what_is_typed_while_practising_is_the_real_desks(tmp_path: Path) -> None:
    real = MemorySecrets()
    practice_file = tmp_path / "practice" / "settings.json"
    practice_file.parent.mkdir()
    save_settings(practice_file, Settings(requester_site_code="0899999", agent_site_id="D9"))
    with a_desk(tmp_path, settings=None) as room:
        settings = room.desk.settings
        settings._mode_file, settings._open_real_secrets = practice_file, lambda: real
        assert settings.missing() == ()
        assert settings.state().missing == (
            *("api_key", "api_password", "requester_site_code"),
            "agent_site_id",
            "services_url",
        )
        settings.save(dataclasses.replace(READY_FORM, api_key="REAL", api_password="real-password"))
        state = settings.state()
        assert (state.missing, state.form) == ((), READY_FORM)
        assert (state.has_api_key, state.has_api_password) == (True, True)
        assert settings.sites() == ("0899999", "D9")
        assert settings.credentials() == Credentials(
            READY_SECRETS.api_key, READY_SECRETS.api_password, room.secrets.trace_key()
        )
        assert settings.access.check_connection().organization == "カーネット整備株式会社"
    assert real.read() == ApiSecrets("REAL", "real-password")
    assert load_settings(practice_file).settings == Settings(requester_site_code="0899999", agent_site_id="D9")


def test_the_folder_of_the_last_export_is_remembered(room: DeskRoom) -> None:
    settings = room.desk.settings
    for folder in ("C:/書類", "C:/書類", "D:/"):
        settings.remember_export_folder(folder)
        assert settings.export_folder() == folder


def test_a_folder_that_cannot_be_remembered_is_no_trouble_of_what_was_written_there(
    room: DeskRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = room.desk.settings
    held = HeldFiles(monkeypatch)
    held.hold("settings.json.part")
    settings.remember_export_folder("D:/帳票")
    settings.remember_import_folder(tmp_path / "車検証.json")
    held.let_go()
    assert (settings.export_folder(), settings.import_folder()) == ("", "")
    assert held.refused


def test_a_folder_whose_name_is_no_text_is_not_remembered_and_no_trouble(room: DeskRoom, tmp_path: Path) -> None:
    settings = room.desk.settings
    settings.remember_import_folder(tmp_path / "\udc8e" / "車検証.json")
    settings.remember_export_folder("\udc8e")
    assert (settings.export_folder(), settings.import_folder()) == ("", "")


def test_a_second_place_for_backups_is_another_folder_that_is_there(tmp_path: Path) -> None:
    place = tmp_path / "stick"
    with a_desk(tmp_path / "data") as room:
        settings = room.desk.settings
        for wrong in ("stick", str(place), str(tmp_path / "data"), str(tmp_path / "data" / "backups")):
            (tmp_path / "data" / "backups").mkdir(exist_ok=True)
            with pytest.raises(errors.InvalidInput, match="second_backup_folder"):
                settings.save(dataclasses.replace(READY_FORM, second_backup_folder=wrong))
        assert settings.second_backup_folder() is None
        place.mkdir()
        form = dataclasses.replace(READY_FORM, second_backup_folder=f" {place} ")
        settings.save(form)
        assert settings.second_backup_folder() == place
        place.rmdir()
        settings.save(settings.state().form)  # unplugged for now: what stays the same is not asked about
        settings.save(READY_FORM)
        assert settings.second_backup_folder() is None


def test_a_folder_to_be_watched_is_kept_and_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "arrives"
    with a_desk(tmp_path) as room:
        settings = room.desk.settings
        assert settings.watched_folder() is None
        for wrong in (str(place), "arrives"):
            with pytest.raises(errors.InvalidInput, match="watched_folder"):
                settings.save(dataclasses.replace(READY_FORM, watched_folder=wrong))
        place.mkdir()
        settings.save(dataclasses.replace(READY_FORM, watched_folder=f" {place} "))
        assert settings.watched_folder() == place
        place.rmdir()
        settings.save(settings.state().form)  # its machine is off: what stays the same is not asked about
        settings.save(READY_FORM)
        assert settings.watched_folder() is None


def test_practice_copies_no_backups(tmp_path: Path) -> None:
    (tmp_path / "machine.json").write_text(f'{{"second_backup_folder": "{tmp_path.as_posix()}"}}', "utf-8")
    with a_desk(tmp_path) as room:
        room.desk.settings._machine_file = tmp_path / "machine.json"
        assert room.desk.settings.practising
        assert room.desk.settings.second_backup_folder() is None


def test_the_address_of_update_notices_is_kept_and_one_that_is_none_is_refused(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        settings = room.desk.settings
        settings.save(dataclasses.replace(READY_FORM, update_address=" https://update.example "))
        assert settings.update_address() == settings.state().form.update_address == "https://update.example"
        with pytest.raises(errors.InvalidInput, match="update_address"):
            settings.save(dataclasses.replace(READY_FORM, update_address="update.example"))
        settings.save(READY_FORM)
        assert settings.update_address() == ""
