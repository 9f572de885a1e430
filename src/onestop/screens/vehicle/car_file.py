"""F11 取込 of 照会 and of 取込 itself: which file of a car is read, beginning in the folder used last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.screens.screen import Screen

TITLE: Final = "車検証の取込"
FILE_PATTERNS: Final = "車検証閲覧アプリのファイル (*.json *.csv *.xml);;すべてのファイル (*)"


def ask_for_car_file(screen: Screen, chosen: Callable[[Path], None]) -> None:
    """Let the clerk choose a file."""

    def used_last() -> str:
        return screen.desk().settings.import_folder()  # waits for the desk: on a worker alone

    def ask(folder: str) -> None:
        screen.view.ask_open_file(TITLE, FILE_PATTERNS, chosen, folder)

    screen.background.run(used_last, ask, screen.failed)
