"""Which lines and branches a process of tests runs: counted by slipcover, in the code of the program alone.

What Python offers before 3.12 for counting slows every library down as well, by a third of the tests' time.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from slipcover import FileMatcher, ImportManager, Slipcover

SOURCE: Final = Path(__file__).resolve().parents[2] / "src"
FOLDER: Final = "ONESTOP_LINE_COUNTS"
"""The variable that names the folder where each process puts its counts; without it nothing is counted."""
NOT_COUNTED: Final = ["if TYPE_CHECKING:", "@overload", r"\.\.\.$"]
NEVER: Final = 2**31 - 1


class LineCounts:
    """Counts from now on, in every module that is imported from now on."""

    def __init__(self, folder: Path, source: Path = SOURCE) -> None:
        self._folder = folder
        # Code that was seen is not taken out again: that costs more than to count it once more.
        self._counter = Slipcover(branch=True, d_miss_threshold=NEVER, exclude_also=NOT_COUNTED)
        matcher = FileMatcher(sources=[str(source)])
        self._imports = ImportManager(self._counter, matcher).__enter__()

    def save(self) -> None:
        """Write what was run and what was not into a file of this process."""
        self._imports.__exit__(None, None, None)
        counts = self._counter.get_coverage()["files"]
        (self._folder / f"{os.getpid()}.json").write_text(json.dumps(counts), encoding="utf-8")


def begin_counting() -> LineCounts | None:
    """Count in the workers that share the tests, where somebody asks for it; what they start does not count."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return None
    folder = os.environ.pop(FOLDER, None)
    return None if folder is None else LineCounts(Path(folder))
