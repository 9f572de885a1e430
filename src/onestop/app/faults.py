"""What is left of a run that died in a library: where each thread was, for the log of the next run.

Python can still write that when Qt or a driver takes the process down, and nobody else would say anything.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from onestop.paths import make_private_file
from onestop.services.bugs import place

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

log = logging.getLogger(__name__)

_FILE: Final = re.compile('File "(.*)"')


class Faults:
    """Listens for the death of this process, from `begin` to `end`; one file for each process in the log's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"fault-{os.getpid()}.txt"
        self._file: TextIO | None = None

    def begin(self) -> None:
        """Log what earlier runs left, and listen, unless somebody does already; on the writer's thread.

        Raises:
            OSError: The folder cannot be written.
        """
        for left in self._folder.glob("fault-*.txt"):
            _tell(left)
        if not faulthandler.is_enabled():
            make_private_file(self._path)
            self._file = self._path.open("w", encoding="ascii")
            faulthandler.enable(self._file)

    def end(self) -> None:
        """Listen no more: this run ends well."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            with suppress(OSError):
                self._path.unlink()


def _tell(left: Path) -> None:
    with suppress(OSError):  # that of a run that goes on is held on Windows
        told = left.read_text(encoding="ascii", errors="replace")
        left.unlink()
        if told:
            log.critical("an earlier run died: %s", _FILE.sub(lambda found: place(found[1]), told))
