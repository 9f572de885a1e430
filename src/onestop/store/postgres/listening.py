"""Hears what other desks change on the server, and whether it is there: one connection, on a thread of its own."""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING, Final

import psycopg

from onestop.store.pauses import pause
from onestop.store.postgres.connecting import cut
from onestop.store.postgres.telling import CHANNEL, Told, read_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onestop.store.driver import ServerConnection
    from onestop.store.postgres.connecting import Connection, Door
    from onestop.store.postgres.server_clock import ServerClock

log = logging.getLogger(__name__)

GATHERED: Final = 0.15
"""Seconds in which changes are gathered from the first on: the windows read once for a burst of them."""
BEAT: Final = 5.0
"""Seconds of silence after which the server is asked whether it is there."""
ANSWER_WITHIN: Final = 5.0
"""Seconds in which it answers that, or the line counts as cut."""
PATIENCE: Final = 10.0
"""Seconds that the thread gets at the end: it may be in the middle of connecting."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard: that the server is there, or not, and what others changed."""

    is_there: bool
    changes: tuple[Told, ...] = ()
    begins: bool = False
    """The line stands anew: whatever was changed before was missed."""


class Listening:
    """Of one opening of the desk."""

    def __init__(self, door: Door, clock: ServerClock) -> None:
        self._door, self._clock = door, clock
        self._tell: Callable[[Heard], None] = _nobody
        self._over, self._wake = Event(), Event()
        self._line: Connection | None = None
        self._thread = Thread(target=self._run, name="listening", daemon=True)

    def begin(self, tell: Callable[[Heard], None]) -> None:
        """Listen from now on; `tell` runs on the thread of this one."""
        self._tell = tell
        self._door.reached = self._wake.set
        self._thread.start()

    def end(self) -> None:
        """Listen no more, and tell nothing more."""
        self._tell = _nobody
        self._over.set()
        self._wake.set()
        line = self._line
        if line is not None:
            cut(line)
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    # --- on the thread

    def _run(self) -> None:
        failed = 0
        while not self._over.is_set():
            try:
                with closing(self._door.connect(autocommit=True)) as line:
                    self._line, failed = line, 0
                    line.execute(f"LISTEN {CHANNEL}")
                    self._tell(Heard(is_there=True, begins=True))
                    self._listen(line)
            except psycopg.Error as error:
                self._lost(error, failed)
                failed += 1

    def _listen(self, line: ServerConnection) -> None:
        while not self._over.is_set():
            heard = [*line.notifies(timeout=BEAT, stop_after=1)]
            if heard:
                heard.extend(line.notifies(timeout=GATHERED))
                self._pass_on(each.payload for each in heard)
            else:
                self._ask_whether_there(line)

    def _pass_on(self, payloads: Iterable[str]) -> None:
        told = dict.fromkeys(map(read_told, payloads))
        changes = tuple(each for each in told if each is not None and each.desk != self._door.mark)
        if changes:
            self._tell(Heard(is_there=True, changes=changes))

    def _ask_whether_there(self, line: ServerConnection) -> None:
        """Ask, and hear its time; a network that swallows everything answers nothing, and says nothing either."""
        too_late = Timer(ANSWER_WITHIN, self._door.cut)
        too_late.start()
        try:
            asked = line.execute("SELECT clock_timestamp()").fetchall()
        finally:
            too_late.cancel()
        self._clock.heard(asked[0][0])

    def _lost(self, error: psycopg.Error, failed: int) -> None:
        """Tell it, and wait; a connection that comes about elsewhere in this desk ends the pause."""
        self._wake.clear()  # before the look at the end, which sets it after that
        if self._over.is_set():
            return
        log.info("the server is gone: %s %s", type(error).__name__, error.sqlstate or "")
        self._tell(Heard(is_there=False))
        self._wake.wait(pause(failed))


def _nobody(_heard: Heard) -> None:
    """Hear nothing: nobody listens yet, or any more."""
