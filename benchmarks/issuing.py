"""一括申請 of many filings in its real window: how long, and how long the glass stands still meanwhile."""

from __future__ import annotations

import statistics
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.children import LATENCY, services
from benchmarks.glass import heartbeat, running, settled, until, window_of
from benchmarks.refreshing import LIMIT
from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.searching import a_desk, spent

from onestop.screens.places import BatchPlace, FilingListPlace
from onestop.services.filing.batch import AT_A_TIME
from onestop.store.sqlite.engine import connect_raw
from onestop.ui.windows.batch import BatchWindow

if TYPE_CHECKING:
    from benchmarks.world import Worlds

    from onestop.paths import DataFolder

HOW: Final = (
    f"From F5 発行 in the review window until every row has its result; the sandbox takes at least"
    f" {LATENCY * 1000:.0f} ms for an answer, 申請書一覧 stands open behind. The ideal is one answer's wait for each"
    f" filing, {AT_A_TIME} at a time. Each filing is two synced transactions here and one there. The check before it"
    " is asked without windows: every rule over every filing, its car, its certificates and its answers, and the money;"
    " its peer fetches the same filings, cars and answers by bare sqlite3 and checks nothing."
)
DRAFTS: Final = (("draft", None, None, 0, 0),)
CHECKED: Final = """
SELECT f.*, v.*, i.*, a.* FROM filing f JOIN vehicle v ON v.id = f.vehicle_id
JOIN inspection i ON i.id = f.inspection_id LEFT JOIN checklist_answer a ON a.inspection_id = i.id
"""
CHECKED_WITHIN: Final = 1000
"""Milliseconds in which a clerk's thought is not broken off."""
OPERATION: Final = "ainas.submitFiling"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one 一括申請 measured; spans in seconds."""

    took: float
    review_pause: float
    pause: float
    at_rest: float


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure one number of filings."""
    count = sizes.issued
    runs = [_send(worlds, worlds.folder(count, DRAFTS), count) for _ in range(min(3, sizes.rounds))]
    at_rest = statistics.median(run.at_rest for run in runs) * 1000
    pauses = [run.pause * 1000 for run in runs]
    ideal = LATENCY * count / AT_A_TIME * 1000
    return Part(
        "一括申請",
        HOW,
        (
            _check(sizes, worlds, count),
            Line(f"一括申請 of {count:,}", median_ms(run.took for run in runs), theirs=ideal, peer="ideal"),
            Line(
                f"longest pause during 一括申請 of {count:,}",
                statistics.median(pauses),
                theirs=at_rest,
                peer="at rest",
                limit=LIMIT,
            ),
            Line(f"longest pause of all {len(runs)} runs", max(pauses)),
            Line(
                f"longest pause during the review of {count:,}",
                median_ms(run.review_pause for run in runs),
                theirs=at_rest,
                peer="at rest",
                limit=LIMIT,
            ),
        ),
    )


def _check(sizes: Sizes, worlds: Worlds, count: int) -> Line:
    """Measure the review: it is what a clerk waits for between F9 and F5."""
    folder, numbers = worlds.folder(count, DRAFTS), tuple(range(1, count + 1))
    ours: list[float] = []
    theirs: list[float] = []
    with a_desk(worlds.copy(folder)) as desk, closing(connect_raw(folder.database)) as raw:
        for _ in range(sizes.rounds):
            ours.append(spent(lambda _text: desk.review.review_many(numbers), ""))
            theirs.append(spent(lambda _text: raw.execute(CHECKED).fetchall(), ""))
    what = f"check of {count:,} filings for 一括申請"
    return Line(what, median_ms(ours), theirs=median_ms(theirs), peer="raw sqlite3", limit=CHECKED_WITHIN)


def _send(worlds: Worlds, folder: DataFolder, count: int) -> Batch:
    with services(worlds.root, []) as served, running(worlds.copy(folder), served.url) as program:
        served.delay(OPERATION)
        program.windows.show(FilingListPlace())
        settled(program)
        with heartbeat() as reviewing:
            program.windows.show(BatchPlace(tuple(range(1, count + 1))))
            window = window_of(BatchWindow)
            settled(program)
        until(lambda: not window.guard.holds)
        for position in range(count):  # their certificates are not here, which is a 注意: Space ticks row by row
            window.screen_shown.rows.toggle(position)
        with heartbeat() as beats:
            began = time.perf_counter()
            window.press("F5")
            until(lambda: window.screen_shown.busy is None)
            took = time.perf_counter() - began
            settled(program)
        filed = served.seen(OPERATION)
        if filed < count:
            raise RuntimeError(f"{filed} of {count} filings were sent: {window.screen_shown.message}")
        with heartbeat() as still:
            end = time.perf_counter() + min(took, 2)
            until(lambda: time.perf_counter() > end)
    return Batch(took, reviewing.longest, beats.longest, still.longest)
