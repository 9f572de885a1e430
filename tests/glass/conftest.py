"""A screen with the real program on it; where no X server can be had, the tests say so and are left out."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from glass.dark import in_the_dark
from glass.desk import Desk, a_desk
from glass.display import a_display, missing
from glass.input_method import typing_japanese, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = "ONESTOP_GLASS"
"""Names the folder in which the pictures are kept; `dev.py glass` says which."""


class Open(Protocol):
    """Puts up a screen of a size with the program on it, its text so many percent of the usual.

    `arrives` is a folder that 照会 watches.
    """

    def __call__(
        self,
        size: str = "1280x800",
        percent: int = 100,
        *,
        japanese: bool = False,
        dark: bool = False,
        arrives: Path | None = None,
    ) -> Desk: ...


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Open]:
    """Open a desk on a screen of its own; both are gone after the test."""
    lacking = missing()
    if lacking:
        pytest.skip(f"nobody looked at the glass: {', '.join(lacking)} not found")
    pictures = Path(os.environ.get(PICTURES, tmp_path))
    with ExitStack() as stack:

        def put_up(
            size: str = "1280x800",
            percent: int = 100,
            *,
            japanese: bool = False,
            dark: bool = False,
            arrives: Path | None = None,
        ) -> Desk:
            glass = stack.enter_context(a_display(size, tmp_path, pictures))
            if japanese:
                glass = stack.enter_context(typing_japanese(glass, tmp_path))
            if dark:
                glass = in_the_dark(glass, tmp_path)
            return stack.enter_context(a_desk(glass, tmp_path / "data", percent, arrives))

        yield put_up


@pytest.fixture
def open_japanese(open_desk: Open) -> Desk:
    """Open a desk at which Japanese is typed."""
    reason = why_not()
    if reason:
        pytest.skip(f"nobody typed with Mozc: {reason}")
    return open_desk(japanese=True)
