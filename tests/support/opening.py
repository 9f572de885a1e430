"""A desk opened as the program opens it, and settings of a real one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from onestop.app.opening import open_desk
from onestop.store.settings_file import Settings
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.app.opening import OpenDesk
    from onestop.app.start import Start

REAL = Settings(practice=False, services_url="https://oss.example")


@contextmanager
def opened(start: Start) -> Iterator[OpenDesk]:
    """Open the desk of a start, and close it at the end of the block."""
    desk = open_desk(start, FixedClock())
    try:
        yield desk
    finally:
        desk.close()
