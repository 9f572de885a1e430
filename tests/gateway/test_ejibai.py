"""The e-JIBAI client, operation by operation, and every request of it held against the contract."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from onestop.clock import JST
from onestop.errors import ContractBroken
from onestop.gateway.ejibai import EjibaiClient, Policy, PolicyRequest
from onestop.gateway.subject import Subject
from onestop.gateway.wire import as_invalid_input
from support import contract, sandbox
from support.ainas import KEY
from support.contract import Contract
from support.ejibai import a_policy_answer, a_policy_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.gateway.transport import Transport

    ClientOf = Callable[[contract.Service], EjibaiClient]

CONTRACT = Contract("ejibai")
Service = partial(contract.Service, CONTRACT)


@pytest.fixture
def client_of(transport_to: Callable[[contract.Service], Transport]) -> ClientOf:
    return lambda service: EjibaiClient(transport_to(service))


def test_service_state(client_of: ClientOf) -> None:
    answer = {"state": "夜間", "opens_at": "08:00", "closes_at": None, "message": "お知らせ"}
    service = Service(200, answer)
    state = client_of(service).service_state()
    assert state.model_dump() == answer
    assert service.requests[0].url.path == "/ejibai/v1/service"


def test_issue_sends_the_frozen_text_byte_for_byte(client_of: ClientOf) -> None:
    service = Service(201, a_policy_answer())
    body = "  " + a_policy_request().frozen_json() + "\n"
    policy = client_of(service).issue(KEY, body)
    assert service.requests[0].content == body.encode()
    assert service.requests[0].headers["Idempotency-Key"] == str(KEY)
    assert (policy.certificate_number, policy.premium, policy.registry_reported_at) == ("A123456789", 17650, None)
    assert policy.start_at == dt.datetime(2026, 12, 20, 12, tzinfo=JST)
    assert policy.end_at == dt.datetime(2028, 12, 20, 12, tzinfo=JST)


def test_issue_answered_about_another_policy(client_of: ClientOf) -> None:
    with pytest.raises(ContractBroken):
        client_of(Service(201, a_policy_answer(control_number=2))).issue(KEY, a_policy_request().frozen_json())


@pytest.mark.parametrize("body", ["", "{}", '{"control_number": "一"}'])
def test_issue_takes_frozen_requests_only(body: str, client_of: ClientOf) -> None:
    service = Service(201, a_policy_answer())
    with pytest.raises(ValueError, match="_Frozen"):
        client_of(service).issue(KEY, body)
    assert service.requests == []


def test_find_by_key(client_of: ClientOf) -> None:
    service = Service(200, {"policies": [a_policy_answer()]})
    (policy,) = client_of(service).find_by_key(Subject(key=KEY))
    assert policy.certificate_number == "A123456789"
    assert dict(service.requests[0].url.params) == {"idempotency_key": str(KEY)}


def test_find_by_number(client_of: ClientOf) -> None:
    service = Service(200, {"policies": [a_policy_answer(control_number=7)]})
    assert [policy.control_number for policy in client_of(service).find_by_number(7)] == [7]
    assert dict(service.requests[0].url.params) == {"control_number": "7"}
    with pytest.raises(ContractBroken):
        client_of(service).find_by_number(8)


def test_find_by_chassis(client_of: ClientOf) -> None:
    service = Service(200, {"policies": []})
    assert client_of(service).find_by_chassis("ZN6-001 国") == ()
    assert dict(service.requests[0].url.params) == {"chassis_number": "ZN6-001 国"}


def test_policy(client_of: ClientOf) -> None:
    service = Service(200, a_policy_answer(registry_reported_at="2026-11-24T09:40:00Z"))
    policy = client_of(service).fetch(Subject(number="A123456789"))
    assert policy.registry_reported_at == dt.datetime(2026, 11, 24, 9, 40, tzinfo=dt.UTC)
    assert service.requests[0].url.path == "/ejibai/v1/policies/A123456789"
    with pytest.raises(ContractBroken):
        client_of(service).fetch(Subject(number="A123456780"))


def test_cancel(client_of: ClientOf) -> None:
    service = Service(204)
    client_of(service).cancel("A123456789")
    assert [(request.method, request.url.path) for request in service.requests] == [
        ("DELETE", "/ejibai/v1/policies/A123456789")
    ]


@pytest.mark.parametrize("number", ["", "a1", "A-1", "../service", "A1\n", "A" * 21, "Ａ１"])
def test_what_is_no_certificate_number_goes_nowhere(number: str, client_of: ClientOf) -> None:
    service = Service(200, a_policy_answer())
    with pytest.raises(ValueError, match="保険証番号"):
        client_of(service).fetch(Subject(number=number))
    with pytest.raises(ValueError, match="保険証番号"):
        client_of(service).cancel(number)
    assert service.requests == []


def test_words_and_fields_that_nobody_knows_come_through(client_of: ClientOf) -> None:
    answer = a_policy_answer(status="満期", contract_kind="更改", holder="古河")
    policy = client_of(Service(200, answer)).fetch(Subject(number="A123456789"))
    assert (policy.status, policy.contract_kind) == ("満期", "更改")
    assert "満期" in repr(policy)
    assert [word for word in ("古河", "A123456789") if word in repr(policy)] == []


@pytest.mark.parametrize(
    "change",
    [
        {"certificate_number": "A-1"},
        {"control_number": None},
        {"start_at": "2026-12-20T12:00:00"},
        {"end_at": "9999-12-31T23:59:59-09:00"},
        {"premium": -1},
        {"premium": 10**30},
        {"premium": 1_000_000_000},
        {"months": 0},
        {"months": 2**63},
        {"registry_reported_at": "昨日"},
    ],
)
def test_answers_that_cannot_be_used(change: dict[str, object], client_of: ClientOf) -> None:
    answer = a_policy_answer(**change)
    with pytest.raises(ContractBroken):
        client_of(Service(200, answer)).fetch(Subject(number="A123456789"))
    with pytest.raises(ContractBroken):
        client_of(Service(200, {"policies": [answer]})).find_by_key(Subject(key=KEY))


def test_the_frozen_text_is_always_the_same_and_reads_back() -> None:
    text = a_policy_request().frozen_json()
    assert PolicyRequest.model_validate_json(text).frozen_json() == text
    assert '"start_date":"2026-12-20"' in text
    assert json.loads(text) == sandbox.a_policy_request()


def test_a_request_shows_nothing_personal() -> None:
    shown = repr(a_policy_request())
    assert [word for word in ("カーネット", "古河", "ABC123", "1111", "土浦") if word in shown] == []
    assert "control_number=1" in shown


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"control_number": 0}, "control_number"),
        ({"insurer": ""}, "insurer"),
        ({"insurer": "あ" * 61}, "insurer"),
        ({"contract_kind": "更改"}, "contract_kind"),
        ({"report_to_registry": 1}, "report_to_registry"),
        ({"rate_class": None}, "rate_class"),
        ({"chassis_number": "A" * 43}, "chassis_number"),
        ({"policyholder_name": "", "policyholder_address": ""}, "policyholder_name policyholder_address"),
        ({"start_date": "明日"}, "start_date"),
        ({"months": 0}, "months"),
        ({"months": 38}, "months"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_what_the_contract_does_not_take_is_said_field_by_field(changes: dict[str, Any], fields: str) -> None:
    with pytest.raises(ValidationError) as caught:
        a_policy_request(**changes)
    assert " ".join(problem.field for problem in as_invalid_input(caught.value).problems) == fields
    assert not CONTRACT.schema("PolicyRequest").is_valid(sandbox.a_policy_request(**changes))


def test_an_answer_of_the_contract_is_read() -> None:
    assert CONTRACT.schema("Policy").is_valid(a_policy_answer())
    assert Policy.model_validate_json(json.dumps(a_policy_answer())).months == 24
