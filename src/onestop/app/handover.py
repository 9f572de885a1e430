"""`onestop prepare-data`: what the setup asks of a version before that version takes over."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from onestop.app.data_key import data_key
from onestop.app.logs import Log
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.errors import DataFolderInUse, OneStopError
from onestop.store.handover import get_ready
from onestop.store.instance import claim
from onestop.store.key_check import is_sealed

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.paths import DataFolder

log = logging.getLogger(__name__)

READY: Final = 0
IN_USE: Final = 5
NOT_READY: Final = 6
"""Exit codes; windows/setup/onestop.nsi gives them on."""


def prepare_data(folder: DataFolder, clock: Clock | None = None) -> int:
    """Get the real data and those of practice ready; returns the exit code. A machine without data stays without."""
    if not folder.root.is_dir():
        return READY
    written = Log(folder.log)
    written.begin()
    written.write()
    try:
        return _prepare(folder, clock or SystemClock())
    finally:
        written.end()


def _prepare(folder: DataFolder, clock: Clock) -> int:
    try:
        instance = claim(folder)
    except DataFolderInUse:
        return IN_USE
    except OneStopError:
        log.exception("the data folder cannot be taken")
        return NOT_READY
    with instance:
        try:
            get_ready(folder, clock, data_key(Start(folder)) if is_sealed(folder) else None)
        except OneStopError:
            log.exception("the data are not ready for this version")
            return NOT_READY
        _prepare_practice(folder.practice, clock)
    return READY


def _prepare_practice(folder: DataFolder, clock: Clock) -> None:
    """Practice hinders no shop: the program itself begins it anew where it must."""
    try:
        if folder.root.is_dir():
            get_ready(folder, clock)
    except OneStopError:
        log.exception("the practice data are not ready for this version")
