"""The file that the log is written into, and those that take its place when it is full."""

from __future__ import annotations

from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from onestop.paths import make_private_file

if TYPE_CHECKING:
    from io import TextIOWrapper


class PrivateFile(RotatingFileHandler):
    """A log file that no other user may read, from the first line of each that takes the place of a full one on."""

    def _open(self) -> TextIOWrapper:
        make_private_file(Path(self.baseFilename))
        return super()._open()
