"""The way out: TLS, the proxy, kept connections, and limits of size and time."""

from __future__ import annotations

import base64
import contextlib
import select
import ssl
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest
import trustme

from onestop.clock import SystemClock
from onestop.errors import ContractBroken, NoAnswer, NotReached
from onestop.gateway.line import Deadline, LineTransport
from onestop.gateway.transport import LIMITS, MAX_ANSWER, Call, Timeouts, Transport, tls_context
from support.ainas import CREDENTIALS
from support.calls import GET, HELLO, POST, Word, transport_to
from support.clock import FixedClock
from support.torn_server import (
    TornServer,
    answer,
    answer_bytes,
    cut,
    leave,
    read,
    read_a_byte,
    read_a_piece,
    send,
    stall,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.torn_server import Guest


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def trust(authority: trustme.CA, folder: Path, patch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    patch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))


def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(authority: trustme.CA) -> None:
    with TornServer(read, HELLO, tls=server_context(authority, "localhost")) as server:
        by_name = server.url.replace("127.0.0.1", "localhost")  # Wine finds no address in a certificate
        with transport_to(by_name) as way, pytest.raises(NotReached) as caught:
            way.ask(POST, Word)
        assert str(caught.value.detail).startswith("tls: unknown authority")
    assert server.requests == []


on_openssl = pytest.mark.skipif(
    sys.platform != "linux", reason="SSL_CERT_FILE adds no authority to this system's store"
)


