"""Keeps an ear at the port that 設定 names: begins when one is set, and changes with it."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.desk_access import DeskAccess
    from onestop.errors import OneStopError
    from onestop.screens.ports import Background, Ticket

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 3 * 1000
"""Milliseconds between two looks into 設定."""
PATIENCE: Final = 1.0
"""Seconds that the thread gets to let go of a port; it ends with the process in any case."""


class PortWatch:
    """A thread of its own waits at the port: a worker would be busy for ever."""

    def __init__(self, background: Background, desk_access: DeskAccess, sent: Callable[[bytes], None]) -> None:
        """`sent` hears, on the GUI thread, what each symbol holds."""
        self._background = background
        self._desk_access = desk_access
        self._sent = sent
        self._name = ""
        self._thread: Thread | None = None
        self._stop = Event()
        self._next: Ticket = background.after(LOOK_EVERY, self._look)
        self._asked = self._next

    def stop(self) -> None:
        """Hear no more."""
        self._next.drop()
        self._asked.drop()
        self._listen_at("")

    def _look(self) -> None:
        self._next = self._background.after(LOOK_EVERY, self._look)
        opened = self._desk_access.open_now()
        if opened is not None:
            self._asked = self._background.run(opened.desk.settings.scanner_port, self._listen_at, self._not_read)

    def _not_read(self, error: OneStopError) -> None:
        log.info("the scanner's port: %s", type(error).__name__)

    def _listen_at(self, name: str) -> None:
        if name == self._name:
            return
        self._stop.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        self._name, self._thread, self._stop = name, None, Event()
        if name:
            from onestop.documents.scanner_port import ScannerPort  # noqa: PLC0415 - few shops have one

            port = ScannerPort(name, self._heard, self._stands, self._stop)
            self._thread = Thread(target=port.listen, name="scanner", daemon=True)
            self._thread.start()

    def _heard(self, content: bytes) -> None:
        """Come from the thread to the GUI."""
        self._background.hand_over(lambda: self._sent(content))

    def _stands(self, there: bool) -> None:  # noqa: FBT001 - as ScannerPort tells it
        log.debug("the scanner is %s", "there" if there else "not there")
