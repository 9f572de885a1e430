"""A loopback server that follows a script: it answers, cuts, stalls or speaks TLS, and remembers what reached it."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import struct
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self


class Guest:
    """One connection that a client opened."""

    def __init__(self, line: socket.socket, requests: list[bytes]) -> None:
        self.line = line
        self._requests = requests

    def read(self) -> None:
        """Read one whole request and remember it."""
        head = b""
        while b"\r\n\r\n" not in head:
            head += self._more()
        head, _, body = head.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        while found and len(body) < int(found[1]):
            body += self._more()
        self._requests.append(head + b"\r\n\r\n" + body)

    def _more(self) -> bytes:
        piece = self.line.recv(65536)
        if not piece:
            raise ConnectionError("the client left")
        return piece


def read(guest: Guest) -> None:
    """Receive a whole request: from here on the server may have acted."""
    guest.read()


def read_a_byte(guest: Guest) -> None:
    """Receive the beginning of a request."""
    guest.line.recv(1)


def read_a_piece(guest: Guest) -> None:
    """Receive whatever comes at once."""
    guest.line.recv(65536)


def stall(guest: Guest) -> None:
    """Say nothing until the client gives up."""
    with contextlib.suppress(ConnectionError):
        while guest.line.recv(65536):
            pass


def leave(guest: Guest) -> None:
    """Close the connection in order."""
    guest.line.close()


def cut(guest: Guest) -> None:
    """Tear the connection (RST)."""
    guest.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    guest.line.close()


def send(raw: bytes) -> Callable[[Guest], None]:
    """Return the step that sends just this."""
    return lambda guest: guest.line.sendall(raw)


def answer(
    status: int, content: object = None, media_type: str = "application/json", *headers: str
) -> Callable[[Guest], None]:
    """Return the step that answers with bytes as they are, or with anything else as JSON; None has no content."""
    return send(answer_bytes(status, content, media_type, *headers))


def answer_bytes(status: int, content: object = None, media_type: str = "application/json", *headers: str) -> bytes:
    """Return an answer as it goes over the wire."""
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *headers]
    if content is None:
        body = b""
    else:
        lines.append(f"Content-Type: {media_type}")
    if status != HTTPStatus.NO_CONTENT:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


class TornServer:
    """Plays the same steps to every connection, one connection after the other."""

    def __init__(self, *steps: Callable[[Guest], None], tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._steps = steps
        self._tls = tls
        self._is_open = True
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="torn server")

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._is_open = False
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes accept()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            line, _ = self._listener.accept()
            if not self._is_open:
                line.close()
                return
            self.connections += 1
            with contextlib.suppress(OSError):  # a client that leaves early is part of the play
                self._play(line)

    def _play(self, line: socket.socket) -> None:
        with line if self._tls is None else self._tls.wrap_socket(line, server_side=True) as open_line:
            guest = Guest(open_line, self.requests)
            for step in self._steps:
                step(guest)


def closed_port() -> int:
    """Return a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
