"""What the second server makes of keys, and that what it says keeps the contract unless a fault says otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from independent.mischief import Fault, Mischief, spoil
from independent.server import SecondServer
from independent.services import Character
from support.ainas import KEY, a_filing_request
from support.airas import a_certificate_request
from support.contract import AUTHORIZATION, Contract
from support.ejibai import a_policy_request

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYED: Final = AUTHORIZATION | {"Idempotency-Key": str(KEY), "Content-Type": "application/json"}
SENT: Final = {
    "/ejibai/v1/policies": (a_policy_request().frozen_json(), "Policy"),
    "/airas/v1/certificates": (a_certificate_request().frozen_json(), "Certificate"),
    "/ainas/v1/filings": (a_filing_request().frozen_json(), "FilingProgress"),
}


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as opened:
        yield opened


@pytest.mark.parametrize("path", SENT)
@pytest.mark.parametrize(
    ("character", "times", "statuses"),
    [
        (Character.HONOURS, 1, [201, 200, 200]),
        (Character.IGNORES, 2, [201, 201, 200]),
        (Character.CANNOT_FIND, 1, [201, 200, 404]),
    ],
    ids=lambda value: value.name if isinstance(value, Character) else "",
)
def test_what_is_made_of_a_key(
    client: httpx.Client, path: str, character: Character, times: int, statuses: list[int]
) -> None:
    body, schema = SENT[path]
    name = path.split("/")[1]
    with SecondServer(character) as server:
        answers = [client.post(server.url + path, content=body, headers=KEYED) for _ in range(2)]
        found = client.get(f"{server.url}{path}?idempotency_key={KEY}", headers=AUTHORIZATION)
        assert [answer.status_code for answer in (*answers, found)] == statuses
        assert len(server.services[name].entries) == times
        assert Contract(name).schema(schema).is_valid(answers[0].json())
        assert server.breaches == []
        client.close()


def test_a_request_that_breaks_the_contract_is_refused_and_told(client: httpx.Client) -> None:
    with SecondServer(Character.HONOURS) as server:
        body = json.loads(SENT["/ainas/v1/filings"][0]) | {"sending": "draft"}
        answer = client.post(f"{server.url}/ainas/v1/filings", json=body, headers=KEYED)
        assert (answer.status_code, len(server.breaches)) == (422, 1)
        client.close()


def test_the_same_seed_chooses_the_same_faults() -> None:
    mischiefs = [Mischief(seed, 0.5) for seed in (7, 7, 8)]
    first, again, other = ([mischief.choose(names=True) for _ in range(50)] for mischief in mischiefs)
    assert first == again != other


def test_a_fault_changes_the_answer_and_not_what_is_kept() -> None:
    kept = {"filings": [{"filing_id": "2000000001", "control_number": 1, "status": "受付前"}], "unknown": []}
    spoilt = spoil(Fault.ANOTHERS_ENTRY, kept, "filings", "filing_id")
    assert [each["control_number"] for each in spoilt["filings"]] == [5_000_001, 1]
    assert len(kept["filings"]) == 1
