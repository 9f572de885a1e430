"""From F5 at one desk to the badge at another: two programs on one server, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from benchmarks.children import PROBES, environment
from benchmarks.glass import Paints, running, settled, until
from benchmarks.report import Line, median_ms

from onestop.screens.badge import ISSUED, NOT_ISSUED
from onestop.screens.inspection.main_screen import PanelName
from onestop.screens.places import MainPlace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.world import Worlds

    from onestop.app.program import Program
    from onestop.screens.badge import Badge
    from onestop.screens.inspection.main_screen import MainScreen

LIMIT: Final = 1000.0
"""Milliseconds from F5 to the other desk's badge, all that AINAS takes included."""


def told(way: tuple[str, str], filings: Sequence[int], rows: int, worlds: Worlds) -> Iterator[Line]:
    """Send these filings at one desk, one after the other, and wait at the other for each one's badge.

    Args:
        way: the addresses of the database and of the services.
        filings: drafts that nobody else sends; the first one is not counted.
        rows: cars of the database.
        worlds: where data folders come from.
    """
    database_url, services_url = way
    folder = str(worlds.copy(worlds.folder(0)).root)
    command = [sys.executable, str(PROBES / "sending_desk.py"), folder, database_url, services_url]
    streams: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with (
        subprocess.Popen(command, env=environment(), **streams) as sender,  # noqa: S603 - our own file
        running(worlds.copy(worlds.folder(0)), services_url, database_url) as program,
    ):
        _answer(sender)
        spans = [_seen(program, sender, number) for number in filings][1:]
        sender.communicate()
    seen, sent = ([span[place] for span in spans] for place in (0, 1))
    what = f"from F5 at one desk to the badge painted at another, {rows:,} rows"
    yield Line(what, median_ms(seen), theirs=median_ms(sent), peer="F5 alone", limit=LIMIT)
    yield Line(f"{what}, slowest of {len(seen)}", max(seen) * 1000, limit=LIMIT)


def _seen(program: Program, sender: subprocess.Popen[str], number: int) -> tuple[float, float]:
    """Return the seconds from F5 to the badge, and those that F5 took by itself."""
    program.windows.show(MainPlace(number))  # in these worlds the car of a filing has its number
    settled(program)
    window = program.windows.last()
    screen: MainScreen = window.screen_shown

    def badge() -> Badge:
        return screen.badge(PanelName.FILING)

    if badge() != NOT_ISSUED:
        raise RuntimeError(number, badge())
    paints = Paints(window, lambda: badge() == ISSUED)
    began = time.perf_counter()
    _ask(sender, number)
    until(lambda: paints.count > 0)
    seen = time.perf_counter() - began
    sent = _answer(sender) / 1000
    window.dismiss()
    settled(program)
    return seen, sent


def _ask(sender: subprocess.Popen[str], number: int) -> None:
    if sender.stdin is not None:
        sender.stdin.write(f"{number}\n")
        sender.stdin.flush()


def _answer(sender: subprocess.Popen[str]) -> float:
    line = sender.stdout.readline() if sender.stdout else ""
    if not line:
        raise RuntimeError(f"the desk that sends ended with {sender.wait()}")
    return float(line)
