"""Who sits at the desk: asks at the start, and locks the desk after a while without a key where the shop wants it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from onestop.screens.places import SignInPlace
from onestop.ui.touches import Touches

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from onestop.app.windows import Windows
    from onestop.errors import OneStopError
    from onestop.screens.ports import Background, Ticket
    from onestop.services.desk import Desk

log = logging.getLogger(__name__)

MINUTE: Final = 60 * 1000
"""Milliseconds."""
LOCKED: Final = "しばらく操作がなかったため、施錠しました。"


class Seat:
    """Where the shop has no operators it does nothing, and watches no keys where nothing is locked."""

    def __init__(self, app: QApplication, background: Background, windows: Windows) -> None:
        self._background, self._windows = background, windows
        self._touches = Touches(app)
        self._desk: Desk | None = None
        self._still = 0
        """Minutes since somebody touched anything."""
        self._round: Ticket | None = None

    def begin(self, desk: Desk) -> None:
        """Ask who is there, once a desk is open."""
        self._desk = desk
        self._background.run(lambda: desk.operators.present().is_used, self._opened, _quietly)
        self._round = self._background.after(MINUTE, self._look)

    def end(self) -> None:
        """Watch no more."""
        self._desk = None
        if self._round is not None:
            self._round.drop()
        self._touches.watch(wanted=False)

    def _opened(self, is_used: bool) -> None:  # noqa: FBT001 - the answer of a job
        if is_used and not self._windows.over:
            self._windows.show(SignInPlace())

    def _look(self) -> None:
        desk = self._desk
        if desk is not None:
            self._background.run(lambda: _minutes(desk), self._count, _quietly)
            self._round = self._background.after(MINUTE, self._look)

    def _count(self, minutes: int) -> None:
        """Count a minute in which nobody touched anything, and lock at the last of them."""
        touched = self._touches.taken()
        self._touches.watch(wanted=minutes > 0)
        self._still = 0 if touched or not minutes else self._still + 1
        if minutes and self._still >= minutes and not self._windows.over:
            self._still = 0
            self._windows.show(SignInPlace(LOCKED))


def _minutes(desk: Desk) -> int:
    """Return after how many minutes the desk is locked; 0 where it is not, or nobody is signed in."""
    return desk.settings.lock_minutes() if desk.operators.present().right is not None else 0


def _quietly(error: OneStopError) -> None:
    log.info("who sits here: %s", type(error).__name__)
