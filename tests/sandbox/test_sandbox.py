"""The door: what every request goes through."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import Options, Sandbox
from onestop_sandbox.clock import JST
from onestop_sandbox.wire import Answer, Call
from support.clock import FixedClock
from support.sandbox import CONTRACTS, SandboxClient

if TYPE_CHECKING:
    from support.sandbox import BuildSandbox


def test_unknown_paths_and_methods_are_problems_too(client: SandboxClient) -> None:
    nowhere = client.get("/nowhere")
    assert (nowhere.status_code, nowhere.headers["Content-Type"]) == (404, "application/problem+json")
    wrong = client.patch("/ainas/v1/filings/progress")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "POST")
    options = client.options("/ainas/v1/filings")
    assert (options.status_code, set(options.headers["Allow"].split(", "))) == (405, {"GET", "POST"})
    head = client.head("/ainas/v1/account")
    assert (head.status_code, head.content) == (405, b"")


def test_requests_are_counted_by_operation(client: SandboxClient, sandbox: Sandbox) -> None:
    client.get("/nowhere")
    client.get("/ainas/v1/account")
    client.submit()
    client.submit()
    assert sandbox.requests == {"ainas.getAccount": 1, "ainas.submitFiling": 2}


def test_outside_their_hours_the_services_are_closed(build: BuildSandbox) -> None:
    clock = FixedClock(dt.datetime(2026, 11, 24, 21, 30, tzinfo=JST))
    with SandboxClient(build(hours=True, clock=clock)) as client:
        assert client.get("/ainas/v1/service").json() == {
            "state": "open",
            "opens_at": "08:00",
            "closes_at": "22:00",
            "message": None,
        }
        assert client.submit().status_code == 201
        assert client.get("/airas/v1/service").json()["state"] == "closed"
        refused = client.certify()
        assert (refused.status_code, refused.json()["code"]) == (503, "closed")
        assert refused.headers["Retry-After"] == str(10 * 3600 + 1800)
        assert client.get("/ejibai/v1/service").json()["closes_at"] is None
        assert client.insure().status_code == 201


def test_an_answer_that_breaks_the_contract_is_a_bug_and_nothing_is_kept(
    sandbox: Sandbox, client: SandboxClient, caplog: pytest.LogCaptureFixture
) -> None:
    submit = sandbox._handlers["ainas.submitFiling"]

    def broken(call: Call) -> Answer:
        return Answer(201, {**(submit(call).body or {}), "filing_id": 7})

    sandbox._handlers["ainas.submitFiling"] = broken
    with caplog.at_level("CRITICAL", logger="onestop_sandbox"):
        response = client.submit()
    assert (response.status_code, response.json()["code"]) == (500, "sandbox_bug")
    assert len(sandbox.filings) == 0


def test_a_refusal_that_breaks_the_contract_is_not_sent(sandbox: Sandbox) -> None:
    from onestop_sandbox.wire import Problem  # noqa: PLC0415 - only this test makes one

    operation = sandbox.contract.find("GET", "/ainas/v1/account").operation
    with pytest.raises(AssertionError, match="getAccount would refuse"):
        sandbox._refusal(operation, Problem(400, 7, "x"))  # type: ignore[arg-type] # wrong on purpose


def test_the_contract_and_the_rates_can_lie_elsewhere(build: BuildSandbox) -> None:
    rates = CONTRACTS.parent / "rates" / "jibaiseki.json"
    with SandboxClient(build(contract_dir=CONTRACTS, rates=rates)) as client:
        assert client.insure().json()["premium"] == 18560


def test_a_wait_ends_when_the_sandbox_is_interrupted() -> None:
    with Sandbox(options=Options()) as sandbox:
        thread = threading.Thread(target=sandbox._sleep, args=(600,))
        thread.start()
        sandbox.interrupt()
        thread.join()
        sandbox._sleep(600)  # nor does a new one begin
        sandbox.resume()
        sandbox._sleep(0)
