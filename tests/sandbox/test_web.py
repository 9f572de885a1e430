"""The WSGI application and its admin paths."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop_sandbox import Options, create_app
from onestop_sandbox.web import LARGEST_BODY
from support.sandbox import FILINGS, SandboxClient, a_key

if TYPE_CHECKING:
    from onestop_sandbox import Sandbox
    from support.sandbox import BuildSandbox


def test_an_application_can_be_made_in_one_step() -> None:
    app = create_app(options=Options())
    with httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://x") as client:
        assert client.get("/ainas/v1/service").json()["state"] == "open"


def test_each_answer_is_dated_by_the_clock_of_the_sandbox(sandbox: Sandbox, client: SandboxClient) -> None:
    for path in ("/ainas/v1/service", "/nowhere"):
        told = parsedate_to_datetime(client.get(path).headers["Date"])
        assert told == sandbox.options.clock.now().replace(microsecond=0)


def test_too_much_is_413(client: SandboxClient) -> None:
    headers = {**a_key(), "Content-Type": "application/json"}
    response = client.post(FILINGS, content=b" " * (LARGEST_BODY + 1), headers=headers)
    assert (response.status_code, response.headers["Content-Type"]) == (413, "application/problem+json")


def test_nobody_gets_into_trouble_uninvited(client: SandboxClient) -> None:
    assert client.post("/_trouble", json={"kind": "cut"}).status_code == 404
    assert client.get("/_seen").status_code == 404


@pytest.fixture
def open_house(build: BuildSandbox) -> Sandbox:
    return build(allow_trouble=True)


def test_trouble_can_be_asked_for_and_ended_over_http(open_house: Sandbox) -> None:
    with SandboxClient(open_house) as client:
        asked = {"kind": "refuse", "operation": "submitFiling", "status": 429, "retry_after": 3, "times": None}
        assert client.post("/_trouble", json=asked).status_code == 204
        assert client.submit().status_code == 429
        assert client.delete("/_trouble").status_code == 204
        assert client.submit().status_code == 201
        assert client.get("/_seen").json() == {
            "requests": {"ainas.submitFiling": 2},
            "filings": [{"api_key": "READYKEY", "control_number": 1, "chassis_number": "ABC123", "times": 1}],
        }


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"kind": "flood"}', b'{"kind": "cut", "errors": 1}'])
def test_trouble_that_does_not_exist_is_refused(open_house: Sandbox, content: bytes) -> None:
    with SandboxClient(open_house) as client:
        response = client.post("/_trouble", content=content)
        assert (response.status_code, response.json()["code"]) == (422, "unknown_trouble")
        assert open_house.troubles.rules == ()
