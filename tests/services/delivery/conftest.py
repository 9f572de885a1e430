"""A shop of two desks, on each database that two desks can share."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from support import conformity
from support.shop import a_shared_server, a_shop, shared_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.shop import Shop


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> Iterator[Shop]:
    sharing = a_shared_server() if request.param == "PostgreSQL" else nullcontext(shared_file)
    with sharing as shared, a_shop(tmp_path, clock, sandbox, shared) as both:
        conformity.prepare_shop(both.one.room)
        yield both
