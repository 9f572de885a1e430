"""One desk of several at a server: looks for cars and sends filings, and tells how many milliseconds each took.

    shop_desk.py DATA_DIR DATABASE_URL SERVICES_URL TERMINAL NUMBER ROWS FILED

It says that it is ready, and begins when it is told to.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.world import chassis_number, drafts

from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.paths import DataFolder
from onestop.store.database import Database
from onestop.store.keychain import ApiSecrets, MemorySecrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.services.desk import Desk
    from onestop.store.database import Shelves

LOOKUPS: Final = 4
"""Before each filing."""
PAUSE: Final = 0.1
"""Seconds between two acts."""
WARM: Final = 2
"""Filings whose spans do not count: what is imported and prepared with them comes once."""


class Writes:
    """Adds up how long the database was written to."""

    def __init__(self) -> None:
        self.seconds = 0.0
        write = Database.write

        @contextmanager
        def timed(database: Database) -> Iterator[Shelves]:
            began = time.perf_counter()
            with write(database) as shelves:
                yield shelves
            self.seconds += time.perf_counter() - began

        Database.write = timed  # type: ignore[method-assign,assignment]  # around the program's own, so that it ends behind the commit


def work(desk: Desk, number: int, rows: int, filed: int) -> dict[str, list[float]]:
    """Look and send in turns; return how long it took."""
    pause, writes = threading.Event(), Writes()
    lookups: list[float] = []
    sendings: list[float] = []
    begin = number * (filed + WARM)
    for draft in drafts(rows)[begin : begin + filed + WARM]:
        for turn in range(LOOKUPS):
            text = chassis_number((draft * LOOKUPS + turn) * 7919 % rows + 1)[-7:]
            began = time.perf_counter()
            desk.vehicles.search(text)
            lookups.append((time.perf_counter() - began) * 1000)
            pause.wait(PAUSE)
        writes.seconds = 0.0
        desk.filings.delivery.issue(draft)
        sendings.append(writes.seconds * 1000)
        pause.wait(PAUSE)
    return {"照会": lookups[WARM * LOOKUPS :], "F5's two transactions": sendings[WARM:]}


def main() -> None:
    """Open the desk, wait, work, tell."""
    folder, database_url, services_url, terminal, number, rows, filed = sys.argv[1:]
    start = Start(
        DataFolder(Path(folder)),
        services_url=services_url,
        database_url=database_url,
        terminal=terminal,
        secrets=MemorySecrets(ApiSecrets("READYKEY", "ready-password")),
    )
    with closing(open_desk(start, SystemClock())) as opened:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        spans = work(opened.desk, int(number), int(rows), int(filed))
    sys.stdout.write(f"{json.dumps(spans)}\n")


main()
