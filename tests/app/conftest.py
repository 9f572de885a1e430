"""A data folder for each test of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.paths import DataFolder
from support.migrated import migrated_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module", autouse=True)
def _migrated_once() -> Iterator[None]:
    with migrated_once():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a data folder that does not exist yet."""
    return DataFolder(tmp_path / "data")
