"""What goes with a call: its path below the address, headers, credentials, and nothing into the log."""

from __future__ import annotations

import base64
import logging

import httpx
import pytest

from onestop.errors import InvalidInput, NotConfigured
from onestop.gateway.transport import Call, Credentials, Transport
from support.ainas import CREDENTIALS
from support.calls import GET, HELLO, POST, Word, transport_to
from support.clock import FixedClock
from support.torn_server import (
    TornServer,
    read,
)


class Recorder:
    """A service in this process that says yes and keeps what it was asked."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.http = httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200, json={"word": "はい"}, headers={"Set-Cookie": "trace=1"})


@pytest.mark.parametrize(
    ("base", "full"),
    [
        ("https://oss.example", "https://oss.example/ainas/v1/filings?a=%E3%81%82%26"),
        ("https://oss.example/gate/", "https://oss.example/gate/ainas/v1/filings?a=%E3%81%82%26"),
    ],
)
def test_paths_stand_below_the_address(base: str, full: str) -> None:
    recorder = Recorder()
    with transport_to(base, recorder.http) as way:
        way.ask(Call("x", "GET", "/ainas/v1/filings", query=(("a", "あ&"),)), Word)
    assert str(recorder.requests[0].url) == full


def test_what_goes_with_a_call() -> None:
    recorder = Recorder()
    with transport_to("https://oss.example", recorder.http) as way:
        way.ask(POST, Word)
        way.ask(GET, Word)
    first, second = (request.headers for request in recorder.requests)
    assert first["Authorization"] == "Basic " + base64.b64encode("鍵-key:ひみつ-pass:word".encode()).decode()
    assert first["Content-Type"] == "application/json"
    assert first["Accept-Encoding"] == "identity"
    assert first["User-Agent"].startswith("onestop/")
    assert "Content-Type" not in second
    assert "Cookie" not in second


def test_credentials_are_asked_for_each_time_and_may_be_replaced_or_left_out() -> None:
    recorder = Recorder()
    known = [Credentials("a", "1"), Credentials("b", "2")]
    with Transport("https://oss.example", lambda: known.pop(0), clock=FixedClock(), http=recorder.http) as way:
        way.ask(GET, Word)
        way.ask(GET, Word)
        way.ask(Call("x", "GET", "/word", credentials=Credentials("c", "3")), Word)
        way.ask(Call("x", "GET", "/word", is_public=True), Word)
    sent = [request.headers.get("Authorization", "") for request in recorder.requests]
    assert [base64.b64decode(each.removeprefix("Basic ")) for each in sent] == [b"a:1", b"b:2", b"c:3", b""]


def test_without_credentials_nothing_is_sent() -> None:
    recorder = Recorder()
    with transport_to("https://oss.example", recorder.http, credentials=None) as way:
        with pytest.raises(NotConfigured) as caught:
            way.ask(GET, Word)
        assert caught.value.missing == ("api_key", "api_password")
    assert recorder.requests == []


@pytest.mark.parametrize(
    ("credentials", "field"),
    [
        (Credentials("a:b", "c"), "api_key"),
        (Credentials("a\n", "c"), "api_key"),
        (Credentials("a", "c\r\nX: y"), "api_password"),
        (Credentials("a", "\ud800"), "api_password"),
    ],
)
def test_credentials_that_basic_cannot_carry(credentials: Credentials, field: str) -> None:
    recorder = Recorder()
    with transport_to("https://oss.example", recorder.http, credentials) as way:
        with pytest.raises(InvalidInput) as caught:
            way.ask(GET, Word)
        assert [problem.field for problem in caught.value.problems] == [field]
    assert recorder.requests == []


def test_secrets_and_what_is_sent_do_not_show() -> None:
    call = Call("x", "POST", "/x", query=(("q", "古河"),), body="古河".encode(), credentials=CREDENTIALS)
    shown = f"{CREDENTIALS!r} {call!r} {CREDENTIALS}"
    assert [secret for secret in ("鍵", "ひみつ", "古河", "\\xe5") if secret in shown] == []


def test_the_http_libraries_keep_silent_about_addresses(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with TornServer(read, HELLO) as server, transport_to(server.url) as way:
        way.ask(Call("getWord", "GET", "/word", query=(("key", "8f14e45f"),)), Word)
    assert caplog.messages == ["getWord: 200, 0.000 s"]


def test_plain_http_to_another_machine_is_refused() -> None:
    with pytest.raises(InvalidInput):
        transport_to("http://oss.example")
