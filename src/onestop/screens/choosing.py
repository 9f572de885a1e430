"""Which file a window reads: the clerk chooses it, beginning in the folder used last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.screens.screen import Screen


def ask_for_file(screen: Screen, title: str, patterns: str, chosen: Callable[[Path], None]) -> None:
    """Let the clerk choose a file; what reads it remembers its folder."""

    def used_last() -> str:
        return screen.desk().settings.import_folder()  # waits for the desk: on a worker alone

    def ask(folder: str) -> None:
        screen.view.ask_open_file(title, patterns, chosen, folder)

    screen.background.run(used_last, ask, screen.failed)
