"""The log file: one line an event, no personal data, written by a thread of its own."""

from __future__ import annotations

import logging
import queue
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from io import TextIOWrapper

LARGEST: Final = 1_000_000
"""Bytes of one log file; two older ones are kept."""
LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _LogFile(RotatingFileHandler):
    """Opens its file, and makes its folder, when the first line is written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST, backupCount=2, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper[Any]:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


class Log:
    """Takes every record of the program; the caller never waits for the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
        self._handler = QueueHandler(records)
        file = _LogFile(path)
        file.setFormatter(logging.Formatter(LINE))
        self._listener = QueueListener(records, file)
        self._file = file

    def begin(self) -> None:
        """Start writing."""
        logger = logging.getLogger("onestop")
        logger.setLevel(logging.INFO)
        logger.addHandler(self._handler)
        self._listener.start()

    def end(self) -> None:
        """Write what is left and close the file."""
        logging.getLogger("onestop").removeHandler(self._handler)
        self._listener.stop()
        self._file.close()
