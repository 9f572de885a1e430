"""申請書発行 for each test that wants it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from support.forms import IssueForms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[IssueForms]:
    """Return what opens 申請書発行, each at a desk of its own."""
    with ExitStack() as stack:
        yield IssueForms(tmp_path, stack)
