"""The three services of `services.py` on one loopback port, by the standard library, with mischief on the way."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

import httpx

from independent.mischief import BEFORE, Fault, Mischief, spoil
from independent.services import Ainas, Airas, Character, Content, Ejibai, Refusal, Service
from support.contract import Contract

if TYPE_CHECKING:
    from typing import Any, Self

HARMLESS: Final = Mischief(0, 0.0)
PROBLEMS: Final = {
    Fault.UNAUTHORIZED: (401, "unauthorized", None),
    Fault.BUSY: (429, "too_many_requests", "1"),
    Fault.CLOSED: (503, "closed", "2"),
    Fault.MAINTENANCE: (503, "maintenance", None),
    Fault.FAILED_BEFORE: (500, "internal", None),
    Fault.FAILED_AFTER: (502, "bad_gateway", None),
}
ENOUGH: Final = 8_000_000
"""Bytes of something without end, if nobody hangs up before."""
HELD: Final = 0.5
"""Seconds that a service is held at most; it acts long before anybody may believe that it will not."""
IDLE: Final = 5.0
"""Seconds that a line is kept on which nothing comes."""


class Where(Enum):
    """Where a service is held while the program is killed."""

    BEFORE = "it has the request and has not acted"
    AFTER = "it has acted and not answered"
    ANSWERED = "it has answered"


@dataclass(slots=True)
class Ambush:
    """Holds a service at one request."""

    count: int
    where: Where
    caught: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)

    def hold(self) -> None:
        """Tell that it is caught, and wait."""
        self.caught.set()
        self.free.wait(HELD)


class SecondServer:
    """The services on a port of their own.

    Args:
        character: what they make of Idempotency-Keys.
        mischief: what goes wrong.
        tells_chassis: whether answers carry the 車台番号.
    """

    def __init__(self, character: Character, mischief: Mischief = HARMLESS, *, tells_chassis: bool = False) -> None:
        self.services: dict[str, Service] = {
            kind.name: kind(character, tells_chassis=tells_chassis) for kind in (Ejibai, Airas, Ainas)
        }
        self.contracts = {name: Contract(name) for name in self.services}
        self.mischief = mischief
        self.breaches: list[str] = []
        """What requests broke of the contracts."""
        self._sent = 0
        self._ambush: Ambush | None = None
        self._lock = threading.Lock()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), name="second server")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def note_sent(self) -> Ambush | None:
        """Return what lies in wait for this request with a key, if anything does."""
        with self._lock:
            self._sent += 1
            ambush = self._ambush
            if ambush is None or self._sent < ambush.count:
                return None
            self._ambush = None
            return ambush

    def lie_in_wait(self, requests: int, where: Where) -> Ambush:
        """Hold the service at the so manieth request with a key from now on, until `free` is set."""
        with self._lock:
            self._ambush = Ambush(self._sent + requests, where)
            return self._ambush


class _Http(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, owner: SecondServer) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.owner = owner

    def handle_error(self, *_details: object) -> None:
        """Say nothing: a program that is killed leaves its lines cut."""


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE
    server: _Http

    def log_message(self, *_details: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        self._exchange()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the standard library's names

    def _exchange(self) -> None:
        owner, body = self.server.owner, self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = urlsplit(self.path)
        if address.path == "/telephone":
            self._answer(200, self._telephone(dict(parse_qsl(address.query))))
            return
        sends = self.headers.get("Idempotency-Key") is not None
        ambush = owner.note_sent() if sends else None
        names = not sends and len(address.path.split("/")) > 4  # /ainas/v1/filings/2000000001, or …/progress
        fault = owner.mischief.choose(names=names)
        self._pause(fault, ambush, Where.BEFORE)
        if fault in BEFORE:
            self._fail(fault)
            return
        status, content = self._act(body)
        self._pause(fault, ambush, Where.AFTER)
        with suppress(ConnectionError, TimeoutError):
            self._tell(fault, status, content)
        self._pause(None, ambush, Where.ANSWERED)

    def _pause(self, fault: Fault | None, ambush: Ambush | None, where: Where) -> None:
        if ambush is not None and ambush.where is where:
            ambush.hold()
        if fault is Fault.SLOW:
            threading.Event().wait(self.server.owner.mischief.seconds())

    def _telephone(self, query: dict[str, str]) -> Content:
        """What a clerk hears who asks by telephone; no service's contract knows it."""
        service = self.server.owner.services[query["service"]]
        return {"numbers": service.of(int(query["control_number"]), query["chassis_number"])}

    # --- acting

    def _act(self, body: bytes) -> tuple[int, Content | None]:
        owner = self.server.owner
        address = urlsplit(self.path)
        _, name, _, *parts = address.path.split("/")
        request = httpx.Request(self.command, owner.url + self.path, headers=dict(self.headers), content=body)
        breaches = owner.contracts[name].breaches(request)
        if breaches:
            owner.breaches.extend(breaches)
            return 422, _problem(422, "breach")
        sent = json.loads(body) if body else {}
        try:
            return self._done(owner.services[name], parts, dict(parse_qsl(address.query)), sent)
        except Refusal as no:
            return no.status, _problem(no.status, no.code)

    def _done(  # noqa: PLR0911 - one line for each operation
        self,
        service: Service,
        parts: list[str],
        query: dict[str, str],
        sent: Any,  # noqa: ANN401 - JSON
    ) -> tuple[int, Content | None]:
        match self.command, *parts:
            case "GET", "service":
                return 200, {"state": "open", "opens_at": "00:00", "closes_at": "24:00", "message": None}
            case "GET", "account":
                return 200, {"organization": "見本自動車", "password_is_initial": False}
            case "POST", _:
                return service.issue(sent, self.headers["Idempotency-Key"])
            case "GET", _:
                return 200, service.found(query)
            case "POST", _, "progress":
                return 200, service.progress(next(iter(sent.values())))
            case "GET", _, number:
                return 200, service.one(number)
            case "DELETE", _, number:
                service.delete(number, "削除" if isinstance(service, Airas) else "取消")
                return 204, None
        raise Refusal(404, "not_found")

    # --- answering

    def _fail(self, fault: Fault) -> None:
        with suppress(ConnectionError):
            if fault is Fault.CUT_BEFORE:
                self._cut()
            elif fault is Fault.REDIRECT:
                self._answer(307, {}, Location="http://127.0.0.1:9/nowhere")
            else:
                status, code, retry_after = PROBLEMS[fault]
                more = {} if retry_after is None else {"Retry-After": retry_after}
                self._answer(status, _problem(status, code), "application/problem+json", **more)

    def _tell(self, fault: Fault | None, status: int, content: Content | None) -> None:  # noqa: PLR0911 - a line for each
        match fault:
            case Fault.CUT_AFTER:
                return self._cut()
            case Fault.CUT_MIDWAY:
                return self._half(content)
            case Fault.FAILED_AFTER:
                return self._fail(fault)
            case Fault.HTML:
                return self._send(200, b"<html>proxy</html>", "text/html")
            case Fault.BROKEN_JSON:
                return self._send(status, _bytes(content)[:-2] + b"\xff", "application/json")
            case Fault.PACKED:
                return self._send(status, _bytes(content), "application/json", **{"Content-Encoding": "gzip"})
            case Fault.ENDLESS_HEADERS:
                return self._pour(b"HTTP/1.1 200 OK\r\n", b"X-More: more\r\n" * 1000)
            case Fault.ENDLESS_BODY:
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[0"
                return self._pour(head, b",0" * 10_000)
        kind = "application/json" if status < 400 else "application/problem+json"
        if content is not None and status < 400:
            service = self.server.owner.services[self.path.split("/")[1]]
            content = _spoilt(fault, content, service)
        return self._answer(status, content, "text/plain" if fault is Fault.WRONG_TYPE else kind)

    def _answer(self, status: int, content: Content | None, kind: str = "application/json", **more: str) -> None:
        self._send(status, b"" if content is None else _bytes(content), kind, **more)

    def _send(self, status: int, content: bytes, kind: str, **more: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(content))} | more).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _half(self, content: Content | None) -> None:
        whole = _bytes(content)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(whole) + 10))
        self.end_headers()
        self.wfile.write(whole[: len(whole) // 2])
        self._cut()

    def _pour(self, head: bytes, piece: bytes) -> None:
        self.wfile.write(head)
        for _ in range(ENOUGH // len(piece)):
            self.wfile.write(piece)
        self._cut()

    def _cut(self) -> None:
        self.close_connection = True


def _spoilt(fault: Fault | None, content: Content, service: Service) -> Content:
    if service.number_field not in content and service.list_field not in content:  # 稼働状況 and the account
        return content
    return spoil(fault, content, service.list_field, service.number_field)


def _bytes(content: Content | None) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _problem(status: int, code: str) -> Content:
    return {"type": "about:blank", "status": status, "code": code, "title": code, "request_id": "second"}
