"""How much memory the program holds with a million filings."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

from benchmarks.children import probe
from benchmarks.report import Line, Part, Sizes

if TYPE_CHECKING:
    from benchmarks.world import Worlds

HOW: Final = (
    "The resident memory of a fresh process after the same work in 照会 and 申請書一覧: search, list, End, middle,"
    " Home, sort. The peer is the same program with an empty database."
)
MEGABYTE: Final = 2**20


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure the program with nothing in it and with everything."""
    empty, full = worlds.folder(0), worlds.folder(sizes.rows[-1])
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(min(3, sizes.rounds)):
        ours += probe("program_memory", str(full.root))
        theirs += probe("program_memory", str(empty.root))
    line = Line(
        f"memory with {sizes.rows[-1]:,} filings",
        statistics.median(ours) / MEGABYTE,
        "MB",
        statistics.median(theirs) / MEGABYTE,
        "the empty program",
        most=1.3,
    )
    return Part("Memory", HOW, (line,))
