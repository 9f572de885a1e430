"""設定: what is missing, what is stored where, and a 再設定 that never locks the shop out."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop.gateway.transport import Credentials
from onestop.services.filing_form import FilingForm
from onestop.services.settings_form import Connection, SettingsForm
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import Settings, load_settings, save_settings
from onestop_sandbox import Kind, Trouble, app_of
from support.desks import INITIAL_SECRETS, READY_SECRETS, READY_SETTINGS, a_desk
from support.keychains import PowerCut, a_keychain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.store.keychain import Keychain
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom
    from support.keychains import ShakyBackend

NEW = "Tsuchiura-1a1111"
OTHER = "Mito-300sa1234"
FORM = SettingsForm(
    requester_site_code="0812345",
    agent_site_id="D0000123",
    practice=False,
    services_url="https://services.example",
)


# --- what is there and what is missing


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
        FORM,
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
    room.desk.settings.save(FORM)
    assert room.secrets.read() == READY_SECRETS
    room.desk.settings.save(dataclasses.replace(FORM, api_password="another-password"))
    assert room.secrets.read() == ApiSecrets("READYKEY", "another-password")


def test_what_another_part_keeps_in_the_file_stays(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=READY_SETTINGS.model_copy(update={"settle_after_seconds": 7})) as room:
        room.desk.settings.remember_text_scale(120)
        room.desk.settings.save(FORM)
    kept = load_settings(tmp_path / "settings.json").settings
    assert (kept.text_scale, kept.settle_after_seconds, kept.agent_site_id) == (120, 7, "D0000123")


def test_the_folders_used_last_are_kept(room: DeskRoom) -> None:
    settings = room.desk.settings
    for _ in range(2):
        settings.remember_import_folder("C:/車検証")
        settings.remember_export_folder("C:/帳票")
        assert (settings.import_folder(), settings.export_folder()) == ("C:/車検証", "C:/帳票")


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
    ],
)
def test_what_could_never_be_sent_is_refused_and_nothing_is_changed(
    room: DeskRoom, changes: dict[str, str], field: str
) -> None:
    before = room.desk.settings.state()
    form = dataclasses.replace(FORM, **{"api_password": "typed-too", "practice": True, **changes})  # type: ignore[arg-type] # by name
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.settings.save(form)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert room.desk.settings.state() == before
    assert room.secrets.read() == READY_SECRETS


def test_no_address_may_be_saved_too(room: DeskRoom) -> None:
    room.desk.settings.save(dataclasses.replace(FORM, services_url=" "))
    assert room.desk.settings.state().form.services_url == ""


def test_a_keychain_that_fails_leaves_the_settings_as_they_were(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        backend.before_write = _fail
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.save(dataclasses.replace(FORM, api_password="typed", agent_site_id="D1"))
        assert room.desk.settings.state().form == FORM
        backend.locked = True
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.state()
        assert room.desk.settings.in_keychain


def _fail() -> None:
    raise OSError("the keychain is full")


def test_a_new_filing_takes_its_defaults_from_the_settings(tmp_path: Path) -> None:
    own = {"certificate_update": "依頼人(申請個別指定)", "recording_contract_number": "7"}
    with a_desk(tmp_path, settings=READY_SETTINGS.model_copy(update=own)) as room:
        form = room.desk.settings.with_defaults(FilingForm(user_name="見本太郎"))
        assert form == FilingForm(user_name="見本太郎", **own)  # type: ignore[arg-type] # by name
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
        settings.save(dataclasses.replace(FORM, api_key="REAL", api_password="real-password"))
        state = settings.state()
        assert (state.missing, state.form) == ((), FORM)
        assert (state.has_api_key, state.has_api_password) == (True, True)
        assert settings.sites() == ("0899999", "D9")
        assert settings.credentials() == Credentials(READY_SECRETS.api_key, READY_SECRETS.api_password)
        assert settings.check_connection().organization == "カーネット整備株式会社"
    assert real.read() == ApiSecrets("REAL", "real-password")
    assert load_settings(practice_file).settings == Settings(requester_site_code="0899999", agent_site_id="D9")


# --- 接続確認


def test_the_connection_is_checked_with_what_is_stored(room: DeskRoom) -> None:
    account = room.desk.settings.check_connection()
    assert (account.organization, account.password_is_initial) == ("カーネット整備株式会社", False)


def test_checking_without_credentials_says_what_is_missing(tmp_path: Path) -> None:
    with a_desk(tmp_path, secrets=MemorySecrets(ApiSecrets(api_key="READYKEY"))) as room:
        with pytest.raises(errors.NotConfigured) as caught:
            room.desk.settings.check_connection()
        assert caught.value.missing == ("api_password",)
        with pytest.raises(errors.NotConfigured):
            room.desk.settings.reset_password(NEW)


# --- 再設定


def works(room: DeskRoom) -> bool:
    """Tell whether the shop can still get in, if need be after 接続確認."""
    room.desk.settings.check_connection()
    return room.ainas.account().organization != ""


def password_at_ainas(sandbox: Sandbox, key: str = "READYKEY") -> str:
    account = sandbox.ledger.account(key)
    return "" if account is None else account.password


def test_a_reset_holds_at_once_and_opens_the_way_to_filing(tmp_path: Path) -> None:
    with a_desk(tmp_path, secrets=MemorySecrets(INITIAL_SECRETS)) as room:
        assert room.desk.settings.check_connection().password_is_initial
        room.desk.settings.reset_password(NEW)
        assert room.secrets.read() == ApiSecrets("TESTKEY", NEW)
        assert not room.desk.settings.check_connection().password_is_initial
        assert room.desk.issuing.issue(room.a_draft()).filing_id


@pytest.mark.parametrize("typed", ["short", "全角のパスワード", "with space in it", "x" * 65, ""])
def test_a_password_that_ainas_would_not_take_changes_nothing(room: DeskRoom, typed: str) -> None:
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.settings.reset_password(typed)
    assert [problem.field for problem in caught.value.problems] == ["new_password"]
    assert room.secrets.read() == READY_SECRETS
    assert room.sandbox.requests == {}


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble(Kind.REFUSE, "resetPassword", status=422), errors.Refused),
        (Trouble(Kind.REFUSE, "resetPassword", status=401), errors.CredentialsRefused),
        (Trouble(Kind.REFUSE, "resetPassword", status=429), errors.Overloaded),
        (Trouble(Kind.CLOSED, "resetPassword"), errors.ServiceClosed),
    ],
    ids=lambda value: getattr(value, "kind", getattr(value, "__name__", "")),
)
def test_a_clear_no_leaves_the_old_password_alone(
    room: DeskRoom, trouble: Trouble, error: type[errors.ServiceError]
) -> None:
    room.sandbox.troubles.add(trouble)
    with pytest.raises(error):
        room.desk.settings.reset_password(NEW)
    assert room.secrets.read() == READY_SECRETS
    assert works(room)


def test_an_answer_lost_after_the_change_is_found_out_at_once(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", after=True))
    room.desk.settings.reset_password(NEW)
    assert room.secrets.read() == ApiSecrets("READYKEY", NEW)


def test_a_request_that_was_repeated_on_its_way_counts_as_done(tmp_path: Path, sandbox: Sandbox) -> None:
    """A proxy may send it twice: the second time the old password is wrong already."""
    way = httpx.WSGITransport(app=app_of(sandbox))

    def twice(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            way.handle_request(request)
        return way.handle_request(request)

    with a_desk(tmp_path, sandbox=sandbox, http=httpx.MockTransport(twice)) as room:
        room.desk.settings.reset_password(NEW)
        assert room.secrets.read() == ApiSecrets("READYKEY", NEW)


def test_an_answer_lost_before_the_change_leaves_it_pending(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword"))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.reset_password(NEW)
    assert room.secrets.read() == ApiSecrets("READYKEY", "ready-password", NEW)
    assert room.desk.settings.state().reset_pending
    assert not room.desk.settings.recover_reset()
    assert works(room)


def test_a_change_that_acts_late_is_found_by_the_next_check(room: DeskRoom, clock: FixedClock) -> None:
    room.sandbox.troubles.add(Trouble(Kind.LATE, "resetPassword", seconds=60))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.reset_password(NEW)
    assert works(room)
    clock.advance(minutes=2)
    assert works(room)
    assert room.secrets.read() == ApiSecrets("READYKEY", NEW)


def test_an_earlier_reset_that_acts_late_does_not_overtake_the_next(room: DeskRoom, clock: FixedClock) -> None:
    room.sandbox.troubles.add(Trouble(Kind.LATE, "resetPassword", seconds=60))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.reset_password(NEW)
    room.desk.settings.reset_password(OTHER)
    clock.advance(minutes=2)
    assert works(room)
    assert room.secrets.read() == ApiSecrets("READYKEY", OTHER)


def test_an_earlier_reset_that_took_place_is_noticed_by_the_next(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", after=True), Trouble(Kind.CUT, "getAccount"))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.reset_password(NEW)
    room.desk.settings.reset_password(OTHER)
    assert room.secrets.read() == ApiSecrets("READYKEY", OTHER)
    assert works(room)


def test_an_earlier_reset_that_is_refused_now_gives_way_to_the_next(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword"), Trouble(Kind.REFUSE, "resetPassword", status=422))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.reset_password(NEW)
    room.desk.settings.reset_password(OTHER)
    assert room.secrets.read() == ApiSecrets("READYKEY", OTHER)


def test_an_earlier_reset_stays_pending_while_ainas_cannot_be_asked(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", times=2))
    for password in (NEW, OTHER):
        with pytest.raises(errors.NoAnswer):
            room.desk.settings.reset_password(password)
        assert room.secrets.read() == ApiSecrets("READYKEY", "ready-password", NEW)
    assert works(room)


def test_typing_another_key_or_password_never_forgets_a_pending_one(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", after=True), Trouble(Kind.CUT, "getAccount"))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.reset_password(NEW)
    room.desk.settings.save(dataclasses.replace(FORM, api_key="TYPO", api_password="typo"))
    with pytest.raises(errors.CredentialsRefused):
        room.desk.settings.check_connection()
    room.desk.settings.save(dataclasses.replace(FORM, api_key="READYKEY"))
    assert works(room)


def test_a_keychain_that_cannot_store_the_new_password_sends_nothing(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        backend.before_write = _fail
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.reset_password(NEW)
        assert room.sandbox.requests == {}
        assert works(room)


def test_a_keychain_that_fails_after_the_change_is_healed_by_the_next_check(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        backend.before_write = _after(1, _fail)
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.reset_password(NEW)
        backend.before_write = lambda: None
        assert password_at_ainas(room.sandbox) == NEW
        assert works(room)


def _after(count: int, act: Callable[[], None]) -> Callable[[], None]:
    """Return what does nothing so many times, and then acts each time."""
    left = [count]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            act()

    return step


def _cut_power() -> None:
    raise PowerCut


@pytest.mark.parametrize("writes", range(4))
@pytest.mark.parametrize(
    "trouble",
    [None, Trouble(Kind.CUT, "resetPassword", after=True), Trouble(Kind.CUT, "resetPassword")],
    ids=["answered", "answer lost", "never arrived"],
)
def test_power_fails_before_each_write_of_the_keychain(tmp_path: Path, writes: int, trouble: Trouble | None) -> None:
    """0: before the pending password, 1: before it is promoted, 2: between promotion and clean-up, 3: not at all."""
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        if trouble is not None:
            room.sandbox.troubles.add(trouble)
        backend.before_write = _after(writes, _cut_power)
        with suppress(PowerCut, errors.NoAnswer):
            room.desk.settings.reset_password(NEW)
        assert_nobody_is_locked_out(tmp_path, room.sandbox, keychain, backend)


@pytest.mark.parametrize("step", ["before sending", "after acting"])
def test_power_fails_around_the_call(tmp_path: Path, sandbox: Sandbox, step: str) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    way = httpx.WSGITransport(app=app_of(sandbox))

    def fail(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            if step == "after acting":
                way.handle_request(request)
            raise PowerCut
        return way.handle_request(request)

    with a_desk(tmp_path, sandbox=sandbox, secrets=keychain, http=httpx.MockTransport(fail)) as room:
        with pytest.raises(PowerCut):
            room.desk.settings.reset_password(NEW)
        assert room.desk.settings.state().reset_pending
    assert_nobody_is_locked_out(tmp_path, sandbox, keychain, backend)


def assert_nobody_is_locked_out(folder: Path, sandbox: Sandbox, keychain: Keychain, backend: ShakyBackend) -> None:
    """Start anew, check the connection, file, and reset again."""
    backend.before_write = lambda: None
    sandbox.troubles.clear()
    with a_desk(folder, sandbox=sandbox, secrets=keychain) as room:
        assert works(room)
        assert keychain.read().api_password == password_at_ainas(sandbox)
        assert room.desk.issuing.issue(room.a_draft()).filing_id
        room.desk.settings.reset_password(OTHER)
        assert keychain.read() == ApiSecrets("READYKEY", OTHER)
        assert works(room)


def test_two_windows_reset_one_after_the_other(room: DeskRoom) -> None:
    start = threading.Barrier(2)

    def press(password: str) -> None:
        start.wait()
        room.desk.settings.reset_password(password)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, (NEW, OTHER)))
    assert room.secrets.read() == ApiSecrets("READYKEY", password_at_ainas(room.sandbox))


def test_the_folder_of_the_last_export_is_remembered(room: DeskRoom) -> None:
    settings = room.desk.settings
    for folder in ("C:/書類", "C:/書類", "D:/"):
        settings.remember_export_folder(folder)
        assert settings.export_folder() == folder
