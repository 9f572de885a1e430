"""設定: 接続確認, and a 再設定 that never locks the shop out."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop_sandbox import Kind, Trouble, app_of, passwords
from onestop_sandbox.passwords import Doorkeeper
from support.desks import INITIAL_SECRETS, READY_FORM, READY_SECRETS, a_desk
from support.keychains import PowerCut, a_keychain, no_room

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


@pytest.fixture(autouse=True)
def _quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash the sandbox's passwords in no time: what a guess costs is none of what is proved here."""
    monkeypatch.setitem(passwords._COST, "n", 2)


# --- 接続確認


def test_the_connection_is_checked_with_what_is_stored(room: DeskRoom) -> None:
    account = room.desk.settings.access.check_connection()
    assert (account.organization, account.password_is_initial) == ("カーネット整備株式会社", False)


def test_checking_without_credentials_says_what_is_missing(tmp_path: Path) -> None:
    with a_desk(tmp_path, secrets=MemorySecrets(ApiSecrets(api_key="READYKEY"))) as room:
        with pytest.raises(errors.NotConfigured) as caught:
            room.desk.settings.access.check_connection()
        assert caught.value.missing == ("api_password",)
        with pytest.raises(errors.NotConfigured):
            room.desk.settings.access.reset_password(NEW)


# --- 再設定


def works(room: DeskRoom) -> bool:
    """Tell whether the shop can still get in, if need be after 接続確認."""
    room.desk.settings.access.check_connection()
    return room.ainas.account().organization != ""


def opens_ainas(sandbox: Sandbox, password: str, key: str = "READYKEY") -> bool:
    account = sandbox.memory.account(key)
    return account is not None and Doorkeeper().lets_in(password, account.password)


def test_a_reset_holds_at_once_and_opens_the_way_to_filing(tmp_path: Path) -> None:
    with a_desk(tmp_path, secrets=MemorySecrets(INITIAL_SECRETS)) as room:
        assert room.desk.settings.access.check_connection().password_is_initial
        room.desk.settings.access.reset_password(NEW)
        assert room.secrets.read() == ApiSecrets("TESTKEY", NEW)
        assert not room.desk.settings.access.check_connection().password_is_initial
        assert room.desk.filings.delivery.issue(room.a_draft()).filing_id


@pytest.mark.parametrize("typed", ["short", "全角のパスワード", "with space in it", "x" * 65, ""])
def test_a_password_that_ainas_would_not_take_changes_nothing(room: DeskRoom, typed: str) -> None:
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.settings.access.reset_password(typed)
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
        room.desk.settings.access.reset_password(NEW)
    assert room.secrets.read() == READY_SECRETS
    assert works(room)


