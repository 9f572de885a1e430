"""e-JIBAI as the sandbox plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.sandbox import INITIAL, POLICIES, SandboxClient, a_key, a_policy_request, code

if TYPE_CHECKING:
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.sandbox import BuildSandbox


def test_a_policy_runs_from_noon_to_noon_at_the_premium_of_its_first_day(client: SandboxClient) -> None:
    response = client.insure()
    assert response.status_code == 201
    assert response.json() == {
        "certificate_number": "A900000001",
        "control_number": 1,
        "insurer": "東京海上日動火災保険株式会社",
        "contract_kind": "継続",
        "start_at": "2026-12-20T12:00:00+09:00",
        "end_at": "2028-12-20T12:00:00+09:00",
        "months": 24,
        "premium": 18560,
        "status": "発行済",
        "registry_reported_at": None,
    }


@pytest.mark.parametrize(
    ("rate_class", "start_date", "months", "premium"),
    [
        ("passenger_private", "2026-10-31", 25, 18160),
        ("自家用乗用", "2026-11-01", 25, 19070),
        ("軽自動車 (検査対象車)", "2026-11-01", 24, 18660),
    ],
)
def test_the_table_of_the_first_day_holds(
    client: SandboxClient, rate_class: str, start_date: str, months: int, premium: int
) -> None:
    policy = client.insure(rate_class=rate_class, start_date=start_date, months=months, chassis_number="N-1")
    assert policy.json()["premium"] == premium


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"months": 5}, "rate_class"),
        ({"rate_class": "飛行機"}, "rate_class"),
        ({"start_date": "2020-01-01"}, "rate_class"),
        ({"start_date": "9999-12-01"}, "start_date"),
        ({"start_date": "0000-01-01"}, "start_date"),
    ],
)
def test_what_no_table_rates_is_not_sold(client: SandboxClient, change: dict[str, object], field: str) -> None:
    refused = client.insure(**change)
    assert code(refused) == (409, "no_rate")
    assert refused.json()["errors"][0]["field"] == field
    assert (
        client.get(POLICIES, params={"control_number": 1}).json()["policies"][0]["certificate_number"] == "A123456789"
    )


def test_months_end_on_the_last_day_where_the_day_is_missing(client: SandboxClient) -> None:
    policy = client.insure(start_date="2027-01-31", months=13, chassis_number="N-1").json()
    assert policy["end_at"] == "2028-02-29T12:00:00+09:00"


def test_a_policy_from_a_leap_day_ends_on_the_first_of_march(client: SandboxClient) -> None:
    policy = client.insure(start_date="2028-02-29", months=24, chassis_number="N-1").json()
    assert policy["end_at"] == "2030-03-01T12:00:00+09:00"


def test_the_same_key_insures_once(client: SandboxClient) -> None:
    key = a_key()
    first = client.post(POLICIES, json=a_policy_request(), headers=key)
    again = client.post(POLICIES, json=a_policy_request(), headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = client.post(POLICIES, json=a_policy_request(months=25), headers=key)
    assert code(other) == (409, "idempotency_key_reused")


def test_periods_may_touch_and_not_overlap(client: SandboxClient) -> None:
    client.insure()
    assert code(client.insure(start_date="2027-06-01")) == (409, "period_overlaps")
    assert client.insure(start_date="2028-12-20").status_code == 201
    assert client.insure(start_date="2027-06-01", chassis_number="N-2").status_code == 201


def test_a_policy_can_be_cancelled_before_it_starts(client: SandboxClient, clock: FixedClock) -> None:
    number = client.insure().json()["certificate_number"]
    assert client.delete(f"{POLICIES}/{number}").status_code == 204
    assert client.get(f"{POLICIES}/{number}").json()["status"] == "取消"
    assert code(client.delete(f"{POLICIES}/{number}")) == (409, "already_cancelled")
    second = client.insure().json()["certificate_number"]
    clock.advance(days=27)
    assert code(client.delete(f"{POLICIES}/{second}")) == (409, "already_started")


def test_the_registry_gets_it_later_and_only_when_asked_to(client: SandboxClient, clock: FixedClock) -> None:
    told = client.insure().json()["certificate_number"]
    silent = client.insure(chassis_number="N-1", report_to_registry=False).json()["certificate_number"]
    clock.advance(seconds=7)
    assert client.get(f"{POLICIES}/{told}").json()["registry_reported_at"] is None
    clock.advance(seconds=1)
    assert client.get(f"{POLICIES}/{told}").json()["registry_reported_at"] == "2026-11-24T09:15:08+09:00"
    clock.advance(days=1)
    assert client.get(f"{POLICIES}/{silent}").json()["registry_reported_at"] is None


def test_policies_are_found_by_car(client: SandboxClient) -> None:
    number = client.insure(chassis_number="N-1").json()["certificate_number"]
    found = client.get(POLICIES, params={"chassis_number": "N-1"}).json()["policies"]
    assert [each["certificate_number"] for each in found] == [number]
    assert client.get(POLICIES, params={"control_number": 10**30}).json() == {"policies": []}


def test_other_peoples_policies_are_unknown(build: BuildSandbox) -> None:
    sandbox: Sandbox = build()
    with SandboxClient(sandbox, INITIAL) as client:
        assert client.get(f"{POLICIES}/A123456789").status_code == 404
        assert client.get(POLICIES).json() == {"policies": []}
