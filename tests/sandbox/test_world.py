"""World files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_sandbox import DEFAULT_WORLD, World
from support.sandbox import CERTIFICATES, FILINGS, POLICIES, SandboxClient

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock
    from support.sandbox import BuildSandbox

WHOLE: dict[str, Any] = {
    "meta": "invented",
    "accounts": [
        {
            "api_key": "READYKEY",
            "password": "ready-password",
            "organization": "練習自動車",
            "initial": False,
            "site_codes": ["0812345", "0812346"],
        }
    ],
    "agents": ["D0000123", "Z9"],
    "filings": [
        {
            "filing_id": "1000000020",
            "api_key": "READYKEY",
            "control_number": 2,
            "chassis_number": "ABC123",
            "requested_at": "2019-01-04T10:00:00+09:00",
            "status": "手続完了",
            "oss_status": "手続(交付)完了",
            "fees": [{"kind": "検査登録手数料", "amount": 1200, "payment_status": "納付済", "due_date": None}],
        },
        {
            "filing_id": "1000000010",
            "api_key": "READYKEY",
            "control_number": 4,
            "chassis_number": "DEF456",
            "requested_at": "2020-03-12T10:00:00+09:00",
            "script": "finished",
        },
        {
            "filing_id": "1000000009",
            "api_key": "READYKEY",
            "control_number": 5,
            "chassis_number": "OLD-1",
            "requested_at": "2026-10-01T10:00:00+09:00",
            "status": "手続完了",
            "completed_at": "2026-10-02T10:00:00+09:00",
        },
    ],
    "policies": [
        {
            "certificate_number": "B1",
            "api_key": "READYKEY",
            "control_number": 2,
            "insurer": "練習損保",
            "chassis_number": "ABC123",
            "start_date": "2026-12-20",
            "months": 25,
            "premium": 18160,
        }
    ],
    "certificates": [
        {
            "certificate_number": "2012345678",
            "api_key": "READYKEY",
            "control_number": 2,
            "chassis_number": "ABC123",
            "inspection_date": "2026-11-20",
            "issued_at": "2026-11-20T10:00:00+09:00",
            "status": "却下",
            "message": "突合エラー",
        }
    ],
    "scripts": {"RF1-1": "returned"},
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    file = tmp_path / "world.json"
    file.write_text(json.dumps(WHOLE, ensure_ascii=False), encoding="utf-8")
    return World.load(file)


def test_what_was_before_is_served_as_it_was(build: BuildSandbox, world: World) -> None:
    with SandboxClient(build(world)) as client:
        done = client.filing("1000000020")
        assert (done["status"], done["oss_status"], done["requested_at"]) == (
            "手続完了",
            "手続(交付)完了",
            "2019-01-04T10:00:00+09:00",
        )
        assert done["fees"][0]["amount"] == 1200
        policy = client.get(f"{POLICIES}/B1").json()
        assert (policy["start_at"], policy["end_at"], policy["registry_reported_at"]) == (
            "2026-12-20T12:00:00+09:00",
            "2029-01-20T12:00:00+09:00",
            None,
        )
        certificate = client.get(f"{CERTIFICATES}/2012345678").json()
        assert (certificate["status"], certificate["message"]) == ("却下", "突合エラー")


def test_an_old_filing_with_a_script_goes_on_from_the_first_start(
    build: BuildSandbox, world: World, clock: FixedClock
) -> None:
    with SandboxClient(build(world)) as client:
        assert client.filing("1000000010")["status"] == "受付前"
        clock.advance(seconds=60)
        assert client.filing("1000000010")["status"] == "手続完了"


def test_an_old_filing_is_forgotten_forty_days_after_its_completion(build: BuildSandbox, world: World) -> None:
    with SandboxClient(build(world)) as client:
        assert client.get(f"{FILINGS}/1000000009").status_code == 404


def test_new_numbers_rise_from_the_youngest(build: BuildSandbox, world: World) -> None:
    with SandboxClient(build(world)) as client:
        assert client.submit(agent_site_id="Z9", chassis_number="NEW-1").json()["filing_id"] == "1000000021"


@pytest.mark.parametrize(
    "change",
    [
        {"cars": []},
        {"scripts": {"RF1-1": "vanished"}},
        {"accounts": [{"api_key": "A"}]},
        {"accounts": [{"api_key": "A", "password": "b", "organization": "c", "colour": "red"}]},
        {"certificates": [{**WHOLE["certificates"][0], "issued_at": "2026-11-20T10:00:00"}]},
    ],
)
def test_a_wrong_world_says_so(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cars|Account|offset|script"):
        World.of({**WHOLE, **change})


def test_the_default_world_has_a_new_account_and_a_ready_one() -> None:
    assert [(each.api_key, each.password, each.initial) for each in DEFAULT_WORLD.accounts] == [
        ("TESTKEY", "999000", True),
        ("READYKEY", "ready-password", False),
    ]
