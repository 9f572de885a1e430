"""From the command to the first painted window, and to the first answer of 照会."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final

from benchmarks.children import probe
from benchmarks.report import Line, Part, Sizes, median_ms

if TYPE_CHECKING:
    from benchmarks.world import Worlds

    from onestop.paths import DataFolder

HOW: Final = (
    "Each start is a fresh process, from before it is made until its event loop has painted; bytecode compiled, file"
    " cache warm, program and peer in turns. The first painted window is 照会 with its search field, which takes what"
    " is typed; list, keys and status line come behind it (照会 whole). The peer is a window of 1280×720 of PySide6"
    " alone, without a word in it."
)


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure starts on an ordinary and on the largest database."""
    ordinary, largest = worlds.folder(min(1000, sizes.rows[0])), worlds.folder(sizes.rows[-1])
    if sizes.rounds > 1:  # warms the file cache, and compiles what was changed since the last run
        _once(ordinary)
        _bare()
    bare: list[float] = []
    starts: list[_Times] = []
    on_largest: list[float] = []
    for _ in range(sizes.rounds):
        bare.append(_bare())
        starts.append(_once(ordinary))
        on_largest.append(_once(largest).answered)
    theirs = median_ms(bare)
    peer = "bare PySide6 window"
    answered, most_answered = median_ms([each.answered for each in starts]), median_ms(on_largest)
    on_most = f"start to the first answer of 照会, {sizes.rows[-1]:,} cars"
    return Part(
        "Start",
        HOW,
        (
            Line(
                "start to the first painted window",
                median_ms([each.framed for each in starts]),
                theirs=theirs,
                peer=peer,
                most=1.2,
            ),
            Line("start to 照会 whole", median_ms([each.painted for each in starts]), theirs=theirs, peer=peer),
            Line("start to the first answer of 照会, 1,000 cars", answered, theirs=theirs, peer=peer),
            Line(on_most, most_answered, theirs=theirs, peer=peer, most=4),
            Line(on_most, most_answered, theirs=answered, peer="1,000 cars"),
        ),
    )


def _bare() -> float:
    began = perf_counter()
    (painted,) = probe("bare_window")
    return painted - began


@dataclass(frozen=True, slots=True)
class _Times:
    """Seconds from the command to each."""

    framed: float
    painted: float
    answered: float


def _once(folder: DataFolder) -> _Times:
    began = perf_counter()
    moments = probe("program_start", "--data-dir", str(folder.root), "--services-url", "http://127.0.0.1:9")
    framed, painted, answered = (moment - began for moment in moments)
    return _Times(framed, painted, answered)
