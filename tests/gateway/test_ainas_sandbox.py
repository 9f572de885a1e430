"""The client and the sandbox, each built from the contract alone, understand each other: in-process and by socket."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop.gateway.ainas import AinasClient
from onestop.gateway.subject import Subject
from onestop.gateway.transport import Credentials, Transport
from onestop_sandbox import Kind, Options, Sandbox, SandboxServer, Trouble, app_of
from support.ainas import KEY, a_filing_request
from support.clock import FixedClock
from support.subjects import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

READY = Credentials("READYKEY", "ready-password")
FIRST = Credentials("TESTKEY", "999000")
BODY = a_filing_request().frozen_json()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Return a sandbox whose clock stands still."""
    with Sandbox(options=Options(clock=FixedClock())) as opened:
        yield opened


@pytest.fixture(params=["in this process", "over a socket"])
def ainas(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[AinasClient]:
    """Return a client of the sandbox with credentials that may file."""
    if request.param == "over a socket":
        with SandboxServer(sandbox) as server, Transport(server.url, lambda: READY, clock=FixedClock()) as transport:
            yield AinasClient(transport)
    else:
        http = httpx.WSGITransport(app_of(sandbox))
        with Transport("http://localhost", lambda: READY, clock=FixedClock(), http=http) as transport:
            yield AinasClient(transport)


def test_a_filing_from_sending_to_withdrawal(ainas: AinasClient) -> None:
    sent = ainas.issue(KEY, BODY)
    assert (sent.control_number, sent.status) == (1, "受付前")
    assert ainas.find_by_key(Subject(key=KEY)) == (sent,)
    assert ainas.find_by_key(Subject(key=uuid.UUID(int=0))) == ()
    assert ainas.find_by_number(1, "0812345") == (sent,)
    assert ainas.fetch(Subject(number=sent.filing_id)) == sent
    progress = ainas.progress(numbered(sent.filing_id, "0000000000"))
    assert (progress.known, progress.unknown, progress.unanswered, progress.foreign) == (
        (sent,),
        ("0000000000",),
        (),
        0,
    )
    ainas.withdraw(sent.filing_id)
    assert ainas.fetch(Subject(number=sent.filing_id)).status == "取消"
    with pytest.raises(errors.Refused) as caught:
        ainas.withdraw(sent.filing_id)
    assert (caught.value.code, caught.value.status) == ("not_withdrawable", 409)


def test_the_same_key_files_once(ainas: AinasClient, sandbox: Sandbox) -> None:
    assert ainas.issue(KEY, BODY) == ainas.issue(KEY, BODY)
    assert sum(sandbox.filings.values()) == 1
    with pytest.raises(errors.Refused) as caught:
        ainas.issue(KEY, a_filing_request(control_number=2).frozen_json())
    assert caught.value.code == "idempotency_key_reused"
    with pytest.raises(errors.Refused) as caught:
        ainas.issue(uuid.UUID(int=2), BODY)
    assert caught.value.code == "vehicle_has_open_filing"
    assert [reason.field for reason in caught.value.reasons] == ["chassis_number"]


def test_a_number_that_nobody_knows(ainas: AinasClient) -> None:
    with pytest.raises(errors.NotFound):
        ainas.fetch(Subject(number="0000000000"))
    with pytest.raises(errors.NotFound):
        ainas.withdraw("0000000000")


def test_the_service_says_how_it_is(ainas: AinasClient, sandbox: Sandbox) -> None:
    assert ainas.service_state().state == "open"
    sandbox.troubles.add(Trouble(Kind.CLOSED, times=None))
    assert ainas.service_state().state == "closed"


def test_the_first_password_has_to_be_changed(ainas: AinasClient) -> None:
    assert ainas.account().password_is_initial is False
    assert ainas.account(FIRST).password_is_initial is True
    ainas.reset_password("Tsuchiura-1a1111", FIRST)
    assert ainas.account(Credentials("TESTKEY", "Tsuchiura-1a1111")).password_is_initial is False
    with pytest.raises(errors.CredentialsRefused):
        ainas.account(FIRST)


def test_nothing_is_filed_with_the_first_password(sandbox: Sandbox) -> None:
    http = httpx.WSGITransport(app_of(sandbox))
    with Transport("http://localhost", lambda: FIRST, clock=FixedClock(), http=http) as transport:
        with pytest.raises(errors.Refused) as caught:
            AinasClient(transport).issue(KEY, BODY)
        assert (caught.value.code, caught.value.status) == ("password_is_initial", 403)


@pytest.mark.parametrize(
    ("trouble", "error", "is_filed"),
    [
        (Trouble(Kind.CUT), errors.NoAnswer, False),
        (Trouble(Kind.CUT, after=True), errors.NoAnswer, True),
        (Trouble(Kind.HTML, status=200), errors.ContractBroken, False),
        (Trouble(Kind.HTML, status=502), errors.NoAnswer, False),
        (Trouble(Kind.BROKEN_JSON, after=True), errors.ContractBroken, True),
        (Trouble(Kind.OTHER_FILING), errors.AnswerOfAnother, True),
        (Trouble(Kind.REFUSE, status=401), errors.CredentialsRefused, False),
        (Trouble(Kind.REFUSE, status=422), errors.Refused, False),
        (Trouble(Kind.REFUSE, status=429, retry_after=30), errors.Overloaded, False),
        (Trouble(Kind.REFUSE, status=500, after=True), errors.NoAnswer, True),
        (Trouble(Kind.CLOSED), errors.ServiceClosed, False),
    ],
    ids=lambda value: str(getattr(value, "kind", value)),
)
def test_misbehaviour_is_named_and_the_key_tells_what_became_of_it(
    ainas: AinasClient, sandbox: Sandbox, trouble: Trouble, error: type[errors.ServiceError], *, is_filed: bool
) -> None:
    sandbox.troubles.add(trouble)
    with pytest.raises(errors.ServiceError) as caught:
        ainas.issue(KEY, BODY)
    assert type(caught.value) is error
    assert len(ainas.find_by_key(Subject(key=KEY))) == is_filed
    assert sandbox.requests["ainas.submitFiling"] == 1


def test_words_that_nobody_knows_come_through(ainas: AinasClient, sandbox: Sandbox) -> None:
    sent = ainas.issue(KEY, BODY)
    sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS))
    now = ainas.fetch(Subject(number=sent.filing_id))
    assert now.filing_id == sent.filing_id
    assert now.status != sent.status
