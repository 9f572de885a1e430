"""AINAS as the sandbox plays it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop_sandbox import DEFAULT_WORLD, REAL, World
from support.sandbox import FILINGS, INITIAL, READY, SandboxClient, a_filing_request, a_key, code

if TYPE_CHECKING:
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.sandbox import BuildSandbox

ACCOUNT = "/ainas/v1/account"
PASSWORD = "/ainas/v1/account/password"
PROGRESS = f"{FILINGS}/progress"


def test_a_filing_begins_as_the_contract_shows(client: SandboxClient) -> None:
    response = client.submit()
    assert response.status_code == 201
    assert response.json() == {
        "filing_id": "1000000011",
        "control_number": 1,
        "requested_at": "2026-11-24T09:15:00+09:00",
        "status": "受付前",
        "oss_status": None,
        "status_updated_at": "2026-11-24T09:15:00+09:00",
        "message": None,
        "fees": [
            {"kind": "検査登録手数料", "amount": None, "payment_status": None, "due_date": None},
            {"kind": "自動車重量税", "amount": None, "payment_status": None, "due_date": None},
        ],
    }
    assert client.submit(chassis_number="B-2").json()["filing_id"] == "1000000012"


def test_the_same_key_files_once_and_answers_as_it_stands(
    client: SandboxClient, sandbox: Sandbox, clock: FixedClock
) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4()).upper()}
    first = client.post(FILINGS, json=a_filing_request(), headers=key)
    clock.advance(seconds=60)
    second = client.post(FILINGS, json=a_filing_request(), headers={"Idempotency-Key": key["Idempotency-Key"].lower()})
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["filing_id"] == first.json()["filing_id"]
    assert second.json()["status"] == "手続完了"
    assert list(sandbox.filings.values()) == [1]


def test_the_same_key_with_another_body_is_refused(client: SandboxClient, sandbox: Sandbox) -> None:
    key = a_key()
    client.post(FILINGS, json=a_filing_request(), headers=key)
    again = client.post(FILINGS, json=a_filing_request(control_number=2), headers=key)
    assert code(again) == (409, "idempotency_key_reused")
    assert len(sandbox.filings) == 1


def test_a_key_belongs_to_its_account(build: BuildSandbox) -> None:
    sandbox = build()
    key = a_key()
    with SandboxClient(sandbox) as mine, SandboxClient(sandbox, INITIAL) as theirs:
        theirs.put(PASSWORD, json={"new_password": "Tsuchiura-1"})
        theirs.auth = httpx.BasicAuth("TESTKEY", "Tsuchiura-1")
        number = mine.post(FILINGS, json=a_filing_request(), headers=key).json()["filing_id"]
        assert theirs.post(FILINGS, json=a_filing_request(chassis_number="T-1"), headers=key).status_code == 201
        assert theirs.get(f"{FILINGS}/{number}").status_code == 404
        assert theirs.post(PROGRESS, json={"filing_ids": [number]}).json() == {"filings": [], "unknown": [number]}
        assert theirs.get(FILINGS, params={"control_number": 1}).json()["filings"][0]["filing_id"] != number


def test_a_car_has_one_open_filing(client: SandboxClient, clock: FixedClock) -> None:
    client.submit()
    assert code(client.submit()) == (409, "vehicle_has_open_filing")
    clock.advance(seconds=60)
    assert client.submit().status_code == 201


def test_the_first_password_files_nothing(build: BuildSandbox) -> None:
    with SandboxClient(build(), INITIAL) as client:
        assert client.get(ACCOUNT).json() == {"organization": "株式会社カーネット自動車", "password_is_initial": True}
        assert code(client.submit()) == (403, "password_is_initial")


def test_sites_and_agents_must_be_known(client: SandboxClient) -> None:
    site = client.submit(requester_site_code="0899999")
    assert code(site) == (403, "site_not_yours")
    assert site.json()["errors"][0]["field"] == "requester_site_code"
    assert code(client.submit(agent_site_id="D9")) == (403, "agent_unknown")


def test_after_a_reset_only_the_new_password_is_right(build: BuildSandbox) -> None:
    sandbox = build()
    with SandboxClient(sandbox, INITIAL) as client:
        assert client.put(PASSWORD, json={"new_password": "Tsuchiura-1a1111"}).status_code == 204
        assert client.get(ACCOUNT).status_code == 401
        client.auth = httpx.BasicAuth("TESTKEY", "Tsuchiura-1a1111")
        assert client.get(ACCOUNT).json()["password_is_initial"] is False
        assert client.submit().status_code == 201


@pytest.mark.parametrize("password", ["short12", "x" * 65, "with space", "パスワード1234"])
def test_a_new_password_keeps_the_contracts_rule(client: SandboxClient, password: str) -> None:
    refused = client.put(PASSWORD, json={"new_password": password})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "new_password"
    assert client.get(ACCOUNT).status_code == 200


def test_a_filing_can_be_withdrawn_before_it_is_taken(client: SandboxClient, clock: FixedClock) -> None:
    number = client.submit().json()["filing_id"]
    clock.advance(seconds=5)
    assert client.delete(f"{FILINGS}/{number}").status_code == 204
    withdrawn = client.filing(number)
    assert (withdrawn["status"], withdrawn["oss_status"]) == ("取消", None)
    assert withdrawn["status_updated_at"] == "2026-11-24T09:15:05+09:00"
    assert code(client.delete(f"{FILINGS}/{number}")) == (409, "not_withdrawable")
    assert client.submit().status_code == 201


def test_a_taken_filing_cannot_be_withdrawn(client: SandboxClient, clock: FixedClock) -> None:
    number = client.submit().json()["filing_id"]
    clock.advance(seconds=15)
    assert code(client.delete(f"{FILINGS}/{number}")) == (409, "not_withdrawable")
    assert client.delete(f"{FILINGS}/1999999999").status_code == 404


def test_a_filing_moves_to_its_end_by_itself(client: SandboxClient, clock: FixedClock) -> None:
    number = client.submit().json()["filing_id"]
    seen = []
    for _ in range(12):
        filing = client.filing(number)
        fees = tuple((fee["kind"], fee["amount"], fee["payment_status"], fee["due_date"]) for fee in filing["fees"])
        row = (filing["status"], filing["oss_status"], fees)
        if row not in seen:
            seen.append(row)
        clock.advance(seconds=5)

    def rows(inspection: str, tax: str) -> tuple[tuple[str, int, str, str], ...]:
        return (
            ("検査登録手数料", 1450, inspection, "2026-12-01"),
            ("技術情報管理手数料", 400, inspection, "2026-12-01"),
            ("自動車重量税", 24600, tax, "2026-12-01"),
        )

    blank = (("検査登録手数料", None, None, None), ("自動車重量税", None, None, None))
    assert seen == [
        ("受付前", None, blank),
        ("受付済", "到着確認中", blank),
        ("申請中", "受付審査中", blank),
        ("申請中", "検査登録手数料納付待ち", rows("納付待ち", "納付前")),
        ("申請中", "自動車重量税納付待ち", rows("納付済", "納付待ち")),
        ("申請中", "審査中", rows("納付済", "納付済")),
        ("手続完了", "手続(交付)完了", rows("納付済", "納付済")),
    ]


def test_motorcycles_pay_no_information_fee(client: SandboxClient, clock: FixedClock) -> None:
    number = client.submit(vehicle_class="小型二輪").json()["filing_id"]
    clock.advance(seconds=60)
    assert [fee["kind"] for fee in client.filing(number)["fees"]] == ["検査登録手数料", "自動車重量税"]


@pytest.mark.parametrize(
    ("script", "status", "oss_status"),
    [
        ("returned", "差戻", "補正待ち"),
        ("rejected", "却下", "却下"),
        ("unknown_word", "保留中", "他府県照会中"),
        ("waiting", "受付前", None),
    ],
)
def test_a_world_can_give_a_car_another_fate(
    build: BuildSandbox, clock: FixedClock, script: str, status: str, oss_status: str | None
) -> None:
    world = World(accounts=DEFAULT_WORLD.accounts, scripts={"ABC123": script})
    with SandboxClient(build(world)) as client:
        number = client.submit().json()["filing_id"]
        clock.advance(minutes=5)
        filing = client.filing(number)
        assert (filing["status"], filing["oss_status"]) == (status, oss_status)
        assert (filing["message"] is None) is (script == "waiting")


def test_a_company_without_a_representative_is_sent_back_by_the_agent(client: SandboxClient, clock: FixedClock) -> None:
    user = {"name": "株式会社", "kind": "法人", "representative": None, "address1": "茨城県", "address2": None}
    number = client.submit(user=user).json()["filing_id"]
    clock.advance(minutes=5)
    filing = client.filing(number)
    assert filing["status"] == "差戻"
    assert "代表者名" in filing["message"]
    assert client.submit(user={**user, "representative": "練習太郎"}).status_code == 201


def test_real_agents_do_not_work_at_night(build: BuildSandbox, clock: FixedClock) -> None:
    clock.advance(hours=8)  # 17:15
    with SandboxClient(build(pace=REAL)) as client:
        number = client.submit().json()["filing_id"]
        clock.advance(hours=15)  # 8:15
        assert client.filing(number)["status"] == "受付前"
        clock.advance(hours=2)
        assert client.filing(number)["status"] == "手続完了"


def test_progress_answers_in_the_order_asked_and_names_the_unknown(client: SandboxClient) -> None:
    first, second = (client.submit(chassis_number=f"C-{n}").json()["filing_id"] for n in (1, 2))
    answer = client.post(PROGRESS, json={"filing_ids": [second, "0000000001", first]}).json()
    assert [each["filing_id"] for each in answer["filings"]] == [second, first]
    assert answer["unknown"] == ["0000000001"]


def test_progress_takes_two_hundred_and_no_more(client: SandboxClient) -> None:
    ids = [f"{n:010d}" for n in range(201)]
    assert len(client.post(PROGRESS, json={"filing_ids": ids[:200]}).json()["unknown"]) == 200
    assert client.post(PROGRESS, json={"filing_ids": ids}).json()["errors"][0]["field"] == "filing_ids"


def test_detail_is_forgotten_forty_days_after_completion(client: SandboxClient, clock: FixedClock) -> None:
    key = a_key()
    number = client.post(FILINGS, json=a_filing_request(), headers=key).json()["filing_id"]
    clock.advance(days=40)
    assert client.filing(number)["status"] == "手続完了"
    clock.advance(minutes=1)
    assert client.get(f"{FILINGS}/{number}").status_code == 404
    assert client.post(PROGRESS, json={"filing_ids": [number]}).json()["unknown"] == [number]
    assert client.get(FILINGS, params={"control_number": 1}).json() == {"filings": []}
    assert client.post(FILINGS, json=a_filing_request(), headers=key).status_code == 200


def test_filings_are_found_by_what_the_requester_knows_newest_first(client: SandboxClient) -> None:
    keys = [a_key() for _ in range(3)]
    ids = [
        client.post(
            FILINGS, json=a_filing_request(control_number=n // 2 + 1, chassis_number=f"C-{n}"), headers=key
        ).json()["filing_id"]
        for n, key in enumerate(keys)
    ]

    def found(**query: str | int) -> list[str]:
        return [each["filing_id"] for each in client.get(FILINGS, params=query).json()["filings"]]

    assert found(idempotency_key=keys[1]["Idempotency-Key"].upper()) == [ids[1]]
    assert found(idempotency_key=str(uuid.uuid4())) == []
    assert found(control_number=1) == [ids[1], ids[0]]
    assert found(requester_site_code="0812345") == ids[::-1]
    assert found(requester_site_code="0812345", control_number=2) == [ids[2]]
    assert found(requester_site_code="") == []


def test_finding_needs_a_criterion(client: SandboxClient) -> None:
    assert code(client.get(FILINGS)) == (422, "criterion_missing")


def test_an_account_that_vanished_is_a_bug_and_not_a_filing(
    sandbox: Sandbox,
) -> None:
    from onestop_sandbox.wire import Call  # noqa: PLC0415 - only this test goes past the door

    with pytest.raises(LookupError):
        sandbox._ainas.account(Call("NOBODY", sandbox.options.clock.now()))
    assert READY[0] == "READYKEY"
