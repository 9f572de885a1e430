"""F7 in the real 申請書一覧: how many requests, how long, and how long the glass stands still meanwhile."""

from __future__ import annotations

import json
import math
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx
from benchmarks.children import LATENCY, Services, services
from benchmarks.glass import application, heartbeat, running, settled, until, window_of
from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.world import chassis_number, filing_id

from onestop.screens.places import FilingListPlace
from onestop.services.delivery.refresh_many import BATCH
from onestop.services.filing.channel import FilingChannel
from onestop.ui.windows.filing_list import FilingListWindow

if TYPE_CHECKING:
    from benchmarks.world import Worlds

    from onestop.paths import DataFolder

HOW: Final = (
    f"The sandbox runs in a process of its own and takes at least {LATENCY * 1000:.0f} ms for an answer; each row has"
    " news. From F7 until the window says that it is done. The peer asks for the same ids with the least number of"
    f" requests ({BATCH} ids each, {FilingChannel.at_a_time} at a time) by bare httpx, parses the answers and keeps"
    " nothing. The pause is the longest time in which a timer of 2 ms does not come in the window's event loop; its"
    " peer is the same window at rest for as long."
)
FILED: Final = (("filed", "受付前", None, 0, 0),)
LIMIT: Final = 50.0
"""Milliseconds that the glass may stand still."""
OPERATION: Final = "ainas.getProgress"


@dataclass(frozen=True, slots=True)
class Refresh:
    """What one F7 measured; spans in seconds."""

    took: float
    pause: float
    at_rest: float
    requests: int
    bare: float


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure F7 over each number of rows."""
    lines: list[Line] = []
    for rows in sizes.refreshed:
        folder = worlds.folder(rows, FILED)
        with services(worlds.root, [_with_news(number) for number in range(1, rows + 1)]) as served:
            served.delay(OPERATION)
            runs = [_press_f7(worlds.copy(folder), served, rows) for _ in range(sizes.rounds)]
        lines += _lines(rows, runs)
    return Part("F7 検索", HOW, tuple(lines))


def _lines(rows: int, runs: list[Refresh]) -> list[Line]:
    least = math.ceil(rows / BATCH)
    pauses = [run.pause * 1000 for run in runs]
    at_rest = statistics.median(run.at_rest for run in runs) * 1000
    bare = median_ms(run.bare for run in runs)
    return [
        Line(f"F7 over {rows:,} rows, requests", max(run.requests for run in runs), "", least, "least", exactly=True),
        Line(f"F7 over {rows:,} rows", median_ms(run.took for run in runs), theirs=bare, peer="bare httpx"),
        Line(
            f"longest pause during F7 over {rows:,} rows",
            statistics.median(pauses),
            theirs=at_rest,
            peer="at rest",
            limit=LIMIT,
        ),
        Line(f"longest pause of all {len(runs)} runs", max(pauses)),
    ]


def _with_news(number: int) -> dict[str, Any]:
    fees = [{"kind": "検査登録手数料", "amount": 1_600, "payment_status": "納付済", "due_date": None}]
    return {
        "filing_id": filing_id(number),
        "api_key": "READYKEY",
        "control_number": number,
        "chassis_number": chassis_number(number),
        "requested_at": "2026-11-20T10:00:00+09:00",
        "status": "申請中",
        "oss_status": "審査中",
        "status_updated_at": "2026-11-21T10:00:00+09:00",
        "fees": fees,
    }


def _press_f7(folder: DataFolder, served: Services, rows: int) -> Refresh:
    with running(folder, served.url) as program:
        program.windows.show(FilingListPlace())
        window = window_of(FilingListWindow)
        until(lambda: application().activeWindow() is window)
        settled(program)
        before = served.seen(OPERATION)
        with heartbeat() as beats:
            began = time.perf_counter()
            window.press("F7")
            until(lambda: window.screen_shown.busy is None)
            settled(program)
            took = time.perf_counter() - began
        requests = served.seen(OPERATION) - before
        with heartbeat() as still:
            end = time.perf_counter() + took
            until(lambda: time.perf_counter() > end)
    return Refresh(took, beats.longest, still.longest, requests, _bare(served.url, rows))


def _bare(url: str, rows: int) -> float:
    """Return how long the same questions take without a program around them."""
    ids = [filing_id(number) for number in range(1, rows + 1)]
    batches = [ids[start : start + BATCH] for start in range(0, rows, BATCH)]
    with httpx.Client(base_url=url, auth=("READYKEY", "ready-password"), trust_env=False) as client:

        def ask(batch: list[str]) -> object:
            answer = client.post("/ainas/v1/filings/progress", json={"filing_ids": batch})
            return json.loads(answer.raise_for_status().content)

        began = time.perf_counter()
        with ThreadPoolExecutor(FilingChannel.at_a_time) as pool:
            list(pool.map(ask, batches))
        return time.perf_counter() - began
