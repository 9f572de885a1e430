"""Every answer of the three services is held against what was asked, in one place."""

from __future__ import annotations

import json
import logging
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from onestop.errors import AnswerOfAnother
from onestop.gateway.ainas import AinasClient, FilingProgress
from onestop.gateway.airas import AirasClient, Certificate
from onestop.gateway.ejibai import EjibaiClient, Policy
from onestop.gateway.subject import Subject, sort_out
from support.ainas import KEY, a_filing_answer
from support.airas import a_certificate_answer
from support.contract import Contract, Service
from support.ejibai import a_policy_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.gateway.transport import Transport
    from onestop.gateway.wire import Issued

WHOLE = Subject(1, None, "ZN6-001234", KEY)
NOT_OURS: tuple[dict[str, object], ...] = (
    {"control_number": 2},
    {"chassis_number": "ZN6-009999"},
    {"idempotency_key": str(uuid.UUID(int=7))},
)
FITTING: tuple[dict[str, object], ...] = (
    {},
    {"chassis_number": "zn6001234"},
    {"chassis_number": None},
    {"chassis_number": ["ZN6-009999"]},
    {"idempotency_key": str(KEY)},
)


def read(model: type[Issued], answer: dict[str, Any]) -> Issued:
    return model.model_validate_json(json.dumps(answer))


@pytest.mark.parametrize(
    ("model", "make"),
    [(FilingProgress, a_filing_answer), (Certificate, a_certificate_answer), (Policy, a_policy_answer)],
)
def test_an_answer_that_differs_in_anything_known_is_anothers(
    model: type[Issued], make: Callable[..., dict[str, Any]]
) -> None:
    mine = read(model, make())
    assert WHOLE.under_number(mine.number).fits(mine)
    assert not WHOLE.under_number("1000000009").fits(mine)
    assert [change for change in FITTING if not WHOLE.fits(read(model, make(**change)))] == []
    assert [change for change in NOT_OURS if WHOLE.fits(read(model, make(**change)))] == []
    assert all(Subject().fits(read(model, make(**change))) for change in NOT_OURS)


@pytest.mark.parametrize("change", NOT_OURS)
def test_every_way_of_asking_about_one_refuses_anothers_answer(
    change: dict[str, object], transport_to: Callable[[Service], Transport]
) -> None:
    filing, certificate, policy = a_filing_answer(**change), a_certificate_answer(**change), a_policy_answer(**change)
    ainas, airas, ejibai = (Contract(name) for name in ("ainas", "airas", "ejibai"))
    asked: tuple[tuple[Contract, int, dict[str, Any], Callable[[Transport], object]], ...] = (
        (ainas, 200, filing, lambda way: AinasClient(way).fetch(WHOLE.under_number("1000000008"))),
        (ainas, 200, {"filings": [filing]}, lambda way: AinasClient(way).find_by_key(WHOLE)),
        (airas, 200, certificate, lambda way: AirasClient(way).fetch(WHOLE.under_number("2000000001"))),
        (airas, 200, {"certificates": [certificate]}, lambda way: AirasClient(way).find_by_key(WHOLE)),
        (airas, 202, certificate, lambda way: AirasClient(way).pull_back(WHOLE.under_number("2000000001"), "訂正")),
        (ejibai, 200, policy, lambda way: EjibaiClient(way).fetch(WHOLE.under_number("A123456789"))),
        (ejibai, 200, {"policies": [policy]}, lambda way: EjibaiClient(way).find_by_key(WHOLE)),
    )
    for contract, status, answer, ask in asked:
        with pytest.raises(AnswerOfAnother) as caught:
            ask(transport_to(Service(contract, status, answer)))
        assert caught.value.thing == {ainas: "filing", airas: "certificate", ejibai: "policy"}[contract]


def test_policies_of_another_car_are_refused(transport_to: Callable[[Service], Transport]) -> None:
    service = Service(Contract("ejibai"), 200, {"policies": [a_policy_answer(chassis_number="ZN6-009999")]})
    with pytest.raises(AnswerOfAnother):
        EjibaiClient(transport_to(service)).find_by_chassis("ZN6-001234")


def test_what_is_said_twice_in_a_search_counts_once(transport_to: Callable[[Service], Transport]) -> None:
    service = Service(Contract("ainas"), 200, {"filings": [a_filing_answer(), a_filing_answer()]})
    assert len(AinasClient(transport_to(service)).find_by_key(WHOLE)) == 1


def test_an_answer_about_many_is_held_against_each(
    transport_to: Callable[[Service], Transport], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    told = [
        a_filing_answer(filing_id="1000000001", control_number=1),
        a_filing_answer(filing_id="1000000002", control_number=9, status="取消"),
        a_filing_answer(filing_id="1000000003", control_number=3, chassis_number="ZN6-009999"),
        a_filing_answer(filing_id="1000000099", control_number=4),
    ]
    service = Service(Contract("ainas"), 200, {"filings": told, "unknown": []})
    asked = [Subject(number, f"100000000{number}", "ZN6-001234") for number in (1, 2, 3, 4)]
    sorted_out = AinasClient(transport_to(service)).progress(asked)
    assert [each.filing_id for each in sorted_out.known] == ["1000000001"]
    assert (sorted_out.unfit, sorted_out.unanswered) == (("1000000002", "1000000003"), ("1000000004",))
    assert "another filing: 2 unfit, 1 not asked for" in caplog.text


def test_what_is_said_twice_of_many_must_be_the_same() -> None:
    first, second = (read(FilingProgress, a_filing_answer(status=status)) for status in ("受付前", "取消"))
    assert sort_out([Subject(number=first.number)], [first, first], ()).known == (first,)
    assert sort_out([Subject(number=first.number)], [first, second], ()).unfit == (first.number,)
