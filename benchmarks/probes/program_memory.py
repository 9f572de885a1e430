"""Works in 照会 and 申請書一覧 as a clerk does, then tells how much memory the process holds, in bytes."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import psutil

from onestop.app.plain_imports import import_plainly

import_plainly()  # before the rest is imported, as the program does
from benchmarks.glass import running, until, window_of  # noqa: E402 - the same

from onestop.paths import DataFolder  # noqa: E402 - the same
from onestop.screens.places import FilingListPlace  # noqa: E402 - the same


def work_through(folder: DataFolder) -> None:
    """Open both lists, go to the end and back, sort, and search."""
    with running(folder) as program:
        windows = program.windows
        lookup = windows.first().screen_shown
        for text in ("1234", "佐藤", ""):
            lookup.type(text)
            until(lambda: not lookup.searching)
        windows.show(FilingListPlace())
        from onestop.ui.windows.filing_list import FilingListWindow  # noqa: PLC0415 - as late as the program does

        shown = window_of(FilingListWindow)
        for column in (0, 9, 0):
            shown.screen_shown.sort_by(column)
            until(lambda: shown.screen_shown.rows.complete and not program.background.busy)
            for position in (shown.screen_shown.rows.count - 1, shown.screen_shown.rows.count // 2, 0):
                shown.rows.go_to(position)
                until(lambda: not program.background.busy)
        gc.collect()
        sys.stdout.write(f"{psutil.Process().memory_info().rss}\n")


work_through(DataFolder(Path(sys.argv[1])))
