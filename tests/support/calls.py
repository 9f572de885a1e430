"""Calls of no contract, for tests of the way that all calls go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from onestop.gateway.transport import Call, Credentials, Timeouts, Transport
from support.ainas import CREDENTIALS
from support.clock import FixedClock
from support.torn_server import answer

if TYPE_CHECKING:
    import httpx


class Word(BaseModel):
    """The smallest answer there is."""

    word: str


GET = Call("getWord", "GET", "/word")
POST = Call("postWord", "POST", "/word", body=b"{}")
HELLO = answer(200, {"word": "はい"})


def transport_to(
    url: str,
    http: httpx.BaseTransport | None = None,
    credentials: Credentials | None = CREDENTIALS,
    patience: float = 10,
) -> Transport:
    """Return a way to an address, or to what answers in this process; the caller closes it."""
    return Transport(url, lambda: credentials, clock=FixedClock(), http=http, timeouts=Timeouts(read=patience))
