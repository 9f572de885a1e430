"""Access to the desk: workers wait for it until it is open."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Final

from onestop.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.opening import OpenDesk
    from onestop.services.desk import Desk


ENDING: Final = "プログラムは終了しています。"


class DeskAccess:
    """Hands out the desk. It can be shut and opened again, when the connection was changed."""

    def __init__(self) -> None:
        self._opened: Future[OpenDesk] = Future()
        self._opening = False

    def desk(self) -> Desk:
        """Return the desk, waiting for it; on a worker only.

        Raises:
            OneStopError: why it could not be opened.
        """
        return self._opened.result().desk

    def open_now(self) -> OpenDesk | None:
        """Return what is open now, or None; never waits."""
        return self._opened.result() if self._opened.done() and self._opened.exception() is None else None

    def announce(self) -> None:
        """Say that the desk is about to be opened; whoever waits goes on waiting."""
        self._opening = True

    def open(self, opening: Callable[[], OpenDesk]) -> OpenDesk:
        """Open the desk, on a worker, and hand it to those who wait.

        Raises:
            OneStopError: it could not be opened; those who wait are told the same.
        """
        opened = self._opened
        try:
            result = opening()
        except BaseException as error:
            opened.set_exception(error)
            raise
        opened.set_result(result)
        return result

    def give_up(self) -> None:
        """Send away those who wait for a desk that nobody is opening: the program ends."""
        if not self._opening and not self._opened.done():
            self._opened.set_exception(NotAllowed(ENDING))

    def shut(self) -> OpenDesk | None:
        """Hand out the desk no more; returns the desk that was open, for the caller to close."""
        opened = self.open_now()
        self._opened = Future()
        self._opening = False
        return opened
