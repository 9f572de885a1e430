"""Serves a sandbox over a socket: HTTP/1.1 with keep-alive, a thread for each connection, nothing left when it stops.

Werkzeug's own server closes each connection after one answer, so the few lines of HTTP stand here.
"""

from __future__ import annotations

import io
import logging
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from werkzeug.test import run_wsgi_app

from onestop_sandbox.trouble import ConnectionCut
from onestop_sandbox.web import LARGEST_BODY, app_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

    from onestop_sandbox.sandbox import Sandbox

LOG = logging.getLogger("onestop_sandbox.server")
_POLL = 0.02
"""Seconds until a server notices that it shall stop."""


class _Connection(BaseHTTPRequestHandler):
    """One connection, request after request."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "onestop-sandbox"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 65536  # an answer goes out in one piece

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):  # every method, known or not, is the application's to answer
            return self._serve
        raise AttributeError(name)

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # the client left
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except ConnectionError:  # the client left before the answer was out
            self.rfile.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401, ARG002 - http.server's signature
        """Say nothing of what came: it may be somebody's data."""
        LOG.info("a request was not HTTP")

    def _serve(self) -> None:
        began = time.perf_counter()
        try:
            body, status, headers = run_wsgi_app(self.server.application, self._environ(), buffered=True)
        except ConnectionCut:
            self.close_connection = True
            LOG.info("%s %s cut", self.command, self._path)
            return
        content = b"".join(body)
        code, _, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
        LOG.info("%s %s %s %.0f ms", self.command, self._path, code, (time.perf_counter() - began) * 1000)

    @property
    def _path(self) -> str:
        return self.path.partition("?")[0]

    def _environ(self) -> WSGIEnvironment:
        target = urlsplit(self.path)
        body = self._body()
        environ: WSGIEnvironment = {
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(target.path, "iso-8859-1"),
            "QUERY_STRING": target.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(self._length) if self._length > LARGEST_BODY else str(len(body)),
            "REMOTE_ADDR": str(self.client_address[0]),
            "SERVER_NAME": str(self.server.server_address[0]),
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
        }
        for name, value in self.headers.items():
            key = f"HTTP_{name.upper().replace('-', '_')}"
            if key not in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
                environ[key] = f"{environ[key]},{value}" if key in environ else value
        return environ

    @property
    def _length(self) -> int:
        text = self.headers.get("Content-Length", "0")
        return int(text) if text.isascii() and text.isdigit() else LARGEST_BODY + 1

    def _body(self) -> bytes:
        """Read the body; where its end can't be known, the connection ends with the answer."""
        unclear = "Transfer-Encoding" in self.headers or self.headers.defects
        if unclear or self._length > LARGEST_BODY:
            self.close_connection = True
            return b""
        return self.rfile.read(self._length)


class _Server(ThreadingHTTPServer):
    """Knows its open connections, so that stopping leaves none."""

    daemon_threads = False
    allow_reuse_address = sys.platform != "win32"  # on Windows it would let two programs share a port
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], application: WSGIApplication) -> None:
        self.application = application
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, _Connection)

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer's asks the name service for our own name, which can take seconds

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's signature
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - socketserver's signature
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 - socketserver's signature
        LOG.error("the sandbox's server has a bug", exc_info=sys.exc_info())

    def drop(self) -> None:
        """End every connection."""
        with self._lock:
            for each in self._connections:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:  # the other side was quicker
                    continue


class SandboxServer:
    """A sandbox on a port, in threads of its own; the sandbox itself stays open when the server stops."""

    def __init__(self, sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> None:
        """Port 0 takes a free one. Raises OSError where the port is taken."""
        self.sandbox = sandbox
        self._host = host
        self._server = _Server((host, port), app_of(sandbox))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), name="onestop-sandbox")
        sandbox.resume()
        self._thread.start()

    @property
    def url(self) -> str:
        """Return where it answers, without a slash at the end."""
        return f"http://{self._host}:{self._server.server_address[1]}"

    def stop(self) -> None:
        """Stop answering; requests on their way are ended, waits are cut short. A second call does nothing."""
        self._server.shutdown()
        self._server.drop()
        self.sandbox.interrupt()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.stop()
