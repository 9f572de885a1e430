"""When a window shows its screen: whenever that is asked for, and once for all that one key or one result asks for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Showing:
    """Calls what shows a screen, which costs milliseconds. What is asked for while it is shown leads to one more."""

    def __init__(self, show: Callable[[], None]) -> None:
        self._show = show
        self._is_asked = False
        self._is_under_way = False
        self._held_by = 0
        """How many blocks are under way that show it at their end."""

    def ask(self) -> None:
        """Show the screen now, or at the end of the block that holds it."""
        self._is_asked = True
        if not self._held_by:
            self.catch_up()

    def catch_up(self) -> None:
        """Show what was asked for and not shown yet, also within a block."""
        if self._is_under_way:
            return
        self._is_under_way = True
        try:
            while self._is_asked:
                self._is_asked = False
                self._show()
        finally:
            self._is_under_way = False

    @contextmanager
    def once(self) -> Iterator[None]:
        """Show the screen at the end of the block, however often it is asked for meanwhile, and only if it is."""
        self._held_by += 1
        try:
            yield
        finally:
            self._held_by -= 1
            if not self._held_by:
                self.catch_up()
