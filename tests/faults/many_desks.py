"""python tests/faults/many_desks.py --processes 4 --operations 20000: desks on one server, one killed now and then.

Without --url it starts a server of its own, and tears that down now and then as well; a database that is named must be
empty. Its password, if it has one, stands in ONESTOP_DATABASE_PASSWORD. What AINAS has is compared with the database at
the end: 0 lost, 0 double.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.shop_floor import ShopFloor
from onestop.clock import SystemClock
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.opening import open_server
from onestop.store.postgres.place import parse_place
from onestop.store.postgres.server_clock import ServerClock
from support.databases import url_of
from support.postgres import a_server_database, server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def main() -> int:
    """Work, kill, count; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="", help="postgresql://USER@HOST/DATABASE")
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--operations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        a_database_url(arguments.url) as url,
        ShopFloor(Path(folder), url, arguments.processes, arguments.seed, restart(arguments.url)) as floor,
    ):
        count = floor.run(arguments.operations, tell=_tell)
        sys.stdout.write(f"\r{count}\n{dict(floor.done)}\n{floor.differences}\n")
    return 1 if count.lost or count.double or count.unknown else 0


@contextmanager
def a_database_url(named: str = "") -> Iterator[str]:
    """Give the address of a migrated database: the one that was named, or one on a server of our own."""
    if named:
        door = Door(parse_place(named), os.environ.get("ONESTOP_DATABASE_PASSWORD", ""))
        open_server(door, ServerClock(SystemClock())).close()
        yield named
        return
    with a_server_database() as door:
        yield url_of(door.place)


def restart(named: str = "") -> Callable[[], None] | None:
    """Return what tears the server down and starts it anew; None where it is not ours."""
    return None if named else server().restart


def _tell(done: int) -> None:
    sys.stdout.write(f"\r{done}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
