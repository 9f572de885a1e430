"""The log file: one line an event, no personal data, written by a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from onestop.app.faults import Faults
from onestop.paths import make_private

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 1_000_000
"""Bytes of one log file; two older ones are kept."""
LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Handler(logging.Handler):
    """Puts records into a queue; the caller never waits for the disk."""

    def __init__(self, records: queue.SimpleQueue[logging.LogRecord | None]) -> None:
        super().__init__()
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        """Take one record; its text is made here, where its arguments are still what they were."""
        record.msg, record.args = record.getMessage(), None
        self._records.put(record)


class Log:
    """Takes every record of the program, from `begin` to `end`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._records: queue.SimpleQueue[logging.LogRecord | None] = queue.SimpleQueue()
        self._handler = _Handler(self._records)
        self._faults = Faults(path.parent)
        self._writer = threading.Thread(target=self._write, name="onestop-log", daemon=True)

    def begin(self) -> None:
        """Take records; they are written from `write` on."""
        logger = logging.getLogger("onestop")
        logger.setLevel(logging.INFO)
        logger.addHandler(self._handler)

    def write(self) -> None:
        """Begin writing, once the first window is painted: the file's own imports cost a start 6 ms."""
        if self._writer.ident is None:
            self._writer.start()

    def end(self) -> None:
        """Write what is left and close the file."""
        logging.getLogger("onestop").removeHandler(self._handler)
        self._records.put(None)
        if self._writer.ident is None:
            self._write()
        else:
            self._writer.join()

    def _write(self) -> None:
        from onestop.app.log_file import PrivateFile  # noqa: PLC0415 - on the writer's thread

        with suppress(OSError):  # each line then says on stderr that it could not be written
            make_private(self.path.parent.parent)
            make_private(self.path.parent)
            self._faults.begin()
        file = PrivateFile(self.path, maxBytes=LARGEST, backupCount=2, encoding="utf-8", delay=True)
        file.setFormatter(logging.Formatter(LINE))
        while (record := self._records.get()) is not None:
            file.handle(record)
        file.close()
        self._faults.end()
