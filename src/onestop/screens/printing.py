"""F10 印刷: laying a form out in the background, showing it, and keeping how far it is moved on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.documents.layout import LaidOut
    from onestop.screens.screen import Screen
    from onestop.services.settings_form import PrintOffset


@dataclass(frozen=True, slots=True)
class _Prepared:
    document: LaidOut
    offset: PrintOffset


class Printing:
    """What a screen with F10 印刷 holds."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def preview(self, lay_out: Callable[[], LaidOut]) -> None:
        """Lay out on a worker, then show the pages; printing starts from there alone."""
        screen = self._screen

        def job() -> _Prepared:
            document = lay_out()
            return _Prepared(document, screen.desk().settings.print_offset(document.title))

        screen.work("印刷の準備をしています", job, self._show)

    def _show(self, prepared: _Prepared) -> None:
        title = prepared.document.title

        def keep(offset: PrintOffset) -> None:
            settings = self._screen.desk
            self._screen.background.run(
                lambda: settings().settings.remember_print_offset(title, offset),
                lambda _nothing: None,
                self._screen.failed,
            )

        self._screen.view.preview(prepared.document, prepared.offset, keep)
