"""Every trouble as a client meets it, and whether the request was carried out all the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import ConnectionCut, Kind, Trouble
from support.sandbox import CERTIFICATES, FILINGS, POLICIES, SandboxClient, a_filing_request, a_key

if TYPE_CHECKING:
    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock

SUBMIT = "ainas.submitFiling"


def submit_under(sandbox: Sandbox, client: SandboxClient, trouble: Trouble) -> httpx.Response:
    sandbox.troubles.add(trouble)
    return client.submit()


@pytest.mark.parametrize("after", [False, True])
def test_a_slow_answer(sandbox: Sandbox, client: SandboxClient, naps: list[float], after: bool) -> None:  # noqa: FBT001 - parametrized
    trouble = Trouble(Kind.DELAY, SUBMIT, seconds=7, after=after)
    assert submit_under(sandbox, client, trouble).status_code == 201
    assert naps == [7]


def test_a_delay_comes_before_or_after_the_filing(sandbox: Sandbox, client: SandboxClient, clock: FixedClock) -> None:
    for after in (False, True):
        counted: list[int] = []
        mischief = sandbox._mischief
        mischief._sleep = lambda _, counted=counted: counted.append(len(sandbox.memory.filings()))  # type: ignore[misc]
        sandbox.troubles.add(Trouble(Kind.DELAY, SUBMIT, after=after))
        before = len(sandbox.filings)
        client.submit(chassis_number=f"D-{after}")
        assert counted == [before + after]
    assert clock.moment is not None


@pytest.mark.parametrize("after", [False, True])
def test_a_cut_connection(sandbox: Sandbox, client: SandboxClient, after: bool) -> None:  # noqa: FBT001 - parametrized
    with pytest.raises(ConnectionCut):
        submit_under(sandbox, client, Trouble(Kind.CUT, after=after))
    assert len(sandbox.filings) == int(after)
    assert client.get("/ainas/v1/account").status_code == 200


def test_a_late_filing_happens_when_nobody_waits_any_more(
    sandbox: Sandbox, client: SandboxClient, clock: FixedClock
) -> None:
    key = a_key()
    sandbox.troubles.add(Trouble(Kind.LATE, SUBMIT, seconds=30))
    with pytest.raises(ConnectionCut):
        client.post(FILINGS, json=a_filing_request(), headers=key)
    clock.advance(seconds=29)
    assert client.get(FILINGS, params={"idempotency_key": key["Idempotency-Key"]}).json() == {"filings": []}
    assert len(sandbox.filings) == 0
    clock.advance(seconds=1)
    assert len(sandbox.filings) == 1
    assert client.post(FILINGS, json=a_filing_request(), headers=key).status_code == 200


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "unauthorized"),
        (403, "site_not_yours"),
        (404, "not_found"),
        (409, "vehicle_has_open_filing"),
        (422, "invalid_filing"),
        (429, "too_many_requests"),
        (500, "internal_error"),
        (502, "bad_gateway"),
        (503, "maintenance"),
    ],
)
@pytest.mark.parametrize("after", [False, True])
def test_refusals(sandbox: Sandbox, client: SandboxClient, status: int, code: str, after: bool) -> None:  # noqa: FBT001 - parametrized
    trouble = Trouble(Kind.REFUSE, status=status, after=after, retry_after=17, errors=(("user.name", "誤りです。"),))
    response = submit_under(sandbox, client, trouble)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Retry-After"] == "17"
    assert response.json()["errors"] == [{"field": "user.name", "message": "誤りです。"}]
    assert len(sandbox.filings) == int(after)


def test_a_refusal_can_have_another_code(sandbox: Sandbox, client: SandboxClient) -> None:
    trouble = Trouble(Kind.REFUSE, status=403, code="agent_unknown")
    assert submit_under(sandbox, client, trouble).json()["code"] == "agent_unknown"


@pytest.mark.parametrize("status", [200, 502])
@pytest.mark.parametrize("after", [False, True])
def test_a_web_page_instead(sandbox: Sandbox, client: SandboxClient, status: int, after: bool) -> None:  # noqa: FBT001 - parametrized
    response = submit_under(sandbox, client, Trouble(Kind.HTML, status=status, after=after))
    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert response.text.startswith("<!DOCTYPE html>")
    assert len(sandbox.filings) == int(after)


@pytest.mark.parametrize(("after", "status"), [(False, 200), (True, 201)])
def test_half_an_answer(sandbox: Sandbox, client: SandboxClient, after: bool, status: int) -> None:  # noqa: FBT001 - parametrized
    response = submit_under(sandbox, client, Trouble(Kind.BROKEN_JSON, after=after))
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/json")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        json.loads(response.content)
    assert len(sandbox.filings) == int(after)


def test_an_answer_about_another_filing(sandbox: Sandbox, client: SandboxClient) -> None:
    response = submit_under(sandbox, client, Trouble(Kind.OTHER_FILING))
    assert (response.json()["filing_id"], response.json()["control_number"]) == ("1000000788", 778)
    assert client.filing("1000000011")["control_number"] == 1
    sandbox.troubles.add(Trouble(Kind.OTHER_FILING, times=None))
    batch = client.post(f"{FILINGS}/progress", json={"filing_ids": ["1000000011"]}).json()
    assert batch["filings"][0]["filing_id"] == "1000000788"
    assert client.certify().json()["certificate_number"] == "20000000017"
    assert client.get(POLICIES).json()["policies"][0]["certificate_number"] == "A1234567897"
    assert client.get("/ainas/v1/account").json()["organization"] == "カーネット整備株式会社"


def test_unknown_words_and_fields(sandbox: Sandbox, client: SandboxClient) -> None:
    sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, times=None))
    filing = client.submit().json()
    assert (filing["status"], filing["oss_status"]) == ("特別調整中", "特別調整中")
    assert "new_since_2027" in filing
    assert [fee["kind"] for fee in filing["fees"]][-1] == "特別調整金"
    assert filing["fees"][0]["payment_status"] == "特別調整中"
    certificate = client.certify().json()
    assert (certificate["report_status"], certificate["insurance_match"]) == ("特別調整中", "特別調整中")
    assert "new_since_2027" in client.get(CERTIFICATES).json()["certificates"][0]
    assert client.get("/ainas/v1/account").json()["organization"] == "カーネット整備株式会社"


def test_only_good_answers_get_unknown_words(sandbox: Sandbox, client: SandboxClient) -> None:
    sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS))
    assert client.get(f"{FILINGS}/1999999999").json()["code"] == "not_found"


def test_closed_refuses_with_its_time_and_says_so_on_the_status_page(sandbox: Sandbox, client: SandboxClient) -> None:
    sandbox.troubles.add(Trouble(Kind.CLOSED, "ainas", times=None))
    response = client.submit()
    assert (response.status_code, response.json()["code"]) == (503, "closed")
    assert response.headers["Retry-After"] == "3600"
    assert len(sandbox.filings) == 0
    assert client.get("/ainas/v1/service").json()["state"] == "closed"
    assert client.get("/airas/v1/service").json()["state"] == "open"
    assert client.certify().status_code == 201
    sandbox.troubles.clear()
    assert client.submit().status_code == 201


def test_without_keys_nothing_is_recognised(sandbox: Sandbox, client: SandboxClient) -> None:
    sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS))
    key = a_key()
    ids = {client.post(FILINGS, json=a_filing_request(), headers=key).json()["filing_id"] for _ in range(2)}
    assert len(ids) == 2
    assert list(sandbox.filings.values()) == [2]
    assert client.get(FILINGS, params={"idempotency_key": key["Idempotency-Key"]}).json() == {"filings": []}
    assert len(client.get(FILINGS, params={"control_number": 1}).json()["filings"]) == 2
    assert [client.certify().status_code for _ in range(2)] == [201, 201]


def test_the_status_page_can_be_in_trouble_too(sandbox: Sandbox, client: SandboxClient) -> None:
    sandbox.troubles.add(Trouble(Kind.REFUSE, "ainas.getService", status=500))
    assert client.get("/ainas/v1/service").status_code == 500
