"""When Python looks for garbage: not during a start, and from then on among new objects alone."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def nobody_looks() -> Iterator[None]:
    """Let nobody look for any until `look_again`, or the end of the block.

    What a start makes stays, and looking at it takes a twentieth of the start; a megabyte is left over.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def look_again(_outcome: object) -> None:
    """Look again, but no more at what is there now: that takes 90 ms, with the window standing still, for nothing."""
    gc.freeze()
    gc.enable()
