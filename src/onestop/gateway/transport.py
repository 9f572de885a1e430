"""The one way out: a single HTTP connection pool for the program's life, which sends once and never retries.

Every failure becomes exactly one error of `onestop.errors` (see `verdict`). Nothing personal is logged: one line
for each request with the operation's name, the status or the class of the error, the service's request id and the
time it took; never an address with its query, a header or a body.
"""

from __future__ import annotations

import base64
import datetime as dt
import logging
import re
import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

import httpx
import truststore
from pydantic import BaseModel, ValidationError

from onestop import VERSION
from onestop.errors import ContractBroken, InvalidInput, NoAnswer, NotConfigured, NotReached, Problem, ServiceError
from onestop.gateway.address import services_url, system_proxy
from onestop.gateway.line import Deadline, LineTransport
from onestop.gateway.service_time import ServiceTime, moment_of
from onestop.gateway.verdict import Answer, Departure, is_json, judge, lost, mismatch

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from onestop.clock import Clock

log = logging.getLogger(__name__)

Wire = TypeVar("Wire", bound=BaseModel)

MAX_ANSWER = 3_000_000
"""Bytes. 200 filings are about 0.2 MB; whatever is longer is not an answer of ours."""
MAX_HEADERS = 100
MAX_HEADER_BYTES = 16_000
"""Of all headers of one answer together; h11 stops reading at 100,000."""
MAX_CONNECTIONS = 8
"""F7 asks 4 questions at a time; filing, 申請確認 and 接続確認 go beside it."""

LIMITS = httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS)

_STANDING: Final = {
    "Accept": "application/json, application/problem+json",
    "Accept-Encoding": "identity",
    "Connection": "keep-alive",
    "User-Agent": f"onestop/{VERSION}",
}
"""Headers of every request."""

PLACES: Final = 16
"""Addresses that are kept as they were read: 一括申請 goes to the same one 500 times."""

UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""What Basic credentials cannot carry (RFC 7617 §2: no control characters; and UTF-8 has no surrogates)."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """APIキー and APIパスワード. Its repr is empty on purpose."""

    api_key: str = field(repr=False)
    api_password: str = field(repr=False)
    trace_key: str = field(default="", repr=False)
    """Keys the hash by which an APIキー is noted here; never sent. Empty without a keychain: then nothing is noted."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where calls go, and as whom."""

    address: str
    api_key: str = field(repr=False)
    """Empty while there is none."""
    trace_key: str = field(default="", repr=False)
    """By which this machine notes the key, as `Credentials` has it."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds.

    `read` counts from one piece of the answer to the next; `total` until the whole answer is there, whatever of it
    comes slowly: 100 Continue, the head or the body.
    """

    connect: float = 10.0
    write: float = 30.0
    read: float = 60.0
    pool: float = 60.0
    total: float = 120.0

    def of_each_wait(self) -> dict[str, float]:
        """Return them as httpx takes them."""
        return {"connect": self.connect, "write": self.write, "read": self.read, "pool": self.pool}

    @property
    def longest(self) -> dt.timedelta:
        """The longest time that a request can take: no deadline ends the asking for a host's number."""
        return dt.timedelta(seconds=max(self.total, self.pool) + self.connect)


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a service: an operation of its contract, with everything that goes out."""

    operation: str
    method: str
    path: str = field(repr=False)
    """From the root of the services: /ainas/v1/filings."""
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    idempotency_key: str | None = None
    body: bytes | None = field(default=None, repr=False)
    expected: frozenset[int] = frozenset({200})
    is_public: bool = False
    """Goes without credentials."""
    credentials: Credentials | None = None
    """Instead of the ones in the settings: to try what was just typed."""


class Transport:
    """Sends each call once over one pool of connections (HTTP/1.1, no redirects, no cookies). Threads may share it.

    Args:
        base_url: where the services are; see `address.services_url`.
        credentials: asked before each call, so that a new password holds at once; None when there are none yet.
        clock: tells the time for Retry-After dates and for spans.
        http: the sandbox in this process, instead of the network.
        timeouts: how long to wait.

    Raises:
        InvalidInput: the address, or the machine's proxy setting, cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Callable[[], Credentials | None],
        *,
        clock: Clock,
        http: httpx.BaseTransport | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._url = services_url(base_url)
        root = str(self._url).rstrip("/")
        self._place: Callable[[str], httpx.URL] = lru_cache(PLACES)(lambda path: httpx.URL(root + path))
        self._credentials = credentials
        self._clock = clock
        self.service_time = ServiceTime(clock)
        self._timeouts = timeouts or Timeouts()
        self.longest_request = self._timeouts.longest
        self._deadline = Deadline(clock.monotonic)
        tls = tls_context()
        # the proxy is looked up here; nothing else of the environment counts
        self._way = http or LineTransport(self._deadline, tls, system_proxy(self._url, tls), LIMITS)
        self._is_closed = False
        for chatty in ("httpx", "httpcore"):  # they log addresses with their query, and headers
            logging.getLogger(chatty).setLevel(logging.WARNING)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections. Whoever asks after that is told NotReached."""
        self._is_closed = True
        self._way.close()

    def destination(self) -> Destination:
        """Return where calls go now, and as whom; a keychain may keep one waiting.

        Raises:
            KeychainUnavailable: the keychain cannot be read.
        """
        known = self._credentials()
        return Destination(str(self._url).rstrip("/"), known.api_key if known else "", known.trace_key if known else "")

    def ask(self, call: Call, model: type[Wire]) -> Wire:
        """Send a call and return its answer, read as the contract words it.

        Raises:
            ServiceError: one of its subclasses; NoAnswer and ContractBroken mean that the service may have acted.
            NotConfigured: there are no credentials; nothing was sent.
        """
        answer = self._send(call)
        if not is_json(answer):
            raise contract_broken(call, "no JSON")
        try:
            return model.model_validate_json(answer.content)
        except ValidationError as error:
            difference = mismatch(error)
        raise contract_broken(call, difference)  # out here, so that the answer's text does not hang on the error

    def tell(self, call: Call) -> None:
        """Send a call whose answer has no content. Raises as `ask` does."""
        self._send(call)

    def _send(self, call: Call) -> Answer:
        departure = Departure()
        request = self._request(call, departure)
        started = self._clock.monotonic()
        outcome = self._exchange(request, departure, started + self._timeouts.total)
        span = self._clock.monotonic() - started
        if isinstance(outcome, Answer):
            if is_json(outcome):  # what else stands in the way has a clock of its own
                self.service_time.hear(outcome.date, span)
            outcome = judge(outcome, call.expected, outcome.date or self._clock.now()) or outcome
        if isinstance(outcome, ServiceError):
            log.info("%s: %s, request %s, %.3f s", call.operation, _in_the_log(outcome), outcome.request_id, span)
            raise outcome
        log.info("%s: %d, %.3f s", call.operation, outcome.status, span)
        return outcome

    def _request(self, call: Call, departure: Departure) -> httpx.Request:
        headers = _STANDING if call.is_public else {**_STANDING, "Authorization": self._authorization(call)}
        if call.body is not None:
            headers = {**headers, "Content-Type": "application/json"}
        if call.idempotency_key is not None:
            headers = {**headers, "Idempotency-Key": call.idempotency_key}
        return httpx.Request(
            call.method,
            self._place(call.path),
            params=call.query or None,
            headers=headers,
            content=call.body,
            extensions={"trace": departure, "timeout": self._timeouts.of_each_wait()},
        )

    def _authorization(self, call: Call) -> str:
        known = call.credentials or self._credentials()
        if known is None:
            raise NotConfigured("api_key", "api_password")
        if UNFIT.search(known.api_key) or ":" in known.api_key:
            raise InvalidInput(Problem("api_key", "APIキーに「:」や改行は使えません。"))
        if UNFIT.search(known.api_password):
            raise InvalidInput(Problem("api_password", "APIパスワードに改行は使えません。"))
        pair = f"{known.api_key}:{known.api_password}".encode()
        return "Basic " + base64.b64encode(pair).decode("ascii")

    def _exchange(self, request: httpx.Request, departure: Departure, deadline: float) -> Answer | ServiceError:
        if self._is_closed:
            return NotReached("closed")
        try:
            with self._deadline.at(deadline):
                response = self._way.handle_request(request)
                try:
                    return self._read(response, deadline)
                finally:
                    response.close()
        except (httpx.TransportError, ConnectionError) as error:  # the second comes from a service in this process
            return lost(error, departure, self._clock.today())

    def _read(self, response: httpx.Response, deadline: float) -> Answer | ServiceError:
        headers = response.headers.raw
        if len(headers) > MAX_HEADERS or sum(len(name) + len(value) for name, value in headers) > MAX_HEADER_BYTES:
            return ContractBroken("too many headers")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            return ContractBroken("packed")
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > MAX_ANSWER:
                return ContractBroken("too long")
            if self._clock.monotonic() > deadline:
                return NoAnswer("timeout")
        told = response.headers
        media_type = told.get("Content-Type", "").partition(";")[0].strip().lower()
        date = moment_of(told.get("Date"))
        return Answer(response.status_code, media_type, told.get("Retry-After"), bytes(content), date)


def _in_the_log(error: ServiceError) -> str:
    """Return the class of an error; of one that never reached the service also why, which is in words of ours."""
    kind = type(error).__name__
    return f"{kind} ({error.detail})" if isinstance(error, NotReached) else kind


def contract_broken(call: Call, why: str) -> ContractBroken:
    """Log that an answer broke the contract, and return the error to raise. `why` holds nothing of the answer."""
    log.info("%s: the answer breaks the contract: %s", call.operation, why)
    return ContractBroken(why)


def tls_context() -> ssl.SSLContext:
    """Return what decides about TLS: this machine's own trust store, as an inspecting proxy of a dealer needs it.

    It is not made by ssl.create_default_context, so it ignores SSLKEYLOGFILE and never writes session keys.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # Debian's Python leaves it to the machine, which may take 1.1
    return context