def test_an_answer_lost_after_the_change_is_found_out_at_once(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", after=True))
    room.desk.settings.access.reset_password(NEW)
    assert room.secrets.read() == ApiSecrets("READYKEY", NEW)


def test_a_request_that_was_repeated_on_its_way_counts_as_done(tmp_path: Path, sandbox: Sandbox) -> None:
    """A proxy may send it twice: the second time the old password is wrong already."""
    way = httpx.WSGITransport(app=app_of(sandbox))

    def twice(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            way.handle_request(request)
        return way.handle_request(request)

    with a_desk(tmp_path, sandbox=sandbox, http=httpx.MockTransport(twice)) as room:
        room.desk.settings.access.reset_password(NEW)
        assert room.secrets.read() == ApiSecrets("READYKEY", NEW)


def test_an_answer_lost_before_the_change_leaves_it_pending(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword"))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.access.reset_password(NEW)
    assert room.secrets.read() == ApiSecrets("READYKEY", "ready-password", NEW)
    assert room.desk.settings.state().reset_pending
    assert not room.desk.settings.access.recover_reset()
    assert works(room)


def test_a_change_that_acts_late_is_found_by_the_next_check(room: DeskRoom, clock: FixedClock) -> None:
    room.sandbox.troubles.add(Trouble(Kind.LATE, "resetPassword", seconds=60))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.access.reset_password(NEW)
    assert works(room)
    clock.advance(minutes=2)
    assert works(room)
    assert room.secrets.read() == ApiSecrets("READYKEY", NEW)


def test_an_earlier_reset_that_acts_late_does_not_overtake_the_next(room: DeskRoom, clock: FixedClock) -> None:
    room.sandbox.troubles.add(Trouble(Kind.LATE, "resetPassword", seconds=60))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.access.reset_password(NEW)
    room.desk.settings.access.reset_password(OTHER)
    clock.advance(minutes=2)
    assert works(room)
    assert room.secrets.read() == ApiSecrets("READYKEY", OTHER)


def test_an_earlier_reset_that_took_place_is_noticed_by_the_next(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", after=True), Trouble(Kind.CUT, "getAccount"))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.access.reset_password(NEW)
    room.desk.settings.access.reset_password(OTHER)
    assert room.secrets.read() == ApiSecrets("READYKEY", OTHER)
    assert works(room)


def test_an_earlier_reset_that_is_refused_now_gives_way_to_the_next(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword"), Trouble(Kind.REFUSE, "resetPassword", status=422))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.access.reset_password(NEW)
    room.desk.settings.access.reset_password(OTHER)
    assert room.secrets.read() == ApiSecrets("READYKEY", OTHER)


def test_an_earlier_reset_stays_pending_while_ainas_cannot_be_asked(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", times=2))
    for password in (NEW, OTHER):
        with pytest.raises(errors.NoAnswer):
            room.desk.settings.access.reset_password(password)
        assert room.secrets.read() == ApiSecrets("READYKEY", "ready-password", NEW)
    assert works(room)


def test_without_a_key_nobody_is_asked_whether_the_new_password_is_in_force(tmp_path: Path) -> None:
    with a_desk(tmp_path, secrets=MemorySecrets(ApiSecrets("", "", NEW))) as room:
        assert not room.desk.settings.access.recover_reset()
        assert room.sandbox.requests == {}


def test_typing_another_key_or_password_never_forgets_a_pending_one(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "resetPassword", after=True), Trouble(Kind.CUT, "getAccount"))
    with pytest.raises(errors.NoAnswer):
        room.desk.settings.access.reset_password(NEW)
    room.desk.settings.save(dataclasses.replace(READY_FORM, api_key="TYPO", api_password="typo"))
    with pytest.raises(errors.CredentialsRefused):
        room.desk.settings.access.check_connection()
    room.desk.settings.save(dataclasses.replace(READY_FORM, api_key="READYKEY"))
    assert works(room)


def test_a_keychain_that_cannot_store_the_new_password_sends_nothing(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        backend.before_write = no_room
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.access.reset_password(NEW)
        assert room.sandbox.requests == {}
        assert works(room)


def test_a_keychain_that_fails_after_the_change_is_healed_by_the_next_check(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        backend.before_write = _after(1, no_room)
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.settings.access.reset_password(NEW)
        backend.before_write = lambda: None
        assert opens_ainas(room.sandbox, NEW)
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
            room.desk.settings.access.reset_password(NEW)
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
            room.desk.settings.access.reset_password(NEW)
        assert room.desk.settings.state().reset_pending
    assert_nobody_is_locked_out(tmp_path, sandbox, keychain, backend)


def assert_nobody_is_locked_out(folder: Path, sandbox: Sandbox, keychain: Keychain, backend: ShakyBackend) -> None:
    """Start anew, check the connection, file, and reset again."""
    backend.before_write = lambda: None
    sandbox.troubles.clear()
    with a_desk(folder, sandbox=sandbox, secrets=keychain) as room:
        assert works(room)
        assert opens_ainas(sandbox, keychain.read().api_password)
        assert room.desk.filings.delivery.issue(room.a_draft()).filing_id
        room.desk.settings.access.reset_password(OTHER)
        assert keychain.read() == ApiSecrets("READYKEY", OTHER)
        assert works(room)


def test_two_windows_reset_one_after_the_other(room: DeskRoom) -> None:
    start = threading.Barrier(2)

    def press(password: str) -> None:
        start.wait()
        room.desk.settings.access.reset_password(password)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, (NEW, OTHER)))
    left = room.secrets.read()
    assert left in (ApiSecrets("READYKEY", NEW), ApiSecrets("READYKEY", OTHER))
    assert opens_ainas(room.sandbox, left.api_password)
