"""The AINAS client, operation by operation, and every request of it held against the contract."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pydantic import ValidationError

from onestop.clock import JST
from onestop.errors import ContractBroken, InvalidInput, NotConfigured
from onestop.gateway.ainas import AinasClient, FilingProgress, FilingRequest
from onestop.gateway.subject import SortedOut, Subject
from onestop.gateway.transport import Credentials, Transport
from onestop.gateway.wire import CUT, MAX_TEXT, MAX_WORD, as_invalid_input
from support import contract
from support.ainas import CREDENTIALS, KEY, a_filing_answer, a_filing_request
from support.clock import FixedClock
from support.contract import AUTHORIZATION, Contract
from support.subjects import numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    ClientOf = Callable[[contract.Service], AinasClient]

CONTRACT = Contract("ainas")
Service = partial(contract.Service, CONTRACT)


@pytest.fixture
def client_of(transport_to: Callable[[contract.Service], Transport]) -> ClientOf:
    return lambda service: AinasClient(transport_to(service))


def test_service_state(client_of: ClientOf) -> None:
    service = Service(200, CONTRACT.example("getService", "200"))
    state = client_of(service).service_state()
    assert (state.state, state.opens_at, state.closes_at, state.message) == ("open", "08:00", "22:00", None)


def test_service_state_needs_no_credentials() -> None:
    service = Service(200, {"state": "夜間", "opens_at": None, "closes_at": None, "message": "お知らせ"})
    with Transport("https://oss.example", lambda: None, clock=FixedClock(), http=service.http) as transport:
        assert AinasClient(transport).service_state().state == "夜間"
        with pytest.raises(NotConfigured):
            AinasClient(transport).account()


def test_account(client_of: ClientOf) -> None:
    account = client_of(Service(200, CONTRACT.example("getAccount", "200"))).account()
    assert (account.organization, account.password_is_initial) == ("株式会社カーネット自動車", True)


def test_account_with_what_was_just_typed() -> None:
    service = Service(200, CONTRACT.example("getAccount", "200"))
    with Transport("https://oss.example", lambda: None, clock=FixedClock(), http=service.http) as transport:
        AinasClient(transport).account(CREDENTIALS)
    assert len(service.requests) == 1


def test_reset_password(client_of: ClientOf) -> None:
    service = Service(204)
    client_of(service).reset_password("Tsuchiura-1a1111")
    assert json.loads(service.requests[0].content) == {"new_password": "Tsuchiura-1a1111"}


def test_reset_password_goes_with_the_present_one() -> None:
    service = Service(204)
    stored = Credentials("鍵-key", "older")
    with Transport("https://oss.example", lambda: stored, clock=FixedClock(), http=service.http) as transport:
        AinasClient(transport).reset_password("Tsuchiura-1a1111", CREDENTIALS)
    assert len(service.requests) == 1


@pytest.mark.parametrize("password", ["", "1234567", "a" * 65, "with blank 1", "ひみつのパスワード", "12345678\n"])
def test_a_password_that_the_contract_does_not_take(password: str, client_of: ClientOf) -> None:
    service = Service(204)
    with pytest.raises(InvalidInput) as caught:
        client_of(service).reset_password(password)
    assert [problem.field for problem in caught.value.problems] == ["new_password"]
    assert service.requests == []


def test_reset_password_answered_with_something_else(client_of: ClientOf) -> None:
    with pytest.raises(ContractBroken):
        client_of(Service(200, {})).reset_password("Tsuchiura-1a1111")


def test_submit_sends_the_frozen_text_byte_for_byte(client_of: ClientOf) -> None:
    service = Service(201, CONTRACT.example("submitFiling", "201"))
    body = "  " + a_filing_request().frozen_json() + "\n"
    filing = client_of(service).issue(KEY, body)
    assert service.requests[0].content == body.encode()
    assert service.requests[0].headers["Idempotency-Key"] == str(KEY)
    assert (filing.filing_id, filing.control_number, filing.oss_status) == ("1000000008", 1, None)
    assert filing.requested_at == dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
    assert [fee.kind for fee in filing.fees] == ["検査登録手数料", "自動車重量税"]


@pytest.mark.parametrize("body", ["", "{}", '{"control_number": "一"}'])
def test_submit_takes_frozen_requests_only(body: str, client_of: ClientOf) -> None:
    service = Service(201, a_filing_answer())
    with pytest.raises(ValueError, match="_Frozen"):
        client_of(service).issue(KEY, body)
    assert service.requests == []


def test_find_by_key(client_of: ClientOf) -> None:
    service = Service(200, {"filings": [a_filing_answer()], "next": "unknown field"})
    (filing,) = client_of(service).find_by_key(Subject(key=KEY))
    assert filing.filing_id == "1000000008"
    assert dict(service.requests[0].url.params) == {"idempotency_key": str(KEY)}


def test_find_by_key_finds_nothing(client_of: ClientOf) -> None:
    assert client_of(Service(200, {"filings": []})).find_by_key(Subject(key=KEY)) == ()


def test_find_by_number(client_of: ClientOf) -> None:
    service = Service(200, {"filings": [a_filing_answer(control_number=7)]})
    (filing,) = client_of(service).find_by_number(7, "0812345")
    assert filing.control_number == 7
    assert dict(service.requests[0].url.params) == {"control_number": "7", "requester_site_code": "0812345"}


def test_find_by_number_that_finds_another(client_of: ClientOf) -> None:
    answer = {"filings": [a_filing_answer(control_number=7), a_filing_answer(control_number=8)]}
    with pytest.raises(ContractBroken):
        client_of(Service(200, answer)).find_by_number(7, "0812345")


def test_filing(client_of: ClientOf) -> None:
    service = Service(200, a_filing_answer())
    assert client_of(service).fetch(Subject(number="1000000008")).status == "受付前"
    assert service.requests[0].url.path == "/ainas/v1/filings/1000000008"


def test_filing_that_is_another(client_of: ClientOf) -> None:
    with pytest.raises(ContractBroken):
        client_of(Service(200, a_filing_answer())).fetch(Subject(number="1000000009"))


def test_withdraw(client_of: ClientOf) -> None:
    service = Service(204)
    client_of(service).withdraw("1000000008")
    assert [request.method for request in service.requests] == ["DELETE"]


@pytest.mark.parametrize("filing_id", ["", "123", "../account", "1000000008\n", "10000000081", "１０００００００08"])
def test_what_is_no_filing_id_goes_nowhere(filing_id: str, client_of: ClientOf) -> None:
    service = Service(200, a_filing_answer())
    client = client_of(service)
    with pytest.raises(ValueError, match="申請ID"):
        client.fetch(Subject(number=filing_id))
    with pytest.raises(ValueError, match="申請ID"):
        client.withdraw(filing_id)
    with pytest.raises(ValueError, match="申請ID"):
        client.progress(numbered(filing_id))
    assert service.requests == []


def test_progress_sorts_out_the_answer(client_of: ClientOf) -> None:
    answer = {
        "filings": [
            a_filing_answer(filing_id="1000000003"),
            a_filing_answer(filing_id="1000000001", status="手続完了"),
            a_filing_answer(filing_id="1000000001", status="手続完了"),
            a_filing_answer(filing_id="1000000005"),
            a_filing_answer(filing_id="1000000005", status="said twice, and differently"),
            a_filing_answer(filing_id="1000000099"),
        ],
        "unknown": ["1000000002", "1000000003", "1000000098"],
    }
    service = Service(200, answer)
    asked = ["1000000001", "1000000002", "1000000001", "1000000003", "1000000004", "1000000005"]
    progress = client_of(service).progress(numbered(*asked))
    assert json.loads(service.requests[0].content) == {"filing_ids": [*asked[:2], *asked[3:]]}
    assert [(filing.filing_id, filing.status) for filing in progress.known] == [
        ("1000000001", "手続完了"),
        ("1000000003", "受付前"),
    ]
    assert progress.unknown == ("1000000002",)
    assert progress.unanswered == ("1000000004",)
    assert progress.unfit == ("1000000005",)
    assert progress.foreign == 2


def test_progress_of_two_hundred_at_most(client_of: ClientOf) -> None:
    asked = [str(number) for number in range(1_000_000_000, 1_000_000_201)]
    service = Service(200, {"filings": [], "unknown": asked[:200]})
    client = client_of(service)
    assert len(client.progress(numbered(*asked[:200])).unknown) == 200
    with pytest.raises(ValueError, match="201 filings"):
        client.progress(numbered(*asked))
    assert len(service.requests) == 1


def test_progress_of_none_asks_nothing(client_of: ClientOf) -> None:
    service = Service(500)
    assert client_of(service).progress([]) == SortedOut()
    assert service.requests == []


def test_words_and_fields_that_nobody_knows_come_through(client_of: ClientOf) -> None:
    fee = {"kind": "新しい税", "amount": 0, "payment_status": "分納", "due_date": "2026-12-01", "bank": "古河"}
    answer = a_filing_answer(status="宙返り", oss_status="手続(交付)完了", message="古河へ", fees=[fee], memo="古河")
    filing = client_of(Service(200, answer)).fetch(Subject(number="1000000008"))
    assert (filing.status, filing.oss_status, filing.message) == ("宙返り", "手続(交付)完了", "古河へ")
    assert (filing.fees[0].kind, filing.fees[0].payment_status) == ("新しい税", "分納")
    assert filing.fees[0].due_date == dt.date(2026, 12, 1)
    assert "古河" not in repr(filing)
    assert "宙返り" in repr(filing)


def test_very_long_words_and_texts_are_kept_up_to_a_bound(client_of: ClientOf) -> None:
    fee = {"kind": "税" * 5_000, "amount": 0, "payment_status": "納" * 5_000, "due_date": None}
    answer = a_filing_answer(status="待" * 100_000, oss_status="査" * 200, message="長" * 300_000, fees=[fee])
    filing = client_of(Service(200, answer)).fetch(Subject(number="1000000008"))
    lengths = len(filing.status), len(filing.oss_status or ""), len(filing.message or "")
    assert lengths == (MAX_WORD, MAX_WORD, MAX_TEXT)
    assert (len(filing.fees[0].kind), len(filing.fees[0].payment_status or "")) == (MAX_WORD, MAX_WORD)
    assert filing.status.endswith(CUT)
    assert filing.oss_status == "査" * 200


@pytest.mark.parametrize("text", ["2026-11-24T09:15:00+09:00", "2026-11-24T00:15:00Z", "2026-11-23T19:15:00.0-05:00"])
def test_any_offset_is_the_same_moment(text: str) -> None:
    moment = FilingProgress.model_validate_json(json.dumps(a_filing_answer(requested_at=text))).requested_at
    assert moment == FixedClock().now()
    assert moment.utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize(
    "change",
    [
        {"requested_at": "2026-11-24T09:15:00"},
        {"requested_at": "0001-01-01T00:00:00+09:00"},
        {"requested_at": "9999-12-31T23:59:59-09:00"},
        {"requested_at": 1},
        {"filing_id": "123"},
        {"control_number": "1"},
        {"status": None},
        {"fees": [{"kind": "税", "amount": -1, "payment_status": None, "due_date": None}]},
        {"fees": [{"kind": "税", "amount": 1_000_000_000, "payment_status": None, "due_date": None}]},
        {"fees": [{"kind": "税", "amount": 1, "payment_status": None, "due_date": "9999-12-31"}]},
        {"fees": [{"kind": "税", "amount": 1, "payment_status": None, "due_date": None}] * 51},
        {"fees": [{"kind": "税", "amount": 1, "payment_status": None, "due_date": "明日"}]},
    ],
)
def test_answers_that_cannot_be_used(change: dict[str, object], client_of: ClientOf) -> None:
    with pytest.raises(ContractBroken):
        client_of(Service(200, a_filing_answer(**change))).fetch(Subject(number="1000000008"))


def test_the_frozen_text_is_always_the_same_and_reads_back() -> None:
    request = a_filing_request(planned_date=dt.date(2026, 12, 1))
    text = request.frozen_json()
    assert FilingRequest.model_validate_json(text) == request
    assert FilingRequest.model_validate_json(text).frozen_json() == text
    assert text.startswith('{"agent_site_id":"D0000123",')
    assert '"planned_date":"2026-12-01"' in text
    assert "カーネット太郎" in text


def test_a_request_shows_nothing_personal() -> None:
    shown = repr(a_filing_request(insurance_certificate_number="Z987", conformity_certificate_number="Y654"))
    assert [word for word in ("カーネット", "古河", "ABC123", "1111", "土浦", "Z987", "Y654") if word in shown] == []
    assert "control_number=1" in shown


PLATE = {"area": "土浦", "class_number": "1", "kana": "あ", "serial": "1"}
USER = {"name": "カーネット太郎", "kind": "個人", "representative": None, "address1": "茨城県古河市", "address2": None}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"control_number": 0}, "control_number"),
    ({"control_number": 10_000_000_000}, "control_number"),
    ({"control_number": True}, "control_number"),
    ({"requester_site_code": ""}, "requester_site_code"),
    ({"agent_site_id": "a" * 21}, "agent_site_id"),
    ({"procedure": "新規検査"}, "procedure"),
    ({"vehicle_class": "大型"}, "vehicle_class"),
    ({"planned_date": "2026-12-01"}, "planned_date"),
    ({"chassis_number": ""}, "chassis_number"),
    ({"chassis_number": "A" * 43}, "chassis_number"),
    ({"insurance_certificate_number": "A-1"}, "insurance_certificate_number"),
    ({"registration_number": PLATE | {"serial": "0"}}, "registration_number.serial"),
    ({"registration_number": PLATE | {"class_number": "1G1"}}, "registration_number.class_number"),
    ({"registration_number": PLATE | {"kana": "ア"}}, "registration_number.kana"),
    ({"user": USER | {"name": "", "kind": "団体", "address1": "あ" * 161}}, "user.name user.kind user.address1"),
    ({"unknown": 1}, "unknown"),
]


@pytest.mark.parametrize(("changes", "fields"), WRONG)
def test_what_the_contract_does_not_take_is_said_field_by_field(changes: dict[str, Any], fields: str) -> None:
    with pytest.raises(ValidationError) as caught:
        a_filing_request(**changes)
    problems = as_invalid_input(caught.value).problems
    assert " ".join(problem.field for problem in problems) == fields
    assert all(problem.message.endswith("。") for problem in problems)
    wrong = json.loads(a_filing_request().frozen_json()) | changes
    if "planned_date" not in changes:  # a day as text is right on the wire alone
        assert not CONTRACT.schema("FilingRequest").is_valid(wrong)


def test_t01_a_plate_with_a_mark_of_two_characters_keeps_the_contract() -> None:
    request = a_filing_request(registration_number=PLATE | {"class_number": "", "kana": "Cあ"})
    assert CONTRACT.schema("FilingRequest").is_valid(json.loads(request.frozen_json()))


@pytest.mark.parametrize(
    ("request_made", "breach"),
    [
        (httpx.Request("GET", "https://oss.example/ainas/v1/nothing"), "no such operation"),
        (httpx.Request("GET", "https://oss.example/ainas/v1/account"), "credentials"),
        (httpx.Request("GET", "https://oss.example/ainas/v1/service", headers=AUTHORIZATION), "credentials"),
        (httpx.Request("GET", "https://oss.example/ainas/v1/filings/12", headers=AUTHORIZATION), "does not match"),
        (httpx.Request("GET", "https://oss.example/ainas/v1/filings?a=1", headers=AUTHORIZATION), "unknown query"),
        (httpx.Request("POST", "https://oss.example/ainas/v1/filings", headers=AUTHORIZATION, json={}), "is missing"),
        (
            httpx.Request(
                "POST", "https://oss.example/ainas/v1/filings/progress", headers=AUTHORIZATION, json={"filing_ids": []}
            ),
            "[]",
        ),
    ],
)
def test_the_contract_notices_a_wrong_request(request_made: httpx.Request, breach: str) -> None:
    assert any(breach in each for each in CONTRACT.breaches(request_made))
