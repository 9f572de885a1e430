"""Keeps the program from sending a 保適証 by itself while the clerk changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.screens.screen import Screen


class Hold:
    """Held by the screen of one certificate."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._number: int | None = None

    def take(self, control_number: int | None) -> None:
        """Hold the certificate with this 管理番号, unless one is held; one that is not saved needs no hold."""
        screen = self._screen
        if self._number is None and control_number is not None:
            self._number = control_number
            screen.background.run(lambda: screen.desk().conformity.hold(control_number), _nothing, screen.failed)

    def let_go(self) -> None:
        """The program may send it again."""
        screen, number = self._screen, self._number
        if number is not None:
            self._number = None
            screen.background.run(lambda: screen.desk().conformity.release(number), _nothing, screen.failed)


def _nothing(_result: None) -> None:
    """Have nothing to tell."""
