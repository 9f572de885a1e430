"""Reading a Retry-After, and failures that no server on this machine can be made to cause."""

from __future__ import annotations

import httpx
import pytest
import respx

from onestop.errors import NoAnswer, NotReached, ServiceError
from onestop.gateway.transport import Call, Transport
from onestop.gateway.verdict import LONGEST_WAIT, seconds
from support.ainas import CREDENTIALS
from support.clock import FixedClock

NOW = FixedClock().now()


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        (None, None),
        ("", None),
        ("0", 0),
        (" 120 ", 120),
        ("-5", None),
        ("1.5", None),
        ("٣", None),  # a digit, but not an ASCII one
        ("9" * 5000, None),
        ("soon", None),
        ("Tue, 24 Nov 2026 00:15:30 GMT", 30),
        ("Tue, 24 Nov 2026 00:15:30 -0000", 30),
        ("Tue, 24 Nov 2026 09:16:00 +0900", 60),
        ("Mon, 23 Nov 2026 00:00:00 GMT", 0),
        ("Tue, 24 Nov 99999999999999999999 00:15:30 GMT", None),
        ("Tue, 99 Nov 2026 00:15:30 GMT", None),
        ("999999999", LONGEST_WAIT),
        ("9" * 18, LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 -1200", LONGEST_WAIT),
        ("Mon, 01 Jan 0001 00:00:00 +1400", 0),
    ],
)
def test_retry_after(text: str | None, wait: int | None) -> None:
    assert seconds(text, NOW) == wait


@pytest.mark.parametrize(
    ("failure", "meaning", "detail"),
    [
        (httpx.ConnectTimeout, NotReached, "timeout"),
        (httpx.PoolTimeout, NotReached, "timeout"),
        (httpx.ConnectError, NotReached, "connection"),
        (httpx.ProxyError, NotReached, "proxy"),
        (httpx.LocalProtocolError, NotReached, "connection"),
        (httpx.UnsupportedProtocol, NotReached, "connection"),
        (httpx.ReadTimeout, NoAnswer, "timeout"),
        (httpx.WriteTimeout, NoAnswer, "timeout"),
        (httpx.WriteError, NoAnswer, "cut"),
        (httpx.ReadError, NoAnswer, "cut"),
        (httpx.CloseError, NoAnswer, "cut"),
        (httpx.RemoteProtocolError, NoAnswer, "cut"),
    ],
)
def test_a_torn_wire_that_reports_no_steps(
    failure: type[httpx.TransportError], meaning: type[ServiceError], detail: str
) -> None:
    with respx.mock() as router, Transport("https://oss.example", lambda: CREDENTIALS, clock=FixedClock()) as transport:
        route = router.post("https://oss.example/x").mock(side_effect=failure("秘密"))
        with pytest.raises(ServiceError) as caught:
            transport.tell(Call("submitFiling", "POST", "/x", body=b"{}"))
    assert route.call_count == 1
    assert type(caught.value) is meaning
    assert caught.value.detail == detail
    assert caught.value.__context__ is None