@on_openssl
def test_a_certificate_of_another_name_is_refused(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with (
        TornServer(read, HELLO, tls=server_context(authority, "other.example")) as server,
        transport_to(server.url) as way,
    ):
        with pytest.raises(NotReached) as caught:
            way.ask(POST, Word)
        assert str(caught.value.detail).startswith("tls: other name")
    assert server.requests == []


@on_openssl
def test_a_certificate_of_the_machines_own_store_is_trusted_and_no_session_key_is_written(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    with TornServer(read, HELLO, tls=server_context(authority, "127.0.0.1")) as server, transport_to(server.url) as way:
        assert way.ask(POST, Word).word == "はい"
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("steps", [(leave,), (read_a_byte, cut), (send(b"HTTP/1.1 400 Bad Request\r\n\r\n"), leave)])
def test_a_server_that_speaks_no_tls_is_not_reached(steps: tuple[Callable[[Guest], None], ...]) -> None:
    with TornServer(*steps) as server, transport_to(server.url.replace("http:", "https:")) as way:
        with pytest.raises(NotReached) as caught:
            way.ask(POST, Word)
        assert caught.value.detail in {"tls: other", "connection"}


@pytest.mark.parametrize(
    ("steps", "detail"),
    [
        ((read, answer(407, b"<html>", "text/html")), "proxy"),
        ((read, answer(502, b"<html>", "text/html")), "proxy"),
        ((read, stall), "timeout"),
        ((read, leave), "connection"),
        ((read, send(b"HTTP/1.1 200 OK\r\n\r\n"), read_a_piece, leave), "tls: other"),
        ((read, send(b"HTTP/1.1 200 OK\r\n\r\n"), read_a_piece, send(b"no TLS"), leave), "tls: other"),
    ],
)
def test_a_proxy_that_does_not_let_through_is_not_the_service(
    steps: tuple[Callable[[Guest], None], ...], detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TornServer(*steps) as proxy:
        for name in ("NO_PROXY", "no_proxy", "https_proxy"):  # first: to Windows this is the name that is set then
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        patience = 0.1 if stall in steps else 10
        with transport_to("https://ainas.example", patience=patience) as way, pytest.raises(NotReached) as caught:
            way.ask(POST, Word)
        assert caught.value.detail == detail
    assert len(proxy.requests) == 1
    assert proxy.requests[0].startswith(b"CONNECT ainas.example:443 ")
    assert b"Authorization" not in proxy.requests[0]


def test_a_proxy_is_told_its_own_name_and_password() -> None:
    with TornServer(read, HELLO) as server:
        proxy = httpx.Proxy(server.url, auth=("name", "secret"))
        with LineTransport(Deadline(FixedClock().monotonic), tls_context(), proxy, LIMITS) as lines:
            answered = lines.handle_request(httpx.Request("GET", "http://ainas.example/word"))
            assert answered.read() == answer_bytes(200, {"word": "はい"}).partition(b"\r\n\r\n")[2]
    assert server.requests[0].startswith(b"GET http://ainas.example/word ")
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"name:secret") in server.requests[0]


@pytest.mark.parametrize("call", [GET, POST])
def test_a_kept_connection_that_is_cut_gives_no_answer_and_is_not_tried_again(call: Call) -> None:
    with TornServer(read, HELLO, read_a_byte, cut) as server, transport_to(server.url) as way:
        way.ask(call, Word)
        with pytest.raises(NoAnswer) as caught:
            way.ask(call, Word)
        assert caught.value.detail == "cut"
    assert (server.connections, len(server.requests)) == (1, 1)


def test_a_kept_connection_is_used_again() -> None:
    with TornServer(read, HELLO, read, HELLO) as server, transport_to(server.url) as way:
        assert [way.ask(POST, Word).word, way.ask(GET, Word).word] == ["はい", "はい"]
    assert (server.connections, len(server.requests)) == (1, 2)


def test_an_answer_too_long_is_not_read_to_its_end() -> None:
    pieces_read = []

    def endless(request: httpx.Request) -> httpx.Response:
        def pieces() -> Iterator[bytes]:
            while True:
                pieces_read.append(request)
                yield b" " * (MAX_ANSWER // 4)

        return httpx.Response(200, headers={"Content-Type": "application/json"}, content=pieces())

    with transport_to("https://oss.example", httpx.MockTransport(endless)) as way:
        with pytest.raises(ContractBroken) as caught:
            way.ask(GET, Word)
        assert caught.value.detail == "too long"
    assert len(pieces_read) == 5


@pytest.mark.parametrize(
    "headers",
    [
        [f"X-{number}: a" for number in range(10_000)],
        [f"X-{number}: a" for number in range(101)],
        [f"X: {'a' * 20_000}"],
    ],
    ids=["10,000", "101", "a long one"],
)
def test_an_answer_with_too_many_or_too_long_headers_is_none(headers: list[str]) -> None:
    with (
        TornServer(read, answer(200, {"word": "はい"}, "application/json", *headers)) as server,
        transport_to(server.url) as way,
    ):
        with pytest.raises(ContractBroken) as caught:
            way.ask(GET, Word)
        assert caught.value.detail == "too many headers"
        assert len(server.requests) == 1


def test_an_answer_that_drips_is_given_up() -> None:
    clock = FixedClock()

    def dripping(_: httpx.Request) -> httpx.Response:
        def pieces() -> Iterator[bytes]:
            while True:
                clock.advance(seconds=50)
                yield b" "

        return httpx.Response(200, headers={"Content-Type": "application/json"}, content=pieces())

    with (
        Transport("https://oss.example", lambda: CREDENTIALS, clock=clock, http=httpx.MockTransport(dripping)) as way,
        pytest.raises(NoAnswer) as caught,
    ):
        way.ask(GET, Word)
    assert caught.value.detail == "timeout"
    assert clock.monotonic() == FixedClock().monotonic() + 150


def bit_by_bit(piece: bytes) -> Callable[[Guest], None]:
    """Return the step that sends the same bytes again and again until the client leaves."""

    def step(guest: Guest) -> None:
        with contextlib.suppress(OSError):
            while not select.select([guest.line], [], [], 0.01)[0]:
                guest.line.sendall(piece)

    return step


@pytest.mark.parametrize(
    "steps",
    [
        (bit_by_bit(b"HTTP/1.1 100 Continue\r\n\r\n"),),
        (send(b"HTTP/1.1 200 OK\r\nX-Slow: "), bit_by_bit(b"x")),
        (send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"), bit_by_bit(b" ")),
    ],
    ids=["100 Continue without end", "slow head", "slow body"],
)
def test_an_answer_that_comes_bit_by_bit_is_given_up_in_time(steps: tuple[Callable[[Guest], None], ...]) -> None:
    started = time.monotonic()
    with (
        TornServer(read, *steps) as server,
        Transport(server.url, lambda: CREDENTIALS, clock=SystemClock(), timeouts=Timeouts(total=0.2)) as way,
    ):
        with pytest.raises(NoAnswer) as caught:
            way.ask(POST, Word)
        way.close()  # or the server would wait for the client to leave
    assert caught.value.detail == "timeout"
    assert 0.2 <= time.monotonic() - started < 5


def test_a_call_whose_time_is_up_before_it_has_a_line_is_not_sent() -> None:
    with (
        TornServer(read, HELLO) as server,
        Transport(server.url, lambda: CREDENTIALS, clock=SystemClock(), timeouts=Timeouts(total=-1)) as way,
        pytest.raises(NotReached) as caught,
    ):
        way.ask(POST, Word)
    assert caught.value.detail == "timeout"
    assert server.requests == []


def test_the_deadline_is_that_of_the_call_alone() -> None:
    deadline = Deadline(FixedClock().monotonic)
    assert deadline.shorten(5, TimeoutError) == 5
    with deadline.at(FixedClock().monotonic() + 3):
        assert [deadline.shorten(5, TimeoutError), deadline.shorten(None, TimeoutError)] == [3, 3]
    assert deadline.shorten(None, TimeoutError) is None


@pytest.mark.parametrize("place", ["mailto:help@oss.example", "http://xn--0/", "//[", "/elsewhere"])
def test_a_redirect_is_an_answer_that_no_contract_knows_wherever_it_leads(place: str) -> None:
    redirect = answer(302, b"", "text/html", f"Location: {place}")
    with TornServer(read, redirect) as server, transport_to(server.url) as way:
        with pytest.raises(ContractBroken) as caught:
            way.ask(POST, Word)
        assert caught.value.detail == "HTTP 302"
    assert len(server.requests) == 1


def test_a_transport_that_was_closed_reaches_nobody() -> None:
    with TornServer(read, HELLO) as server:
        way = transport_to(server.url)
        way.close()
        with pytest.raises(NotReached) as caught:
            way.ask(POST, Word)
    assert caught.value.detail == "closed"
    assert server.requests == []


def test_a_bug_of_a_service_in_this_process_is_a_bug() -> None:
    def broken(_: httpx.Request) -> httpx.Response:
        raise RuntimeError("a bug")

    with (
        transport_to("https://oss.example", httpx.MockTransport(broken)) as way,
        pytest.raises(RuntimeError, match="a bug"),
    ):
        way.ask(GET, Word)
