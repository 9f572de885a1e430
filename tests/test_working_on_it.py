"""docs/working-on-it.md leads to files that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "working-on-it.md").read_text(encoding="utf-8")
PATHS = sorted({path for path in re.findall(r"`([\w.-]+/[\w./-]+)`", PAGE) if "NNNN" not in path})
PLACES = (ROOT, ROOT / "src" / "onestop")


@pytest.mark.parametrize("path", PATHS)
def test_every_file_that_the_page_names_is_there(path: str) -> None:
    assert any((place / path).exists() for place in PLACES)


def test_the_page_names_files() -> None:
    assert len(PATHS) > 30
