"""F9 印刷: laying a form out in the background, showing it, and keeping how far it is moved on the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.screen import Screen
    from onestop.services.printing import Sheet
    from onestop.services.settings.form import PrintOffset


class Printing:
    """What a screen with F9 印刷 holds."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def preview(self, lay_out: Callable[[], tuple[Sheet, ...]]) -> None:
        """Lay out on a worker, then show the pages; printing starts from there alone."""
        self._screen.work("印刷を準備中", lay_out, self._show)

    def _show(self, sheets: tuple[Sheet, ...]) -> None:
        self._screen.view.preview(sheets, self._keep)

    def _keep(self, title: str, offset: PrintOffset) -> None:
        screen = self._screen
        screen.background.run(
            lambda: screen.desk().settings.remember_print_offset(title, offset),
            lambda _nothing: None,
            screen.failed,
        )
