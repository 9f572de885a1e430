"""The contract files as the sandbox reads them."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_sandbox.contract import Contract
from onestop_sandbox.wire import FieldError, Problem
from support.sandbox import CONTRACTS, a_certificate_request, a_filing_request

CONTRACT = Contract(CONTRACTS)


def refusal(service: str, path: str, body: object) -> list[FieldError]:
    operation = CONTRACT.find("POST", f"/{service}/v1{path}").operation
    with pytest.raises(Problem) as caught:
        operation.check_body(body)
    assert caught.value.status == 422
    return list(caught.value.errors)


def test_all_operations_of_the_three_files_are_there() -> None:
    labels = {operation.label for operation in CONTRACT.operations}
    assert len(labels) == 21
    assert {"ainas.submitFiling", "airas.pullBackCertificate", "ejibai.cancelPolicy"} <= labels


def test_a_fixed_path_wins_over_one_with_a_number() -> None:
    assert CONTRACT.find("POST", "/ainas/v1/filings/progress").operation.name == "getProgress"
    match = CONTRACT.find("GET", "/ainas/v1/filings/1000000008")
    assert (match.operation.name, match.values) == ("getFiling", {"filing_id": "1000000008"})
    with pytest.raises(Problem) as caught:
        CONTRACT.find("GET", "/ainas/v1/filings/progress")
    assert (caught.value.status, caught.value.allow) == (405, ("POST",))


@pytest.mark.parametrize("path", ["/", "/ainas/v1", "/ainas/v1/filings/", "/ainas/v2/filings", "/ainas/v1/filings/1/2"])
def test_other_paths_do_not_exist(path: str) -> None:
    with pytest.raises(Problem) as caught:
        CONTRACT.find("GET", path)
    assert caught.value.status == 404


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (
            {"registration_number": {"area": "土浦", "class_number": "1", "kana": "あ"}},
            "registration_number.serial",
            "入力",
        ),
        ({"chassis_number": ""}, "chassis_number", "入力"),
        ({"chassis_number": "A" * 43}, "chassis_number", "長すぎ"),
        ({"planned_date": "2026-02-30"}, "planned_date", "形式"),
        ({"insurance_certificate_number": "A-1"}, "insurance_certificate_number", "形式"),
        ({"procedure": "新規検査"}, "procedure", "選べる"),
        ({"officially_stamped": "はい"}, "officially_stamped", "種類"),
        ({"control_number": 0}, "control_number", "小さすぎ"),
        ({"control_number": 10**10}, "control_number", "大きすぎ"),
        ({"colour": "赤"}, "colour", "知らない"),
    ],
)
def test_what_is_wrong_is_named_with_dots_and_said_in_japanese(
    change: dict[str, Any], field: str, message: str
) -> None:
    (error,) = refusal("ainas", "/filings", a_filing_request(**change))
    assert error.field == field
    assert message in error.message


def test_every_wrong_field_is_named() -> None:
    errors = refusal("ainas", "/filings", a_filing_request(chassis_number="", vehicle_class="二輪"))
    assert {each.field for each in errors} == {"chassis_number", "vehicle_class"}


@pytest.mark.parametrize(
    ("ids", "message"),
    [(["1000000008"] * 2, "二度"), ([], "一つ以上"), ([f"{n:010d}" for n in range(201)], "多すぎ")],
)
def test_lists_have_their_messages_too(ids: list[str], message: str) -> None:
    (error,) = refusal("ainas", "/filings/progress", {"filing_ids": ids})
    assert (error.field, message in error.message) == ("filing_ids", True)


def test_a_place_in_a_list_is_named_and_the_rest_says_only_that_it_is_wrong() -> None:
    (error,) = refusal("ainas", "/filings/progress", {"filing_ids": ["12"]})
    assert error.field == "filing_ids.0"
    (error,) = refusal("airas", "/certificates", a_certificate_request(old_insurance={"insurer": ""}))
    assert (error.field, error.message) == ("old_insurance", "正しくありません。")


def test_a_body_that_is_no_object_is_refused() -> None:
    assert refusal("ainas", "/filings", [1])[0].field == ""


def test_an_operation_without_a_body_takes_anything() -> None:
    assert CONTRACT.find("GET", "/ainas/v1/account").operation.check_body([1]) == {}


def test_answers_are_judged_by_status_media_type_and_schema() -> None:
    operation = CONTRACT.find("GET", "/ainas/v1/account").operation
    good = {"organization": "整備工場", "password_is_initial": True}
    assert operation.answer_fault(200, "application/json", good) is None
    assert operation.answer_fault(200, "text/html", good) == "text/html where the contract says application/json"
    assert "required" in str(operation.answer_fault(200, "application/json", {}))
    assert operation.answer_fault(418, "application/problem+json", {"status": 418}) is not None
    reset = CONTRACT.find("PUT", "/ainas/v1/account/password").operation
    assert reset.answer_fault(204, None, None) is None
    assert reset.answer_fault(204, "application/json", {}) == "a body where the contract has none"


def test_a_schema_that_lets_another_shape_through_is_a_bug() -> None:
    operation = CONTRACT.find("GET", "/ainas/v1/account").operation
    loose = type(operation)("ainas", "x", "POST", secured=False, parameters=(), body=_anything(), responses={})
    with pytest.raises(TypeError, match=r"ainas\.x"):
        loose.check_body([1])


def _anything() -> Any:  # noqa: ANN401 - a validator
    import jsonschema_rs  # noqa: PLC0415 - one test's

    return jsonschema_rs.Draft202012Validator({})
