"""Links, where the system has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def link(path: Path, target: Path) -> None:
    """Make a link that leads somewhere; without one, there is nothing to test."""
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("Windows wants a right for links")
    if path.resolve() != target.resolve():
        pytest.skip("Wine makes links that its Windows side does not see")
