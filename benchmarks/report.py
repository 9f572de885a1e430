"""What was measured, as lines of a table beside a peer, and RESULTS.md made of them."""

from __future__ import annotations

import platform
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from sqlcipher3.dbapi2 import sqlite_version

from onestop import VERSION
from onestop.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    name: str
    rounds: int
    """Runs of which the median counts."""
    rows: tuple[int, ...]
    """Cars, and as many filings, in the database."""
    refreshed: tuple[int, ...]
    """Filed rows that F7 asks about."""
    issued: int
    """Filings of one 一括申請."""
    kept: int
    """Certificates in 指定整備元帳."""
    imported: int
    """車検証 files of one 取込."""
    open_amounts: int
    """Amounts that 納付消込 searches among."""
    bank_lines: int
    """Lines of the bank's book that it searches for."""
    desks: int
    """Desks at one server."""
    filed: int
    """Filings that each of them sends."""


FULL = Sizes("full", 9, (100_000, 1_000_000), (200, 2_000), 500, 50_000, 1_000, 200, 40, 8, 60)
QUICK = Sizes("quick", 3, (5_000, 20_000), (200, 400), 40, 5_000, 100, 200, 40, 4, 10)
TINY = Sizes("tiny", 1, (600,), (40,), 8, 60, 4, 20, 4, 2, 2)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured: our figure, and a peer's from the same run."""

    what: str
    ours: float
    unit: str = "ms"
    theirs: float | None = None
    peer: str = ""
    most: float | None = None
    """The goal: ours is at most so many times the peer's."""
    faster: float | None = None
    """The goal: the peer takes at least so many times as long."""
    limit: float | None = None
    """The goal: ours is at most this, in its unit."""
    exactly: bool = False
    """The goal: ours is the peer's."""

    @property
    def ratio(self) -> float | None:
        """Ours divided by the peer's."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.exactly:
            return self.ours == self.theirs
        if self.limit is not None:
            return self.ours <= self.limit
        if self.ratio is None or (self.most is None and self.faster is None):
            return None
        return self.ratio <= self.most if self.most is not None else self.ratio * (self.faster or 1) <= 1

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.exactly:
            return "the same"
        if self.limit is not None:
            return f"≤ {self.limit:g} {self.unit}"
        if self.most is not None:
            return f"≤ {self.most:g}×"
        return f"≥ {self.faster:g}× faster" if self.faster is not None else ""

    def cells(self) -> tuple[str, ...]:
        """Return the line as it stands in the table."""
        ours = f"{_figure(self.ours)} {self.unit}".strip()
        theirs = "" if self.theirs is None else f"{_figure(self.theirs)} {self.unit}".strip()
        verdict = {None: "", True: "met", False: "**missed**"}[self.is_met]
        return (self.what, ours, theirs, self.peer, self._ratio(), self.goal, verdict)

    def _ratio(self) -> str:
        if self.ratio is None:
            return ""
        return f"{1 / self.ratio:,.0f}× faster" if self.faster is not None and self.ratio < 1 else f"{self.ratio:.2f}×"


@dataclass(frozen=True, slots=True)
class Part:
    """What one measurement found."""

    name: str
    how: str
    """How it was measured, for the reader."""
    lines: tuple[Line, ...]


HEAD = ("measured", "ours", "peer", "which peer", "ratio", "goal", "")


def median_ms(seconds: Iterable[float]) -> float:
    """Return the median of spans, in milliseconds."""
    return statistics.median(seconds) * 1000


def conditions(sizes: Sizes) -> str:
    """Return under which conditions the figures hold; nothing names the machine."""
    now = SystemClock().now()
    memory = psutil.virtual_memory().total / 2**30
    load = f"other load at the start: {psutil.cpu_percent(interval=0.5):.0f} %"
    machine = f"{psutil.cpu_count()} CPUs ({platform.machine()}), {memory:.0f} GB, {platform.system()}, {load}"
    versions = f"PySide6 {pyside_version} on Qt {qVersion()}, SQLite {sqlite_version}"
    stated = (
        f"onestop {VERSION}, sizes: {sizes.name}, medians of {sizes.rounds} runs, {now:%Y-%m-%d %H:%M} UTC",
        machine,
        f"Python {platform.python_version()}, {versions}",
    )
    return "\n".join(f"- {line}" for line in stated)


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    rows = [HEAD, ("---",) * len(HEAD), *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write_results(path: Path, stated: str, parts: Sequence[Part]) -> None:
    """Write RESULTS.md."""
    sections = [f"## {part.name}\n\n{part.how}\n\n{table(part.lines)}" for part in parts]
    head = (
        "# Results\n\nWritten by `python3 dev.py bench`; do not edit. Trust the ratios: peer and program ran in turns,"
        " in the same run.\n\n"
    )
    path.write_text(head + stated + "\n\n" + "\n\n".join(sections) + "\n", encoding="utf-8")


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
