"""A shop of two desks, on each database that two desks can share."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from onestop.store.postgres.backing import Server
from support import conformity
from support.desks import a_file
from support.postgres import a_server_database
from support.shop import a_shop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.store.backing import Backing
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.shop import Shop


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> Iterator[Shop]:
    with _shared(on_server=request.param == "PostgreSQL") as shared, a_shop(tmp_path, clock, sandbox, shared) as both:
        conformity.prepare_shop(both.one.room)
        yield both


@contextmanager
def _shared(*, on_server: bool) -> Iterator[Callable[[Path], Backing]]:
    if not on_server:
        yield a_file
        return
    with a_server_database() as door:
        yield lambda _file: Server(door)
