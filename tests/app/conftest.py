"""A data folder for each test of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.paths import DataFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a data folder that does not exist yet."""
    return DataFolder(tmp_path / "data")
