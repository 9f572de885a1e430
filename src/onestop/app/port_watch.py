"""Keeps an ear at the port that 設定 names: begins when one is set, and changes with it."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from onestop.services.settings.form import NO_LINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.desk_access import DeskAccess
    from onestop.errors import OneStopError
    from onestop.screens.ports import Background, Ticket
    from onestop.services.settings.form import ScannerLine

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 3 * 1000
"""Milliseconds between two looks into 設定."""
PATIENCE: Final = 1.0
"""Seconds that the thread gets to let go of a port; it ends with the process in any case."""


class PortWatch:
    """A thread of its own waits at the port: a worker would be busy for ever."""

    def __init__(
        self,
        background: Background,
        desk_access: DeskAccess,
        sent: Callable[[bytes], None],
        stands: Callable[[str, bool], None],
    ) -> None:
        """`sent` hears, on the GUI thread, what each symbol holds, and `stands` of a port that comes or goes."""
        self._background = background
        self._desk_access = desk_access
        self._sent = sent
        self._stands = stands
        self._line = NO_LINE
        self._there: bool | None = None
        """As it was told last; None: nothing was."""
        self._thread: Thread | None = None
        self._stop = Event()
        self._next: Ticket = background.after(LOOK_EVERY, self._look)
        self._asked = self._next

    def stop(self) -> None:
        """Hear no more."""
        self._next.drop()
        self._asked.drop()
        self._listen_at(NO_LINE)

    def _look(self) -> None:
        self._next = self._background.after(LOOK_EVERY, self._look)
        opened = self._desk_access.open_now()
        if opened is not None:
            self._asked = self._background.run(opened.desk.settings.scanner_line, self._listen_at, self._not_read)

    def _not_read(self, error: OneStopError) -> None:
        log.info("the scanner's port: %s", type(error).__name__)

    def _listen_at(self, line: ScannerLine) -> None:
        if line == self._line:
            return
        self._stop.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        self._line, self._thread, self._stop, self._there = line, None, Event(), None
        self._stands(line.port, False)  # noqa: FBT003 - as it is told
        if line.port:
            from onestop.documents.scanner_port import ScannerPort  # noqa: PLC0415 - few shops have one

            stop = self._stop
            port = ScannerPort(line.port, line.speed, self._heard, lambda there: self._stood(stop, there=there), stop)
            self._thread = Thread(target=port.listen, name="scanner", daemon=True)
            self._thread.start()

    def _heard(self, content: bytes) -> None:
        """Come from the thread to the GUI."""
        self._background.hand_over(lambda: self._sent(content))

    def _stood(self, stop: Event, *, there: bool) -> None:
        """Come from the thread to the GUI with news alone: a port that is away is tried every second."""
        if there != self._there:
            self._there = there
            port = self._line.port
            self._background.hand_over(lambda: None if stop.is_set() else self._stands(port, there))
