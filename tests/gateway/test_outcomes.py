"""Every way in which sending a filing can end, one row each, on real sockets: what it means, and that it goes once."""

from __future__ import annotations

import logging
import socket
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.gateway.ainas import AinasClient, FilingProgress
from onestop.gateway.transport import Timeouts, Transport
from support.ainas import CREDENTIALS, KEY, a_filing_answer, a_filing_request, a_problem
from support.clock import FixedClock
from support.torn_server import (
    TornServer,
    answer,
    answer_bytes,
    closed_port,
    cut,
    leave,
    read,
    read_a_byte,
    send,
    stall,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.torn_server import Guest

PROBLEM = "application/problem+json"
HTML = "<html><body>茨城県古河市 カーネット太郎</body></html>".encode()
SECRETS = (
    "カーネット太郎",
    "古河",
    "ABC123",
    "1111",
    "鍵-key",
    "ひみつ-pass",
    str(KEY),
    "Basic",
    "説明",
    "題名",
    "誤り",
)
"""Parts of the requests and of the answers; none may stand in a log line or in a traceback."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the server does, what the client says, and whether the request had reached the server whole."""

    name: str
    steps: tuple[Callable[[Guest], None], ...]
    error: type[errors.ServiceError]
    has_arrived: bool = True
    says: dict[str, Any] = field(default_factory=dict)


def answered(name: str, step: Callable[[Guest], None], error: type[errors.ServiceError], **says: object) -> Row:
    return Row(name, (read, step), error, says=says)


WHOLE = answer_bytes(201, a_filing_answer())
WRONG_FIELDS = [
    {"field": "chassis_number", "message": "車台番号に誤りがあります。"},
    {"field": "registration_number.serial", "message": "一連指定番号に誤りがあります。"},
]
REASONS = (
    errors.Problem("chassis_number", "車台番号に誤りがあります。"),
    errors.Problem("registration_number.serial", "一連指定番号に誤りがあります。"),
)
MARK: dict[str, Any] = {"request_id": "3f6c2a9e"}
REFUSED: dict[str, Any] = {"code": "some_code", "detail": "説明", "reasons": (), **MARK}

ROWS = (
    # the wire
    Row("cut before acting", (read_a_byte, cut), errors.NoAnswer, has_arrived=False, says={"detail": "cut"}),
    Row("closed before acting", (leave,), errors.NoAnswer, has_arrived=False, says={"detail": "cut"}),
    Row("timeout before acting", (stall,), errors.NoAnswer, has_arrived=False, says={"detail": "timeout"}),
    answered("cut after acting", cut, errors.NoAnswer, detail="cut"),
    answered("closed after acting", leave, errors.NoAnswer, detail="cut"),
    answered("timeout after acting", stall, errors.NoAnswer, detail="timeout"),
    Row("timeout within the answer", (read, send(WHOLE[:-9]), stall), errors.NoAnswer, says={"detail": "timeout"}),
    Row("cut within the answer", (read, send(WHOLE[:-9]), leave), errors.NoAnswer, says={"detail": "cut"}),
    Row("cut within the headers", (read, send(WHOLE[:40]), leave), errors.NoAnswer, says={"detail": "cut"}),
    answered("no HTTP at all", send(HTML + b"\r\n\r\n"), errors.NoAnswer, detail="cut"),
    # a success that is none
    answered("200 with HTML", answer(200, HTML, "text/html"), errors.ContractBroken, detail="no JSON"),
    answered("201 with HTML that calls itself JSON", answer(201, HTML), errors.ContractBroken, detail="json_invalid"),
    answered("201 without content", answer(201), errors.ContractBroken, detail="no JSON"),
    answered("201 with broken JSON", answer(201, b'{"filing_id": "10'), errors.ContractBroken, detail="json_invalid"),
    answered("201 in cp932", answer(201, '{"status": "受付前"}'.encode("cp932")), errors.ContractBroken),
    answered("201 with a list", answer(201, [a_filing_answer()]), errors.ContractBroken),
    answered(
        "201 with a field of the wrong kind",
        answer(
            201, a_filing_answer(fees=[{"kind": "古河", "amount": "ABC123", "payment_status": None, "due_date": None}])
        ),
        errors.ContractBroken,
        detail="fees.0.amount int_type",
    ),
    answered(
        "201 about another filing",
        answer(201, a_filing_answer(control_number=2)),
        errors.AnswerOfAnother,
        detail="another filing",
    ),
    answered("202", answer(202, a_filing_answer()), errors.ContractBroken, detail="HTTP 202"),
    answered("204", answer(204), errors.ContractBroken, detail="HTTP 204"),
    answered("301", answer(301, None, "", "Location: /elsewhere"), errors.ContractBroken, detail="HTTP 301"),
    answered(
        "201 packed",
        answer(201, a_filing_answer(), "application/json", "Content-Encoding: gzip"),
        errors.ContractBroken,
    ),
    # refusals
    answered("401", answer(401, a_problem(401), PROBLEM), errors.CredentialsRefused, detail="説明", **MARK),
    answered("401 with HTML", answer(401, HTML, "text/html"), errors.CredentialsRefused, request_id=None),
    answered("403", answer(403, a_problem(403), PROBLEM), errors.Refused, status=403, **REFUSED),
    answered("404", answer(404, a_problem(404), PROBLEM), errors.NotFound, status=404, **REFUSED),
    answered("409", answer(409, a_problem(409), PROBLEM), errors.Refused, status=409, retry_after=None, **REFUSED),
    answered(
        "409 with Retry-After",
        answer(409, a_problem(409, "127"), PROBLEM, "Retry-After: 300"),
        errors.Refused,
        **REFUSED | {"status": 409, "code": "127", "retry_after": 300},
    ),
    answered(
        "422 with fields",
        answer(422, a_problem(422, errors=WRONG_FIELDS), PROBLEM),
        errors.Refused,
        **REFUSED | {"status": 422, "reasons": REASONS},
    ),
    answered(
        "422 without a detail, with a request id that is not fit to be shown",
        answer(422, a_problem(422, detail=None, request_id="誤り\r\n"), PROBLEM),
        errors.Refused,
        detail="題名",
        request_id=None,
    ),
    answered("413 as plain JSON", answer(413, a_problem(413)), errors.Refused, status=413),
    answered("403 with HTML", answer(403, HTML, "text/html"), errors.ContractBroken, detail="HTTP 403"),
    answered("404 without content", answer(404), errors.ContractBroken, detail="HTTP 404"),
    answered("409 with other JSON", answer(409, {"error": "誤り"}), errors.ContractBroken, detail="HTTP 409"),
    answered("422 with the Problem of another status", answer(422, a_problem(500), PROBLEM), errors.ContractBroken),
    answered("407", answer(407, HTML, "text/html"), errors.NotReached, detail="proxy"),
    # not now
    answered(
        "429 with Retry-After",
        answer(429, a_problem(429), PROBLEM, "Retry-After: 30"),
        errors.Overloaded,
        retry_after=30,
        **MARK,
    ),
    answered("429 with HTML", answer(429, HTML, "text/html"), errors.Overloaded, retry_after=None, request_id=None),
    answered(
        "503 closed with Retry-After",
        answer(503, a_problem(503, "closed"), PROBLEM, "Retry-After: Tue, 24 Nov 2026 01:15:00 GMT"),
        errors.ServiceClosed,
        retry_after=3600,
        **MARK,
    ),
    answered("503 maintenance", answer(503, a_problem(503, "maintenance"), PROBLEM), errors.ServiceClosed, **MARK),
    answered("503 with another code", answer(503, a_problem(503), PROBLEM), errors.NoAnswer, **MARK),
    answered(
        "503 with HTML and Retry-After",
        answer(503, HTML, "text/html", "Retry-After: 30"),
        errors.NoAnswer,
        detail="HTTP 503",
    ),
    answered("500", answer(500, a_problem(500), PROBLEM), errors.NoAnswer, detail="説明", **MARK),
    answered("500 with HTML", answer(500, HTML, "text/html"), errors.NoAnswer, detail="HTTP 500", request_id=None),
    answered("502", answer(502, HTML, "text/html"), errors.NoAnswer, detail="HTTP 502"),
    answered("504", answer(504), errors.NoAnswer, detail="HTTP 504"),
)


def submit(url: str, patience: float = 10) -> FilingProgress:
    with Transport(url, lambda: CREDENTIALS, clock=FixedClock(), timeouts=Timeouts(read=patience)) as transport:
        return AinasClient(transport).issue(KEY, a_filing_request().frozen_json())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_outcome_is_exactly_one_error_and_goes_out_once(row: Row, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with TornServer(*row.steps) as server, pytest.raises(errors.ServiceError) as caught:
        submit(server.url, patience=0.1 if stall in row.steps else 10)
    error = caught.value
    assert type(error) is row.error
    assert {name: getattr(error, name) for name in row.says} == row.says
    assert (server.connections, len(server.requests)) == (1, int(row.has_arrived))
    told = caplog.text + "".join(traceback.format_exception(error)) + repr(error)
    assert [secret for secret in SECRETS if secret in told] == []
    assert "submitFiling" in caplog.text


@pytest.mark.parametrize("status", [200, 201])
def test_an_accepted_filing_comes_back(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with TornServer(read, answer(status, a_filing_answer(), "Application/JSON; charset=utf-8")) as server:
        filing = submit(server.url)
    assert (filing.filing_id, filing.status) == ("1000000008", "受付前")
    assert caplog.messages == [f"submitFiling: {status}, 0.000 s"]


def test_nobody_listens() -> None:
    with pytest.raises(errors.NotReached) as caught:
        submit(f"http://127.0.0.1:{closed_port()}")
    assert caught.value.detail == "refused"


def test_the_name_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(errors.NotReached) as caught:
        submit("https://ainas.invalid")
    assert caught.value.detail == "dns"
