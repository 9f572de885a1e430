"""Transports to a service that stands in, closed after the test."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from onestop.gateway.transport import Transport
from support.ainas import CREDENTIALS
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.contract import Service


@pytest.fixture
def transport_to() -> Iterator[Callable[[Service], Transport]]:
    with ExitStack() as stack:

        def make(service: Service) -> Transport:
            transport = Transport("https://oss.example", lambda: CREDENTIALS, clock=FixedClock(), http=service.http)
            return stack.enter_context(transport)

        yield make
