"""F9 印刷: laying a form out in the background, showing it, and keeping how far it is moved on the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.screen import Screen
    from onestop.services.printing import Sheet
    from onestop.services.settings.form import PrintOffset


def show_preview(screen: Screen, lay_out: Callable[[], tuple[Sheet, ...]]) -> None:
    """Lay out on a worker, then show the pages; printing starts from there alone."""

    def keep(title: str, offset: PrintOffset) -> None:
        screen.background.run(
            lambda: screen.desk().settings.remember_print_offset(title, offset),
            lambda _nothing: None,
            screen.failed,
        )

    screen.work("印刷を準備中", lay_out, lambda sheets: screen.view.preview(sheets, keep))
