"""A sandbox whose time stands still, built as each test wants it and closed afterwards."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import DEFAULT_WORLD, Options, Sandbox, World
from support.clock import FixedClock
from support.sandbox import SandboxClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.sandbox import BuildSandbox


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def naps() -> list[float]:
    """Return the seconds that the sandbox has slept, which take none here."""
    return []


@pytest.fixture
def build(clock: FixedClock, naps: list[float]) -> Iterator[BuildSandbox]:
    with ExitStack() as stack:

        def one(world: World = DEFAULT_WORLD, **options: object) -> Sandbox:
            settings = {"clock": clock, "sleep": naps.append, **options}
            return stack.enter_context(Sandbox(world, Options(**settings)))  # type: ignore[arg-type] # named by the test

        yield one


@pytest.fixture
def sandbox(build: BuildSandbox) -> Sandbox:
    return build()


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[SandboxClient]:
    with SandboxClient(sandbox) as client:
        yield client
