"""When Python looks for garbage: not during a start, then among new objects alone, and among all when it is calm."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop.ui.background import QtBackground

CALM: Final = 60_000
"""Milliseconds between two moments in which all objects since the start may be looked at."""
ENOUGH: Final = 10
"""Looks at the younger objects after which that is worth it; Python itself does it then, whoever waits."""
TOO_MANY: Final = 300
"""The same after which it is done all the same: for hours of work without a calm moment."""


@contextmanager
def nobody_looks() -> Iterator[None]:
    """Let nobody look for any until `looking_again`, or the end of the block.

    What a start makes stays, and looking at it takes a twentieth of the start; a megabyte is left over.
    """
    before = gc.get_threshold()
    gc.disable()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.enable()


def looking_again(background: QtBackground) -> Callable[[object], None]:
    """Return what looks again, but no more at what is there now: that takes 90 ms, all standing still, for nothing.

    To look at all that came since then takes 20 ms and more when some hundred filings were shown and sent; the window
    and all workers stand still meanwhile. So that waits until nothing is under way.
    """

    def look_again(_outcome: object) -> None:
        gc.freeze()
        gc.set_threshold(*gc.get_threshold()[:2], TOO_MANY)
        gc.enable()
        background.after(CALM, look_at_all)

    def look_at_all() -> None:
        if not background.busy and gc.get_count()[2] >= ENOUGH:
            gc.collect()
        background.after(CALM, look_at_all)

    return look_again
