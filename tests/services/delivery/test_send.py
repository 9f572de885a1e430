"""F5 発行: what is written down, what keeps it from sending, and one filing, whoever presses it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from onestop import errors
from onestop.model.plate import RegistrationNumber
from onestop.model.sending_state import Sending
from onestop.model.words import PartyKind, VehicleClass
from onestop.services.delivery.settle import Settled
from onestop.services.filing.channel import ALREADY_ISSUED, UNDER_WAY
from onestop_sandbox import Kind, Trouble
from support.desks import INITIAL_SECRETS, READY_SECRETS, READY_SETTINGS, Interposed, a_desk
from support.filing import lose_the_answer
from support.keychains import a_keychain

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom


# --- what is written down


def test_an_issued_filing_carries_what_ainas_said(room: DeskRoom, clock: FixedClock) -> None:
    number = room.a_draft()
    returned = room.desk.filings.delivery.issue(number)
    filing = room.filing(number)
    assert (filing.sending, filing.filing_id, filing.status, filing.oss_status) == (
        Sending.FILED,
        "1000000011",
        "受付前",
        None,
    )
    assert filing.requested_at == filing.first_sent_at == filing.last_sent_at == filing.checked_at == clock.now()
    assert [fee.kind for fee in filing.fees] == ["検査登録手数料", "自動車重量税"]
    assert (returned.filing_id, returned.version) == (filing.filing_id, filing.version)


def test_the_intent_is_written_down_before_anything_is_sent(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    seen: list[tuple[Sending, str | None, bool]] = []
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft()

        def look(request: httpx.Request) -> None:
            filing = room.filing(number)
            same = (filing.payload or "").encode() == request.content
            seen.append((filing.sending, filing.request_key, same))

        way.before = look
        room.desk.filings.delivery.issue(number)
        assert seen == [(Sending.SENDING, room.filing(number).request_key, True)]


def test_all_that_a_filing_says_is_frozen(room: DeskRoom) -> None:
    said: dict[str, Any] = {
        "vehicle_class": VehicleClass.KEI,
        "planned_date": dt.date(2026, 12, 1),
        "registration_number": RegistrationNumber("土浦", "580", "さ", "1234"),
        "chassis_number": "ZN6-012345",
        "officially_stamped": True,
        "user_name": "見本株式会社",
        "user_kind": PartyKind.COMPANY,
        "user_representative": "見本太郎",
        "user_address1": "茨城県古河市",
        "user_address2": "1-1",
        "insurance_certificate_number": "A123456789",
        "conformity_certificate_number": "1112345678",
        "certificate_update": "依頼人(申請個別指定)",
        "recording_contract_number": "7",
    }
    number = room.a_draft(**said)
    room.desk.filings.delivery.issue(number)
    payload = json.loads(room.filing(number).payload or "")
    assert payload == {
        "control_number": number,
        "requester_site_code": READY_SETTINGS.requester_site_code,
        "agent_site_id": READY_SETTINGS.agent_site_id,
        "procedure": "継続検査",
        "vehicle_class": "軽",
        "planned_date": "2026-12-01",
        "registration_number": {"area": "土浦", "class_number": "580", "kana": "さ", "serial": "1234"},
        "chassis_number": "ZN6-012345",
        "officially_stamped": True,
        "user": {
            "name": "見本株式会社",
            "kind": "法人",
            "representative": "見本太郎",
            "address1": "茨城県古河市",
            "address2": "1-1",
        },
        "insurance_certificate_number": "A123456789",
        "conformity_certificate_number": "1112345678",
        "certificate_update": "依頼人(申請個別指定)",
        "recording_contract_number": "7",
    }


def test_the_frozen_words_are_sent_again_even_if_settings_changed(room: DeskRoom, clock: FixedClock) -> None:
    number = room.a_draft()
    lose_the_answer(room, number, acted=False)
    before = room.filing(number)
    form = room.desk.settings.state().form
    room.desk.settings.save(dataclasses.replace(form, agent_site_id="D9999999"))
    clock.advance(minutes=5)
    assert room.desk.filings.delivery.settle() == Settled(filed=1)
    after = room.filing(number)
    assert (after.payload, after.request_key) == (before.payload, before.request_key)
    assert UUID(after.request_key or "").version == 4
    assert (after.first_sent_at, after.last_sent_at) == (before.first_sent_at, clock.now())
    assert json.loads(after.payload or "")["agent_site_id"] == "D0000123"


def test_a_refused_filing_is_corrected_and_issued_under_a_new_key(room: DeskRoom) -> None:
    number = room.a_draft()
    keys: list[str | None] = []
    room.sandbox.troubles.add(
        Trouble(Kind.REFUSE, "submitFiling", status=422), Trouble(Kind.CUT, "submitFiling", after=True)
    )
    with pytest.raises(errors.Refused):
        room.desk.filings.delivery.issue(number)
    filing = room.filing(number)
    assert (filing.payload, filing.first_sent_at, filing.last_sent_at, filing.requested_at) == (None,) * 4
    assert filing.refusal == "申請内容に誤りがあります"
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.delivery.issue(number)
    keys.append(room.filing(number).request_key)
    assert room.filing(number).refusal is None
    assert room.desk.filings.delivery.settle_one(number).sending is Sending.FILED
    assert keys == [room.filing(number).request_key]


# --- what keeps F5 from sending


def test_settings_that_are_missing_send_nothing(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=None) as room:
        number = room.a_draft()
        with pytest.raises(errors.NotConfigured) as caught:
            room.desk.filings.delivery.issue(number)
        assert caught.value.missing == ("requester_site_code", "agent_site_id")
        assert room.filing(number).sending is Sending.DRAFT
        assert room.sandbox.requests == {}


def test_what_ainas_would_refuse_is_not_sent(room: DeskRoom) -> None:
    number = room.a_draft(user_name="", insurance_certificate_number="A-1")
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.filings.delivery.issue(number)
    assert [problem.field for problem in caught.value.problems] == ["user_name", "insurance_certificate_number"]
    assert room.filing(number).sending is Sending.DRAFT
    assert room.sandbox.requests == {}


def test_what_only_the_contract_refuses_is_not_sent_either(tmp_path: Path) -> None:
    """A settings file from another hand may hold what 設定 would not have taken."""
    wrong = READY_SETTINGS.model_copy(update={"requester_site_code": "0" * 21})
    with a_desk(tmp_path, settings=wrong) as room:
        number = room.a_draft()
        with pytest.raises(errors.InvalidInput) as caught:
            room.desk.filings.delivery.issue(number)
        assert [problem.field for problem in caught.value.problems] == ["requester_site_code"]
        assert room.filing(number).sending is Sending.DRAFT


def test_the_initial_password_is_refused_with_the_reason(tmp_path: Path) -> None:
    from onestop.store.keychain import MemorySecrets  # noqa: PLC0415 - only here

    with a_desk(tmp_path, secrets=MemorySecrets(INITIAL_SECRETS)) as room:
        number = room.a_draft()
        with pytest.raises(errors.Refused) as caught:
            room.desk.filings.delivery.issue(number)
        assert (caught.value.status, caught.value.code) == (403, "password_is_initial")
        filing = room.filing(number)
        assert (filing.sending, filing.refusal) == (Sending.DRAFT, "APIパスワードを再設定してください。")


def test_a_locked_keychain_sends_nothing(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        number = room.a_draft()
        backend.locked = True
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.filings.delivery.issue(number)
        assert room.filing(number).sending is Sending.DRAFT


def test_a_keychain_that_locks_after_the_intent_leaves_a_draft(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        number = room.a_draft()
        backend.reads_left = 6  # what the check for missing settings reads; not what signing reads after it
        with pytest.raises(errors.KeychainUnavailable):
            room.desk.filings.delivery.issue(number)
        filing = room.filing(number)
        assert (filing.sending, filing.request_key) == (Sending.DRAFT, None)


def test_a_keychain_that_is_locked_while_settling_leaves_it_unknown(tmp_path: Path, clock: FixedClock) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain, clock=clock) as room:
        number = room.a_draft()
        lose_the_answer(room, number, acted=True)
        backend.locked = True
        clock.advance(hours=1)
        settled = room.desk.filings.delivery.settle()
        assert (settled.waiting, type(settled.reason)) == (1, errors.KeychainLocked)
        assert room.filing(number).sending is Sending.UNKNOWN
        backend.locked = False
        assert room.desk.filings.delivery.settle() == Settled(filed=1)


# --- pressed twice


def test_f5_again_is_told_that_it_is_issued(room: DeskRoom) -> None:
    number = room.a_draft()
    room.desk.filings.delivery.issue(number)
    with pytest.raises(errors.NotAllowed, match=ALREADY_ISSUED):
        room.desk.filings.delivery.issue(number)
    assert room.times_filed(number) == 1


def test_f5_in_two_windows_at_once_sends_one_request(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft()
        refused: list[str] = []

        def second_press(_request: httpx.Request) -> None:
            with pytest.raises(errors.NotAllowed) as caught:
                room.desk.filings.delivery.issue(number)
            refused.append(str(caught.value))
            assert room.desk.filings.delivery.settle() == Settled(waiting=1)  # F7 leaves what is under way alone
            assert room.desk.filings.delivery.settle_one(number).sending is Sending.SENDING

        way.before = second_press
        room.desk.filings.delivery.issue(number)
        assert refused == [UNDER_WAY]
        assert way.asked == ["POST /ainas/v1/filings"]


def test_f5_during_settling_is_refused(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft()
        lose_the_answer(room, number, acted=False)
        clock.advance(minutes=5)

        def press(_request: httpx.Request) -> None:
            with pytest.raises(errors.NotAllowed, match=UNDER_WAY):
                room.desk.filings.delivery.issue(number)

        way.before = press
        assert room.desk.filings.delivery.settle() == Settled(filed=1)
        assert room.times_filed(number) == 1


def test_many_threads_press_f5_and_f7(room: DeskRoom) -> None:
    numbers = room.drafts(3)
    start = threading.Barrier(8)

    def press(place: int) -> int:
        start.wait()
        room.desk.filings.delivery.settle()
        try:
            room.desk.filings.delivery.issue(numbers[place % 3])
        except errors.NotAllowed:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 3
    assert [room.times_filed(number) for number in numbers] == [1, 1, 1]


def test_a_second_program_on_the_same_database_sends_nothing_while_the_first_is_sending(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with (
        a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as first,
        a_desk(tmp_path, clock=clock, sandbox=sandbox) as second,
    ):
        number = first.a_draft()

        def elsewhere(_request: httpx.Request) -> None:
            with pytest.raises(errors.NotAllowed, match=UNDER_WAY):
                second.desk.filings.delivery.issue(number)

        way.before = elsewhere
        first.desk.filings.delivery.issue(number)
        assert first.times_filed(number) == 1
