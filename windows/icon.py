"""Draws the program's icon in the sizes that Windows shows."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128)


def write_icon(drawing: Path, icon: Path) -> None:
    """Write an .ico of bitmaps, which windres, makensis and every Windows read."""
    pictures = [_bitmap(drawing, size) for size in SIZES]
    at = 6 + 16 * len(pictures)
    index = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(SIZES, pictures, strict=True):
        index += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    icon.write_bytes(index + b"".join(pictures))


def _bitmap(drawing: Path, size: int) -> bytes:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QIcon, QImage  # noqa: PLC0415 - after the platform is chosen

    app = QGuiApplication.instance() or QGuiApplication([])
    image = QIcon(str(drawing)).pixmap(size, size).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    assert app is not None  # noqa: S101 - it has to live until here
    assert (image.width(), image.height()) == (size, size)  # noqa: S101 - else the index would lie
    lines = bytes(image.constBits())
    rows = [lines[4 * size * row : 4 * size * (row + 1)] for row in reversed(range(size))]
    mask = bytes(((size + 31) // 32) * 4 * size)  # the picture's own alpha counts
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    return header + b"".join(rows) + mask
