"""The desk that sends: for each 管理番号 that it is told it does what F5 does, and tells how many milliseconds it took.

sending_desk.py DATA_DIR DATABASE_URL SERVICES_URL
"""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path

from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.paths import DataFolder
from onestop.store.keychain import ApiSecrets, MemorySecrets


def tell(figure: float) -> None:
    """Write one line, at once."""
    sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()


def main() -> None:
    """Open the desk, say so, and send whatever comes."""
    folder, database_url, services_url = sys.argv[1:]
    secrets = MemorySecrets(ApiSecrets("READYKEY", "ready-password"))
    start = Start(
        DataFolder(Path(folder)),
        services_url=services_url,
        database_url=database_url,
        terminal="sends",
        secrets=secrets,
    )
    with closing(open_desk(start, SystemClock())) as opened:
        tell(0)
        for line in sys.stdin:
            began = time.perf_counter()
            opened.desk.filings.delivery.issue(int(line))
            tell((time.perf_counter() - began) * 1000)


main()
