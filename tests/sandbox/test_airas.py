"""AIRAS as the sandbox plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import DEFAULT_WORLD, OldCertificate, World
from support.sandbox import CERTIFICATES, POLICIES, READY, SandboxClient, a_certificate_request, a_key, code

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.sandbox import BuildSandbox

INSURER = "東京海上日動火災保険株式会社"


def standing(client: SandboxClient, number: str) -> tuple[str, str | None]:
    certificate = client.get(f"{CERTIFICATES}/{number}").json()
    return certificate["status"], certificate["report_status"]


def counter(client: SandboxClient, **changes: object) -> str:
    """Issue a 窓口申請 certificate and return its number."""
    return str(client.certify(application_kind="窓口申請", **changes).raise_for_status().json()["certificate_number"])


def test_a_certificate_for_oss_matches_the_electronic_insurance(client: SandboxClient) -> None:
    response = client.certify()
    assert response.status_code == 201
    assert response.json() == {
        "certificate_number": "2000000001",
        "control_number": 1,
        "application_kind": "OSS申請",
        "status": "作成済",
        "report_status": "未報告",
        "insurance_match": "電子",
        "issued_at": "2026-11-24T09:15:00+09:00",
        "valid_until": "2026-12-08",
        "status_updated_at": "2026-11-24T09:15:00+09:00",
        "message": None,
    }


def insured(number: str) -> dict[str, object]:
    return {"new_insurance": {"certificate_number": number, "insurer": INSURER}}


def test_oss_waits_until_the_registry_has_the_insurance(client: SandboxClient, clock: FixedClock) -> None:
    number = client.insure(chassis_number="N-1").json()["certificate_number"]
    clock.advance(seconds=3)
    refused = client.certify(chassis_number="N-1", **insured(number))
    assert code(refused) == (409, "127")
    assert refused.headers["Retry-After"] == "5"
    clock.advance(seconds=5)
    assert client.certify(chassis_number="N-1", **insured(number)).json()["insurance_match"] == "電子"


def test_oss_is_refused_for_ever_when_the_registry_was_not_told_or_a_key_differs(
    client: SandboxClient, clock: FixedClock
) -> None:
    silent = client.insure(chassis_number="N-1", report_to_registry=False).json()["certificate_number"]
    told = client.insure(chassis_number="N-2").json()["certificate_number"]
    cancelled = client.insure(chassis_number="N-3").json()["certificate_number"]
    client.delete(f"{POLICIES}/{cancelled}")
    clock.advance(days=1)
    for chassis, number in (("N-1", silent), ("N2", told), ("N-2", "A1"), ("N-3", cancelled)):
        refused = client.certify(chassis_number=chassis, **insured(number))
        assert code(refused) == (409, "127")
        assert refused.headers["Retry-After"] == "8"


def test_the_counter_takes_a_typed_number(client: SandboxClient, clock: FixedClock) -> None:
    typed = client.certify(application_kind="窓口申請", chassis_number="N-9", **insured("TYPED1"))
    assert typed.json()["insurance_match"] == "手入力"
    number = client.insure(chassis_number="N-1").json()["certificate_number"]
    early = client.certify(application_kind="窓口申請", chassis_number="N-1", **insured(number))
    assert early.json()["insurance_match"] == "手入力"
    known = client.certify(application_kind="窓口申請")
    assert known.json()["insurance_match"] == "手入力(電子情報あり)"
    clock.advance(seconds=60)


def test_the_same_key_certifies_once_even_after_a_correction(client: SandboxClient, clock: FixedClock) -> None:
    key = a_key()
    first = client.post(CERTIFICATES, json=a_certificate_request(), headers=key)
    number = first.json()["certificate_number"]
    client.post(f"{CERTIFICATES}/{number}/pullback", json={"reason": "走行距離の誤り"})
    clock.advance(seconds=6)
    client.put(f"{CERTIFICATES}/{number}", json=a_certificate_request(odometer_km=1))
    again = client.post(CERTIFICATES, json=a_certificate_request(), headers=key)
    assert (again.status_code, again.json()["certificate_number"]) == (200, number)
    other = client.post(CERTIFICATES, json=a_certificate_request(odometer_km=1), headers=key)
    assert code(other) == (409, "idempotency_key_reused")


def test_a_car_has_one_valid_certificate(client: SandboxClient, clock: FixedClock) -> None:
    number = client.certify().json()["certificate_number"]
    assert code(client.certify()) == (409, "vehicle_has_open_certificate")
    client.delete(f"{CERTIFICATES}/{number}")
    assert client.certify().status_code == 201
    clock.advance(days=14)
    assert code(client.certify()) == (409, "vehicle_has_open_certificate")
    clock.advance(days=1)
    assert client.certify(inspection_date="2026-12-09").status_code == 201


@pytest.mark.parametrize("day", ["9999-12-30", "0000-03-01"])
def test_days_beyond_the_calendar_are_answered_as_they_came(client: SandboxClient, day: str) -> None:
    assert client.certify(inspection_date=day).json()["valid_until"] == day


def test_a_counter_certificate_is_reported_by_itself(client: SandboxClient, clock: FixedClock) -> None:
    number = counter(client)
    assert standing(client, number) == ("作成済", "未報告")
    clock.advance(seconds=20)
    assert standing(client, number) == ("報告済", "報告済")
    assert code(client.delete(f"{CERTIFICATES}/{number}")) == (409, "not_deletable")


def test_an_oss_certificate_follows_its_filing(client: SandboxClient, clock: FixedClock) -> None:
    number = client.certify().json()["certificate_number"]
    client.submit(conformity_certificate_number="OTHER", chassis_number="X-1")
    client.submit(conformity_certificate_number=number)
    assert standing(client, number) == ("作成済", "未報告")
    clock.advance(seconds=10)
    assert standing(client, number) == ("報告済", "報告済")
    pull = client.post(f"{CERTIFICATES}/{number}/pullback", json={"reason": "誤り"})
    assert code(pull) == (409, "not_pullable")
    clock.advance(seconds=50)
    assert standing(client, number) == ("申請完", "報告済")
    assert client.certify().status_code == 201


def test_a_returned_filing_frees_its_certificate(build: BuildSandbox, clock: FixedClock) -> None:
    world = World(DEFAULT_WORLD.accounts, policies=DEFAULT_WORLD.policies, scripts={"ABC123": "returned"})
    with SandboxClient(build(world)) as client:
        number = client.certify().json()["certificate_number"]
        client.submit(conformity_certificate_number=number)
        clock.advance(seconds=60)
        assert standing(client, number) == ("作成済", "未報告")


def test_a_filing_that_names_no_certificate_takes_none_up(client: SandboxClient, clock: FixedClock) -> None:
    number = client.certify().json()["certificate_number"]
    client.submit()
    clock.advance(seconds=60)
    assert standing(client, number) == ("作成済", "未報告")


def test_pulling_back_takes_a_while_and_then_it_can_be_corrected(client: SandboxClient, clock: FixedClock) -> None:
    number = client.certify().json()["certificate_number"]
    there = f"{CERTIFICATES}/{number}"
    assert code(client.put(there, json=a_certificate_request())) == (409, "not_editable")
    pull = client.post(f"{there}/pullback", json={"reason": "走行距離の誤り"})
    assert pull.status_code == 202
    assert (pull.json()["status"], "引戻" in pull.json()["message"]) == ("作成済", True)
    assert code(client.post(f"{there}/pullback", json={"reason": "もう一度"})) == (409, "not_pullable")
    clock.advance(seconds=6)
    assert standing(client, number) == ("作成中", "未報告")
    fixed = client.put(there, json=a_certificate_request(chassis_number="ABC124", issue_date="2026-11-25"))
    assert code(fixed) == (409, "fixed_field")
    assert [each["field"] for each in fixed.json()["errors"]] == ["chassis_number", "issue_date"]
    corrected = client.put(there, json=a_certificate_request(odometer_km=45201))
    assert (corrected.status_code, corrected.json()["status"]) == (200, "作成済")
    assert client.post(f"{there}/pullback", json={"reason": "もう一度"}).status_code == 202


def test_a_counter_certificate_can_be_pulled_back_after_its_report(client: SandboxClient, clock: FixedClock) -> None:
    number = counter(client)
    clock.advance(seconds=30)
    assert client.post(f"{CERTIFICATES}/{number}/pullback", json={"reason": "誤り"}).status_code == 202
    assert standing(client, number) == ("報告済", "報告済")
    clock.advance(seconds=6)
    assert standing(client, number) == ("作成中", "未報告")
    assert client.delete(f"{CERTIFICATES}/{number}").status_code == 204
    assert standing(client, number) == ("削除", None)
    assert code(client.delete(f"{CERTIFICATES}/{number}")) == (409, "not_deletable")


def test_an_old_certificate_can_be_corrected_where_it_stands_open(build: BuildSandbox) -> None:
    old = OldCertificate("7", READY[0], 1, "ABC123", "2026-11-20", "2026-11-20T10:00:00+09:00", status="作成中")
    world = World(DEFAULT_WORLD.accounts, policies=DEFAULT_WORLD.policies, certificates=(old,))
    with SandboxClient(build(world)) as client:
        assert standing(client, "7") == ("作成中", "未報告")
        assert client.put(f"{CERTIFICATES}/7", json=a_certificate_request()).json()["status"] == "作成済"


def test_one_that_was_turned_down_is_corrected_but_for_what_never_changes(build: BuildSandbox) -> None:
    old = OldCertificate("7", READY[0], 1, "ABC123", "2026-11-20", "2026-11-20T10:00:00+09:00", status="却下")
    world = World(DEFAULT_WORLD.accounts, policies=DEFAULT_WORLD.policies, certificates=(old,))
    with SandboxClient(build(world)) as client:
        other = client.put(f"{CERTIFICATES}/7", json=a_certificate_request(chassis_number="ABC124"))
        assert code(other) == (409, "fixed_field")
        assert standing(client, "7")[0] == "却下"
        assert client.put(f"{CERTIFICATES}/7", json=a_certificate_request()).json()["status"] == "作成済"


def test_certificates_are_found_and_asked_about_in_batches(client: SandboxClient) -> None:
    key = a_key()
    number = client.post(CERTIFICATES, json=a_certificate_request(), headers=key).json()["certificate_number"]
    by_key = client.get(CERTIFICATES, params={"idempotency_key": key["Idempotency-Key"]}).json()["certificates"]
    by_number = client.get(CERTIFICATES, params={"control_number": 1}).json()["certificates"]
    assert [each["certificate_number"] for each in (*by_key, *by_number)] == [number, number]
    batch = client.post(f"{CERTIFICATES}/progress", json={"certificate_numbers": ["?", number]}).json()
    assert batch["unknown"] == ["?"]
    assert [each["certificate_number"] for each in batch["certificates"]] == [number]
    assert client.get(f"{CERTIFICATES}/nothing").status_code == 404
