"""F11 取込 of 照会 and of 取込 itself: which file of a car is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.choosing import ask_for_file
from onestop.screens.places import ImportPlace, ScanPlace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.screens.places import Place
    from onestop.screens.screen import Screen

TITLE: Final = "車検証の取込"
FILE_PATTERNS: Final = "車検証閲覧アプリのファイル (*.json *.csv *.xml);;すべてのファイル (*)"
PICTURE_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".gif", ".pdf")
PICTURES: Final = f"画像・PDF ({' '.join(f'*{ending}' for ending in PICTURE_ENDINGS)});;すべてのファイル (*)"


def places_of(paths: tuple[Path, ...]) -> tuple[Place, ...]:
    """Return where files of cars are read: pictures in QR読取, those of the 車検証閲覧アプリ in 取込."""
    pictures = tuple(path for path in paths if path.suffix.lower() in PICTURE_ENDINGS)
    others = tuple(path for path in paths if path not in pictures)
    return (*((ImportPlace(others),) if others else ()), *((ScanPlace(files=pictures),) if pictures else ()))


def ask_for_car_file(screen: Screen, chosen: Callable[[Path], None], patterns: str = FILE_PATTERNS) -> None:
    """Let the clerk choose a file."""
    ask_for_file(screen, TITLE, patterns, chosen)
