"""What is refused at the door: credentials, parameters and bodies that break the contract."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from onestop_sandbox.wire import Inbound
from support.sandbox import CERTIFICATES, FILINGS, SandboxClient, a_filing_request, a_key

if TYPE_CHECKING:
    import httpx

    from onestop_sandbox import Sandbox

ACCOUNT = "/ainas/v1/account"


def basic(text: bytes) -> bytes:
    return b"Basic " + base64.b64encode(text)


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"Basic",
        b"Bearer READYKEY",
        b"Basic !!!!",
        basic(b"\xff\xfe:x"),
        basic(b"READYKEY"),
        basic(b"READYKEY:wrong"),
        basic("READYKEY:パスワード".encode()),
        basic(b"NOBODY:"),
        basic(b":"),
    ],
)
def test_wrong_credentials_are_401_with_a_challenge(sandbox: Sandbox, header: bytes) -> None:
    with SandboxClient(sandbox, auth=None) as client:
        response = client.get(ACCOUNT, headers={b"Authorization": header})
    assert (response.status_code, response.json()["code"]) == (401, "unauthorized")
    assert response.headers["WWW-Authenticate"].startswith("Basic ")
    assert response.headers["Content-Type"] == "application/problem+json"


def test_credentials_of_stray_bytes_are_wrong_too(sandbox: Sandbox) -> None:
    inbound = Inbound("GET", ACCOUNT, (), {"authorization": "Basic \xff\xfe"}, b"")  # httpx itself would not send it
    assert sandbox.answer(inbound).status == 401


def test_the_scheme_is_read_in_any_case(sandbox: Sandbox) -> None:
    with SandboxClient(sandbox, auth=None) as client:
        header = basic(b"READYKEY:ready-password").replace(b"Basic", b"bAsIc")
        assert client.get(ACCOUNT, headers={b"Authorization": header}).status_code == 200


def test_the_status_page_needs_no_credentials(sandbox: Sandbox) -> None:
    with SandboxClient(sandbox, auth=None) as client:
        for service in ("ainas", "airas", "ejibai"):
            assert client.get(f"/{service}/v1/service").json()["state"] == "open"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("control_number=1.0", "control_number"),
        ("control_number=", "control_number"),
        ("control_number=0", "control_number"),
        ("control_number=10000000000", "control_number"),
        ("control_number=3.0954788562822097e-242", "control_number"),
        ("control_number=%EF%BC%91", "control_number"),
        ("control_number=01", "control_number"),
        ("control_number=1&control_number=1", "control_number"),
        ("idempotency_key=x", "idempotency_key"),
        ("colour=red", "colour"),
        ("requester_site_code=1&requester_site_code=2", "requester_site_code"),
    ],
)
def test_queries_outside_the_contract_are_422(client: SandboxClient, query: str, field: str) -> None:
    response = client.get(f"{FILINGS}?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field


def test_an_operation_without_parameters_takes_none(client: SandboxClient) -> None:
    assert client.get("/ainas/v1/service?x=1").status_code == 422


def test_huge_numbers_are_numbers_where_the_contract_bounds_none(client: SandboxClient) -> None:
    assert client.get(f"{CERTIFICATES}?control_number={10**40}").json() == {"certificates": []}
    assert client.get(f"{CERTIFICATES}?control_number=-5").json() == {"certificates": []}
    assert client.get(f"{CERTIFICATES}?control_number={'9' * 5000}").status_code == 422


def test_a_number_that_cannot_be_is_not_found(client: SandboxClient) -> None:
    response = client.get(f"{FILINGS}/12")
    assert (response.status_code, response.json()["errors"][0]["field"]) == (404, "filing_id")


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "1"}, {"Idempotency-Key": ""}])
def test_filing_needs_a_key_that_is_a_uuid(client: SandboxClient, headers: dict[str, str]) -> None:
    response = client.post(FILINGS, json=a_filing_request(), headers=headers)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "Idempotency-Key"


def post(client: SandboxClient, content: bytes, media: str | None = "application/json") -> httpx.Response:
    headers = {**a_key(), **({} if media is None else {"Content-Type": media})}
    return client.post(FILINGS, content=content, headers=headers)


@pytest.mark.parametrize(
    "media", [None, "text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "?;"]
)
def test_other_media_types_are_415(client: SandboxClient, media: str | None) -> None:
    assert post(client, b"{}", media).status_code == 415


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": -1e999}',
        b'{"a": "\\ud800"}',
        b'{"a": 1, "a": 2}',
        b"9" * 5000,
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_is_400(client: SandboxClient, content: bytes) -> None:
    response = post(client, content)
    assert (response.status_code, response.json()["code"]) == (400, "broken_json")


def test_a_whole_number_may_be_written_with_a_point(client: SandboxClient) -> None:
    content = client.build_request("POST", FILINGS, json=a_filing_request()).content.decode()
    response = post(
        client,
        content.replace('"control_number":1', '"control_number":1.0').encode(),
        "application/json; charset=utf-8",
    )
    assert response.json()["control_number"] == 1
    fraction = content.replace('"control_number":1', '"control_number":1.5').encode()
    assert post(client, fraction).json()["errors"][0]["field"] == "control_number"


def test_a_nul_character_is_a_character(client: SandboxClient) -> None:
    number = client.submit(chassis_number="A\x00B").json()["filing_id"]
    assert client.filing(number)["status"] == "受付前"
    assert client.submit(chassis_number="A\x00B").status_code == 409
    assert client.submit(chassis_number="A").status_code == 201
