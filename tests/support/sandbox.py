"""Requests that the three services accept, and a client of a sandbox without sockets."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, Protocol

import httpx

from onestop_sandbox import Sandbox, World, app_of
from support.contract import contract_file

CONTRACTS = Path(__file__).resolve().parents[2] / "resources" / "contract"
READY = ("READYKEY", "ready-password")
INITIAL = ("TESTKEY", "999000")
FILINGS = "/ainas/v1/filings"
CERTIFICATES = "/airas/v1/certificates"
POLICIES = "/ejibai/v1/policies"


class BuildSandbox(Protocol):
    """Builds a sandbox on a test's clock."""

    def __call__(self, world: World = ..., **options: object) -> Sandbox:
        """Return a sandbox that the test need not close."""
        ...


def a_filing_request(**changes: object) -> dict[str, Any]:
    """Return a body for 申請書発行: the contract's own example, changed."""
    return {**_example("ainas", "/filings"), **changes}


def a_certificate_request(**changes: object) -> dict[str, Any]:
    """Return a body for 適合証・証明証発行."""
    return {**_example("airas", "/certificates"), **changes}


def a_policy_request(**changes: object) -> dict[str, Any]:
    """Return a body for e-JIBAI's 証明書発行."""
    return {**_example("ejibai", "/policies"), **changes}


def a_key() -> dict[str, str]:
    """Return a fresh Idempotency-Key header."""
    return {"Idempotency-Key": str(uuid.uuid4())}


def code(response: httpx.Response) -> tuple[int, str]:
    """Return the status and the code of a Problem."""
    return response.status_code, response.json()["code"]


class SandboxClient(httpx.Client):
    """Talks to a sandbox in this process; a bug or a cut connection is raised here."""

    def __init__(self, sandbox: Sandbox, auth: tuple[str, str] | None = READY) -> None:
        transport = httpx.WSGITransport(app=app_of(sandbox))
        super().__init__(transport=transport, base_url="http://sandbox", auth=auth)

    def submit(self, **changes: object) -> httpx.Response:
        """File with a fresh key."""
        return self.post(FILINGS, json=a_filing_request(**changes), headers=a_key())

    def filing(self, filing_id: str) -> dict[str, Any]:
        """Return a filing as it stands."""
        return dict(self.get(f"{FILINGS}/{filing_id}").raise_for_status().json())

    def certify(self, **changes: object) -> httpx.Response:
        """Issue a certificate with a fresh key."""
        return self.post(CERTIFICATES, json=a_certificate_request(**changes), headers=a_key())

    def insure(self, **changes: object) -> httpx.Response:
        """Issue a policy with a fresh key."""
        return self.post(POLICIES, json=a_policy_request(**changes), headers=a_key())


def _example(service: str, path: str) -> dict[str, Any]:
    content = contract_file(service)["paths"][path]["post"]["requestBody"]["content"]
    return dict(content["application/json"]["example"])
