"""What databases promise is tried on each of them by the same code: imported by the conftest.py of a folder."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from support.databases import KIND, KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from onestop.store.database import Database


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each database; one that looks into the file (mark `file`) on that alone."""
    if "each_database" in metafunc.fixturenames:
        kinds = KINDS[:1] if metafunc.definition.get_closest_marker("file") else KINDS
        metafunc.parametrize("each_database", kinds, indirect=True)


@pytest.fixture
def each_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let `a_database` make databases of one kind after the other: `pytestmark = EACH`."""
    before = KIND.set(request.param)
    yield
    KIND.reset(before)


@contextmanager
def one_of_each_kind(make: Callable[[], AbstractContextManager[Database]]) -> Iterator[Callable[[], Database]]:
    """Give what returns a database of the present kind, made once: for the many tests of a module that only look."""
    made: dict[str, Database] = {}
    with ExitStack() as stack:

        def of_this_kind() -> Database:
            if KIND.get() not in made:
                made[KIND.get()] = stack.enter_context(make())
            return made[KIND.get()]

        yield of_this_kind
