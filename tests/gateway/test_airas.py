"""The AIRAS client, operation by operation, and every request of it held against the contract."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from onestop.clock import JST
from onestop.errors import ContractBroken, InvalidInput
from onestop.gateway.airas import AirasClient, Certificate, CertificateRequest
from onestop.gateway.subject import SortedOut, Subject
from onestop.gateway.wire import as_invalid_input
from support import contract, sandbox
from support.ainas import KEY
from support.airas import a_certificate_answer, a_certificate_request
from support.contract import Contract
from support.subjects import numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.gateway.transport import Transport

    ClientOf = Callable[[contract.Service], AirasClient]

CONTRACT = Contract("airas")
Service = partial(contract.Service, CONTRACT)
NUMBER = "2000000001"
BODY = a_certificate_request().frozen_json()


@pytest.fixture
def client_of(transport_to: Callable[[contract.Service], Transport]) -> ClientOf:
    return lambda service: AirasClient(transport_to(service))


def test_service_state(client_of: ClientOf) -> None:
    service = Service(200, {"state": "open", "opens_at": "08:00", "closes_at": "20:00", "message": None})
    assert client_of(service).service_state().closes_at == "20:00"
    assert service.requests[0].url.path == "/airas/v1/service"


def test_issue_sends_the_frozen_text_byte_for_byte(client_of: ClientOf) -> None:
    service = Service(201, a_certificate_answer())
    body = "  " + BODY + "\n"
    certificate = client_of(service).issue(KEY, body)
    assert service.requests[0].content == body.encode()
    assert service.requests[0].headers["Idempotency-Key"] == str(KEY)
    assert (certificate.certificate_number, certificate.status) == (NUMBER, "作成済")
    assert certificate.issued_at == dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
    assert certificate.valid_until == dt.date(2026, 12, 8)


def test_answers_about_another_certificate(client_of: ClientOf) -> None:
    airas = client_of(Service(201, a_certificate_answer(control_number=2)))
    with pytest.raises(ContractBroken):
        airas.issue(KEY, BODY)
    airas = client_of(Service(200, a_certificate_answer(control_number=2)))
    with pytest.raises(ContractBroken):
        airas.correct(NUMBER, BODY)
    airas = client_of(Service(200, a_certificate_answer(certificate_number="2000000002")))
    with pytest.raises(ContractBroken):
        airas.correct(NUMBER, BODY)
    with pytest.raises(ContractBroken):
        airas.fetch(Subject(number=NUMBER))
    airas = client_of(Service(202, a_certificate_answer(certificate_number="2000000002")))
    with pytest.raises(ContractBroken):
        airas.pull_back(Subject(number=NUMBER), "訂正")


@pytest.mark.parametrize("body", ["", "{}", '{"control_number": "一"}'])
def test_frozen_requests_only(body: str, client_of: ClientOf) -> None:
    service = Service(201, a_certificate_answer())
    with pytest.raises(ValueError, match="_Frozen"):
        client_of(service).issue(KEY, body)
    with pytest.raises(ValueError, match="_Frozen"):
        client_of(service).correct(NUMBER, body)
    assert service.requests == []


def test_find_by_key(client_of: ClientOf) -> None:
    service = Service(200, {"certificates": [a_certificate_answer()]})
    (certificate,) = client_of(service).find_by_key(Subject(key=KEY))
    assert certificate.certificate_number == NUMBER
    assert dict(service.requests[0].url.params) == {"idempotency_key": str(KEY)}


def test_find_by_number(client_of: ClientOf) -> None:
    service = Service(200, {"certificates": [a_certificate_answer(control_number=7)]})
    assert [each.control_number for each in client_of(service).find_by_number(7)] == [7]
    assert dict(service.requests[0].url.params) == {"control_number": "7"}
    with pytest.raises(ContractBroken):
        client_of(service).find_by_number(8)


def test_certificate(client_of: ClientOf) -> None:
    service = Service(200, a_certificate_answer())
    assert client_of(service).fetch(Subject(number=NUMBER)).insurance_match == "電子"
    assert service.requests[0].url.path == "/airas/v1/certificates/2000000001"


def test_correct(client_of: ClientOf) -> None:
    service = Service(200, a_certificate_answer())
    assert client_of(service).correct(NUMBER, BODY).status == "作成済"
    assert (service.requests[0].method, service.requests[0].content) == ("PUT", BODY.encode())


def test_delete(client_of: ClientOf) -> None:
    service = Service(204)
    client_of(service).delete(NUMBER)
    assert (service.requests[0].method, service.requests[0].url.path) == ("DELETE", f"/airas/v1/certificates/{NUMBER}")


def test_pull_back(client_of: ClientOf) -> None:
    service = Service(202, a_certificate_answer(message="引戻を受け付けました。"))
    assert client_of(service).pull_back(Subject(number=NUMBER), "走行距離の訂正").message == "引戻を受け付けました。"
    assert service.requests[0].url.path == f"/airas/v1/certificates/{NUMBER}/pullback"
    assert json.loads(service.requests[0].content) == {"reason": "走行距離の訂正"}


def test_the_longest_reason_that_the_contract_takes(client_of: ClientOf) -> None:
    service = Service(202, a_certificate_answer())
    client_of(service).pull_back(Subject(number=NUMBER), "あ" * 200)
    assert len(service.requests) == 1


@pytest.mark.parametrize("reason", ["", " ", "　\n", "あ" * 201])
def test_a_reason_that_the_contract_does_not_take(reason: str, client_of: ClientOf) -> None:
    service = Service(202, a_certificate_answer())
    with pytest.raises(InvalidInput) as caught:
        client_of(service).pull_back(Subject(number=NUMBER), reason)
    assert [problem.field for problem in caught.value.problems] == ["reason"]
    assert service.requests == []


def test_any_number_stays_one_step_of_the_path(client_of: ClientOf) -> None:
    number = "../service?交付#1"
    service = Service(200, a_certificate_answer(certificate_number=number))
    assert client_of(service).fetch(Subject(number=number)).certificate_number == number
    sent = service.requests[0].url.raw_path
    assert sent == b"/airas/v1/certificates/..%2Fservice%3F%E4%BA%A4%E4%BB%98%231"


@pytest.mark.parametrize("number", ["", ".", ".."])
def test_what_would_be_another_path_goes_nowhere(number: str, client_of: ClientOf) -> None:
    service = Service(200, a_certificate_answer())
    airas = client_of(service)
    for ask in (
        lambda each: airas.fetch(Subject(number=each)),
        airas.delete,
        lambda each: airas.pull_back(Subject(number=each), "訂正"),
    ):
        with pytest.raises(ValueError, match="交付番号"):
            ask(number)
    assert service.requests == []


def test_progress_sorts_out_the_answer(client_of: ClientOf) -> None:
    answer = {
        "certificates": [
            a_certificate_answer(certificate_number="3"),
            a_certificate_answer(certificate_number="1", status="報告済"),
            a_certificate_answer(certificate_number="1", status="said twice, and differently"),
            a_certificate_answer(certificate_number="99"),
        ],
        "unknown": ["2", "3", "98"],
    }
    service = Service(200, answer)
    progress = client_of(service).progress(numbered("1", "2", "1", "3", "4"))
    assert json.loads(service.requests[0].content) == {"certificate_numbers": ["1", "2", "3", "4"]}
    assert [(each.certificate_number, each.status) for each in progress.known] == [
        ("3", "作成済"),
    ]
    assert progress.unfit == ("1",)
    assert (progress.unknown, progress.unanswered, progress.foreign) == (("2",), ("4",), 2)


def test_progress_of_two_hundred_at_most_and_of_none(client_of: ClientOf) -> None:
    asked = [str(number) for number in range(201)]
    service = Service(200, {"certificates": [], "unknown": asked[:200]})
    airas = client_of(service)
    assert len(airas.progress(numbered(*asked[:200])).unknown) == 200
    with pytest.raises(ValueError, match="201 certificates"):
        airas.progress(numbered(*asked))
    assert airas.progress([]) == SortedOut()
    assert len(service.requests) == 1


def test_words_and_fields_that_nobody_knows_come_through(client_of: ClientOf) -> None:
    answer = a_certificate_answer(status="宙返り", report_status=None, message="古河へ", memo="古河")
    certificate = client_of(Service(200, answer)).fetch(Subject(number=NUMBER))
    assert (certificate.status, certificate.report_status, certificate.message) == ("宙返り", None, "古河へ")
    assert "古河" not in repr(certificate)
    assert "宙返り" in repr(certificate)


@pytest.mark.parametrize(
    "change",
    [
        {"certificate_number": ""},
        {"certificate_number": "."},
        {"certificate_number": ".."},
        {"certificate_number": "1\n2"},
        {"certificate_number": "9" * 21},
        {"certificate_number": "9" * 100_000},
        {"control_number": "1"},
        {"valid_until": "0001-01-01"},
        {"valid_until": "9999-12-31"},
        {"status": None},
        {"issued_at": "2026-11-24T09:15:00"},
        {"valid_until": "明日"},
        {"status_updated_at": 1},
    ],
)
def test_answers_that_cannot_be_used(change: dict[str, object], client_of: ClientOf) -> None:
    with pytest.raises(ContractBroken):
        client_of(Service(200, a_certificate_answer(**change))).fetch(Subject(number=NUMBER))


def test_the_frozen_text_is_always_the_same_and_reads_back() -> None:
    assert CertificateRequest.model_validate_json(BODY).frozen_json() == BODY
    assert json.loads(BODY) == sandbox.a_certificate_request()


def test_a_request_shows_nothing_personal() -> None:
    shown = repr(a_certificate_request(remarks="古河の覚え"))
    secrets = ("カーネット", "古河", "ABC123", "1111", "土浦", "A123456789", "A023456789", "検査一郎")
    assert [word for word in secrets if word in shown] == []
    assert "control_number=1" in shown


INSURANCE = {"certificate_number": "A-1", "insurer": ""}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"control_number": 10_000_000_000}, "control_number"),
        ({"application_kind": "電話申請"}, "application_kind"),
        ({"workshop_code": "8-0123"}, "workshop_code"),
        ({"inspector_code": "112345"}, "inspector_code"),
        ({"inspector_name": ""}, "inspector_name"),
        ({"vehicle_category": "普通"}, "vehicle_category"),
        ({"chassis_number": ""}, "chassis_number"),
        ({"officially_stamped": None}, "officially_stamped"),
        ({"user_name": "", "user_address": ""}, "user_name user_address"),
        ({"odometer_km": -1}, "odometer_km"),
        ({"inspection_date": None}, "inspection_date"),
        ({"expiry_date": "999999"}, "expiry_date"),
        ({"new_insurance": INSURANCE}, "new_insurance.certificate_number new_insurance.insurer"),
        ({"new_insurance": None}, "new_insurance"),
        ({"old_insurance": INSURANCE}, "old_insurance.certificate_number old_insurance.insurer"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_what_the_contract_does_not_take_is_said_field_by_field(changes: dict[str, Any], fields: str) -> None:
    with pytest.raises(ValidationError) as caught:
        a_certificate_request(**changes)
    assert " ".join(problem.field for problem in as_invalid_input(caught.value).problems) == fields
    assert not CONTRACT.schema("CertificateRequest").is_valid(sandbox.a_certificate_request(**changes))


def test_an_answer_of_the_contract_is_read() -> None:
    assert CONTRACT.schema("Certificate").is_valid(a_certificate_answer())
    assert Certificate.model_validate_json(json.dumps(a_certificate_answer())).report_status == "未報告"
