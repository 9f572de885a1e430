"""A sandbox on a socket, for programs in processes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import SandboxServer
from onestop_sandbox.clock import MachineClock
from support.desks import a_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with a_sandbox(MachineClock()) as sandbox, SandboxServer(sandbox) as running:  # now() alone
        yield running
