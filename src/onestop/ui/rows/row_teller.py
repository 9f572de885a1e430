"""Puts what is cut in the current row of a list into the strip, and takes it back once another row is current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from onestop.screens.screen import Screen
    from onestop.ui.rows.view import RowsView


class RowTeller(QObject):
    """Of one list."""

    def __init__(self, view: RowsView, screen: Screen) -> None:
        super().__init__(view)
        self._screen = screen
        self._told = ""
        view.told.connect(self._tell)

    def _tell(self, text: str) -> None:
        if text:
            self._told = text
            self._screen.say(text)
        elif self._told and self._screen.message is not None and self._screen.message.text == self._told:
            self._told = ""
            self._screen.quiet()
