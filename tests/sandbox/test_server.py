"""The sandbox over a real socket."""

from __future__ import annotations

import http.client
import logging
import socket
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop_sandbox import Kind, Options, Sandbox, SandboxServer, Trouble
from onestop_sandbox.server import _Connection
from onestop_sandbox.web import LARGEST_BODY
from support.sandbox import FILINGS, READY, a_filing_request, a_key
from support.wine import ON_WINE

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with Sandbox(options=Options()) as sandbox, SandboxServer(sandbox) as server:
        yield server


def raw(server: SandboxServer, request: bytes) -> bytes:
    """Send bytes and return everything until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", httpx.URL(server.url).port or 0)) as wire:
        wire.sendall(request)
        return b"".join(iter(lambda: wire.recv(65536), b""))


def test_a_connection_is_kept_for_the_next_request(server: SandboxServer) -> None:
    wire = http.client.HTTPConnection("127.0.0.1", httpx.URL(server.url).port)
    wire.request("GET", "/ainas/v1/service")
    assert wire.getresponse().read().startswith(b"{")
    first = wire.sock
    wire.request("POST", FILINGS, body=b"{}", headers={"Content-Type": "application/json"})
    assert b"unauthorized" in wire.getresponse().read()
    assert wire.sock is first is not None
    wire.close()


def test_it_files_over_the_socket(server: SandboxServer) -> None:
    with httpx.Client(base_url=server.url, auth=READY) as client:
        assert client.post(FILINGS, json=a_filing_request(), headers=a_key()).status_code == 201
        found = client.get(FILINGS, params={"requester_site_code": "0812345"}).json()["filings"]
        assert [each["filing_id"] for each in found] == ["1000000011"]


@pytest.mark.parametrize("after", [False, True])
def test_a_cut_is_a_closed_socket(server: SandboxServer, after: bool) -> None:  # noqa: FBT001 - parametrized
    server.sandbox.troubles.add(Trouble(Kind.CUT, after=after))
    with httpx.Client(base_url=server.url, auth=READY) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            client.post(FILINGS, json=a_filing_request(), headers=a_key())
        assert client.get("/ainas/v1/account").status_code == 200
    assert len(server.sandbox.filings) == int(after)


def test_any_method_reaches_the_application(server: SandboxServer) -> None:
    answer = raw(server, b"BREW /ainas/v1/service HTTP/1.0\r\n\r\n")
    assert b" 405 " in answer.splitlines()[0]
    assert b"Allow: GET" in answer
    assert b"Connection: close" in answer


def test_repeated_headers_are_joined(server: SandboxServer) -> None:
    answer = raw(server, b"GET /ainas/v1/account HTTP/1.0\r\nAuthorization: Basic a\r\nAuthorization: Basic b\r\n\r\n")
    assert b" 401 " in answer.splitlines()[0]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Content-Length: %d" % (LARGEST_BODY + 1), b" 413 "),
        (b"Content-Length: many", b" 413 "),
        (b"Transfer-Encoding: chunked", b" 401 "),
        (b"a header without its colon", b" 401 "),
    ],
)
def test_a_body_without_a_clear_end_ends_the_connection(server: SandboxServer, headers: bytes, status: bytes) -> None:
    answer = raw(server, b"POST /ainas/v1/filings HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n\r\n")
    assert status in answer.splitlines()[0]
    assert b"Connection: close" in answer


def test_noise_is_not_http_and_not_logged(server: SandboxServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "onestop_sandbox.server")
    raw(server, b"\x16\x03\x01 secret noise here\r\n\r\n")
    assert "a request was not HTTP" in caplog.text
    assert "secret" not in caplog.text


def test_the_log_has_no_query(server: SandboxServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "onestop_sandbox.server")
    httpx.get(f"{server.url}/ejibai/v1/policies", params={"chassis_number": "SECRET-1"})
    server.stop()
    assert "GET /ejibai/v1/policies 401" in caplog.text
    assert "SECRET" not in caplog.text


@pytest.mark.skipif(ON_WINE, reason="Wine wakes no reader of a connection that is shut down, Windows does")
def test_stopping_ends_waits_and_open_connections_and_can_be_repeated(server: SandboxServer) -> None:
    server.sandbox.troubles.add(Trouble(Kind.DELAY, "getAccount", seconds=600, after=True))
    idle = http.client.HTTPConnection("127.0.0.1", httpx.URL(server.url).port)
    idle.request("GET", "/ainas/v1/service")
    idle.getresponse().read()
    failures: list[httpx.TransportError] = []

    def wait() -> None:
        try:
            httpx.get(f"{server.url}/ainas/v1/account", auth=READY, timeout=60)
        except httpx.TransportError as error:
            failures.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while server.sandbox.requests["ainas.getAccount"] == 0:
        time.sleep(0)
    began = time.monotonic()
    server.stop()
    server.stop()
    waiting.join()
    idle.close()
    assert time.monotonic() - began < 30
    assert len(failures) == 1
    assert not [
        each for each in threading.enumerate() if "onestop-sandbox" in each.name or "process_request" in each.name
    ]


def test_a_stopped_sandbox_can_be_served_again(server: SandboxServer) -> None:
    with httpx.Client(base_url=server.url, auth=READY) as client:
        client.post(FILINGS, json=a_filing_request(), headers=a_key())
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.url}/ainas/v1/service")
    port = httpx.URL(server.url).port or 0
    with SandboxServer(server.sandbox, port=port) as again:
        assert httpx.get(f"{again.url}{FILINGS}/1000000011", auth=READY).status_code == 200


def test_a_client_that_leaves_harms_nobody(server: SandboxServer) -> None:
    with socket.create_connection(("127.0.0.1", httpx.URL(server.url).port or 0)) as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        wire.sendall(b"GET /ainas/v1/service HTTP/1.1\r\nHost: x\r\n")
    assert httpx.get(f"{server.url}/ainas/v1/service").status_code == 200


def test_a_bug_of_the_server_is_logged(server: SandboxServer, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> list[bytes]:
        raise ZeroDivisionError

    server._server.application = broken
    with caplog.at_level("CRITICAL", "onestop_sandbox.server"), pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{server.url}/ainas/v1/service")


def test_a_taken_port_says_so(server: SandboxServer) -> None:
    with pytest.raises(OSError, match=r"use|WinError|bind"):
        SandboxServer(server.sandbox, port=httpx.URL(server.url).port or 0)


def test_other_names_are_no_methods() -> None:
    connection = object.__new__(_Connection)
    with pytest.raises(AttributeError, match="colour"):
        connection.__getattr__("colour")


def test_a_connection_that_is_gone_already_is_passed_over(server: SandboxServer) -> None:
    gone = socket.socket()
    server._server._connections.add(gone)
    server.stop()
    gone.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)
