"""What databases promise is tried on each of them by the same code: imported by the conftest.py of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.databases import ON_SERVER

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {"SQLite": False, "PostgreSQL": True}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each database; one that looks into the file (mark `file`) on that alone."""
    if "each_database" in metafunc.fixturenames:
        kinds = ["SQLite"] if metafunc.definition.get_closest_marker("file") else [*KINDS]
        metafunc.parametrize("each_database", kinds, indirect=True)


@pytest.fixture
def each_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let `a_database` make databases of one kind after the other: `pytestmark = EACH`."""
    before = ON_SERVER.set(KINDS[request.param])
    yield
    ON_SERVER.reset(before)
