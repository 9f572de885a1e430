"""What came of a request, told in the words of the error tree: one readable table of every outcome."""

from __future__ import annotations

import math
import re
import socket
import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from onestop.errors import (
    ContractBroken,
    CredentialsRefused,
    NoAnswer,
    NotFound,
    NotReached,
    Overloaded,
    Problem,
    Refused,
    ServiceClosed,
    ServiceError,
)
from onestop.gateway.service_time import read_date
from onestop.gateway.tls import not_trusted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

LONGEST_WAIT = 86_400
"""Seconds, a day: whoever names a longer wait, or the year 9999, means no moment that anybody waits for."""
CLOSED_CODES = frozenset({"closed", "maintenance"})
"""Codes of a 503 that promise that nothing was done."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that came whole."""

    status: int
    media_type: str
    retry_after: str | None = field(repr=False)
    content: bytes = field(repr=False)
    date: dt.datetime | None = None
    """What the clock of whoever answers shows."""


class Departure:
    """Notes whether a request began to leave this machine; a proxy's CONNECT is not the request yet.

    The connection reports its steps to it. A transport inside this process reports none: then `is_known` stays
    False, and the kind of the failure has to decide.
    """

    def __init__(self) -> None:
        self.is_known = False
        self.began = False

    def __call__(self, step: str, info: Mapping[str, Any]) -> None:
        """Hear of one step of the connection."""
        self.is_known = True
        if step == "http11.send_request_headers.started" and info["request"].method != b"CONNECT":
            self.began = True


class _FieldProblem(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    field: str
    message: str = Field(repr=False)


class _ProblemDetails(BaseModel):
    """RFC 9457 problem details, as every contract of ours words them."""

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    status: int
    code: str
    title: str
    request_id: str
    detail: str | None = Field(default=None, repr=False)
    errors: tuple[_FieldProblem, ...] = ()

    @property
    def words(self) -> str:
        return self.detail or self.title

    @property
    def mark(self) -> str | None:
        """The request id, if it is fit to be logged and read out on the telephone."""
        return self.request_id if re.fullmatch(r"[\x21-\x7e]{1,128}", self.request_id) else None

    @property
    def reasons(self) -> tuple[Problem, ...]:
        return tuple(Problem(each.field, each.message) for each in self.errors)


NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
"""Failures that happen before the first byte of a request is sent."""


def lost(error: httpx.TransportError | ConnectionError, departure: Departure, today: dt.date) -> ServiceError:
    """Return what a failure on the wire means. The detail is in English words of ours, never in the wire's text."""
    if isinstance(error, NOTHING_SENT) or (departure.is_known and not departure.began):
        return _not_reached(error, today)
    return NoAnswer("timeout" if isinstance(error, httpx.TimeoutException) else "cut")


def _not_reached(error: BaseException, today: dt.date) -> NotReached:
    """Name what stood in the way: timeout, proxy, tls with its reason, dns, refused or connection."""
    if isinstance(error, httpx.TimeoutException):
        return NotReached("timeout")
    if isinstance(error, httpx.ProxyError):
        return NotReached("proxy")
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return not_trusted(cause, today)
        for kind, word in ((socket.gaierror, "dns"), (ConnectionRefusedError, "refused")):
            if isinstance(cause, kind):
                return NotReached(word)
        cause = cause.__cause__ or cause.__context__
    return NotReached("connection")


def judge(answer: Answer, expected: frozenset[int], now: dt.datetime) -> ServiceError | None:  # noqa: PLR0911 - one line for each outcome, in one readable place
    """Return what the answer means when it is not one of the expected ones, else None. `now` is by the answerer."""
    if answer.status in expected:
        return None
    problem = _problem(answer)
    detail = problem.words if problem else f"HTTP {answer.status}"
    mark = problem.mark if problem else None
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            return CredentialsRefused(detail, request_id=mark)
        case HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            return NotReached("proxy", request_id=mark)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return Overloaded(detail, retry_after=seconds(answer.retry_after, now), request_id=mark)
        case HTTPStatus.SERVICE_UNAVAILABLE if problem and problem.code in CLOSED_CODES:
            return ServiceClosed(detail, retry_after=seconds(answer.retry_after, now), request_id=mark)
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return NoAnswer(detail, request_id=mark)
        case status if problem and status >= HTTPStatus.BAD_REQUEST:
            return _refusal(status, problem, seconds(answer.retry_after, now))
        case _:
            return ContractBroken(f"HTTP {answer.status}")


def _refusal(status: int, problem: _ProblemDetails, wait: int | None) -> Refused:
    kind = NotFound if status == HTTPStatus.NOT_FOUND else Refused
    return kind(problem.code, problem.words, problem.reasons, status=status, retry_after=wait, request_id=problem.mark)


def _problem(answer: Answer) -> _ProblemDetails | None:
    """Return the body as a Problem, or None; one that speaks of another status is somebody else's."""
    if not is_json(answer):
        return None
    try:
        problem = _ProblemDetails.model_validate_json(answer.content)
    except ValidationError:
        return None
    return problem if problem.status == answer.status else None


def is_json(answer: Answer) -> bool:
    """Tell whether the answer calls itself JSON."""
    return answer.media_type == "application/json" or answer.media_type.endswith("+json")


def seconds(retry_after: str | None, now: dt.datetime) -> int | None:
    """Read a Retry-After: seconds, or a date (RFC 9110 §10.2.3); at most a day.

    What cannot be read is None; the past is 0.
    """
    text = (retry_after or "").strip()
    if re.fullmatch(r"[0-9]{1,18}", text):
        return min(int(text), LONGEST_WAIT)
    moment = read_date(text)
    return None if moment is None else min(max(0, math.ceil((moment - now).total_seconds())), LONGEST_WAIT)


def mismatch(error: ValidationError) -> str:
    """Say where an answer differs from the contract and how, without anything that stood in it."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])} {first['type']}".strip()
