"""Access to the desk: workers wait for it until it is open."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Final

from onestop.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.opening import OpenDesk
    from onestop.screens.screen import Search
    from onestop.services.desk import Desk


ENDING: Final = "プログラムは終了しています。"


class DeskAccess:
    """Hands out the desk. It can be shut and opened again, when the connection was changed."""

    def __init__(self) -> None:
        self._opened: Future[OpenDesk] = Future()
        self._early: Future[Search | None] = Future()
        """How cars are found before the desk is open; None where that has to wait for it."""
        self._opening = False

    def desk(self) -> Desk:
        """Return the desk, waiting for it; on a worker only.

        Raises:
            OneStopError: why it could not be opened.
        """
        return self._opened.result().desk

    def search(self) -> Search:
        """Return how cars are found, waiting for the database alone; on a worker only.

        Raises:
            OneStopError: why the desk could not be opened.
        """
        early = self._early.result()
        return self.desk().vehicles.search if early is None or self._opened.done() else early

    def open_now(self) -> OpenDesk | None:
        """Return what is open now, or None; never waits."""
        return self._opened.result() if self._opened.done() and self._opened.exception() is None else None

    def stop_sending(self) -> None:
        """Do as 中止 does wherever several things are being sent; never waits."""
        opened = self.open_now()
        if opened is not None:
            opened.desk.batch.stop()
            opened.desk.relay.stop()

    def end_sending(self) -> None:
        """Send nothing more at this desk, which is about to be shut; never waits."""
        opened = self.open_now()
        if opened is not None:
            opened.desk.batch.end()
            opened.desk.relay.end()

    def announce(self) -> None:
        """Say that the desk is about to be opened; whoever waits goes on waiting."""
        self._opening = True

    def answer(self, search: Search) -> None:
        """Let cars be found from now on, while the rest of the desk is still being opened."""
        self._early.set_result(search)

    def open(self, opening: Callable[[], OpenDesk]) -> OpenDesk:
        """Open the desk, on a worker, and hand it to those who wait.

        Raises:
            OneStopError: it could not be opened; those who wait are told the same.
        """
        opened, early = self._opened, self._early
        try:
            result = opening()
        except BaseException as error:
            opened.set_exception(error)
            raise
        else:
            opened.set_result(result)
        finally:
            _answer_nothing(early)
        return result

    def give_up(self) -> None:
        """Send away those who wait for a desk that nobody is opening: the program ends."""
        if not self._opening and not self._opened.done():
            self._opened.set_exception(NotAllowed(ENDING))
            _answer_nothing(self._early)

    def shut(self) -> OpenDesk | None:
        """Hand out the desk no more; returns the desk that was open, for the caller to close."""
        opened = self.open_now()
        self._opened, self._early = Future(), Future()
        self._opening = False
        return opened


def _answer_nothing(early: Future[Search | None]) -> None:
    if not early.done():
        early.set_result(None)
