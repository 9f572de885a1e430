"""What travels between `Sandbox` and the three services: the call, the answer, and the refusal."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"

Wire: TypeAlias = dict[str, Any]
"""A JSON object as it stands on the wire; the contract is its type, checked before a service sees it."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One HTTP request, read whole."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = field(repr=False)
    """Names and values in their order, repeated ones included."""
    headers: Mapping[str, str] = field(repr=False)
    """By lower-case name."""
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A request that kept the contract, with who asks and when."""

    api_key: str
    """Whose account it is; empty where no credentials are needed."""
    now: dt.datetime
    idempotency_key: str | None = None
    """In lower case; None where the operation has none, or while keys are ignored."""
    path: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str | int] = field(default_factory=dict, repr=False)
    body: Wire = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service says; no body with 204."""

    status: int
    body: Wire | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong with one field, named as in the request with dots."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out over HTTP, byte for byte."""

    status: int
    content_type: str | None
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it a problem
    """A refusal in the words of RFC 9457."""

    def __init__(self, status: int, code: str, title: str, detail: str | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        """The contract's word for the reason."""
        self.title = title
        self.detail = detail or title
        self.errors: tuple[FieldError, ...] = ()
        self.retry_after: int | None = None
        """Seconds, sent as Retry-After."""
        self.allow: tuple[str, ...] = ()
        """Methods, sent as Allow with 405."""

    def about(self, *errors: FieldError) -> Problem:
        """Name the fields."""
        self.errors = errors
        return self

    def retry(self, seconds: float) -> Problem:
        """Say when to try again: whole seconds, at least one."""
        self.retry_after = max(1, math.ceil(seconds))
        return self

    def allowing(self, *methods: str) -> Problem:
        """Say which methods the resource has."""
        self.allow = methods
        return self

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that belong to it."""
        found: list[tuple[str, str]] = []
        if self.retry_after is not None:
            found.append(("Retry-After", str(self.retry_after)))
        if self.allow:
            found.append(("Allow", ", ".join(self.allow)))
        if self.status == 401:  # noqa: PLR2004 - Unauthorized
            found.append(("WWW-Authenticate", 'Basic realm="onestop", charset="UTF-8"'))
        return tuple(found)

    def body(self, request_id: str) -> Wire:
        """Return the problem document."""
        document: Wire = {
            "type": "about:blank",
            "status": self.status,
            "code": self.code,
            "title": self.title,
            "detail": self.detail,
            "request_id": request_id,
        }
        if self.errors:
            document["errors"] = [{"field": each.field, "message": each.message} for each in self.errors]
        return document

    def reply(self, request_id: str) -> Reply:
        """Return the refusal as it goes out."""
        return Reply(self.status, PROBLEM_JSON, encoded(self.body(request_id)), self.headers())


def encoded(document: Wire) -> bytes:
    """Return JSON as it goes out: UTF-8."""
    return json.dumps(document, ensure_ascii=False).encode()


Handler: TypeAlias = "Callable[[Call], Answer]"
"""One operation of a service."""
