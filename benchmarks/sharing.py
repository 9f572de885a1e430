"""One server for several desks: 照会 and 申請書一覧 beside raw psycopg, and eight desks beside one."""

from __future__ import annotations

import dataclasses
import json
import statistics
import subprocess
import sys
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, Final

from benchmarks.children import PROBES, environment, services
from benchmarks.report import Line, Part, Sizes
from benchmarks.searching import NOWHERE, held, lists, lookups, sorts
from benchmarks.shared_world import a_shared_world, bare, url_of
from benchmarks.telling import told
from benchmarks.world import drafts

from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.store.keychain import MemorySecrets
from support.postgres import as_in_a_shop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import psycopg
    from benchmarks.world import Worlds

    from onestop.store.postgres.connecting import Door

HOW: Final = (
    "A PostgreSQL on this machine that syncs every commit, reached by a Unix socket; the world is the same as on"
    " SQLite. The peer is one statement on a bare psycopg connection, prepared by psycopg, with the best index, that"
    " fetches the columns which the list shows. Then desks in processes of their own, each of which looks for a car"
    " four times and sends a filing, again and again, with a tenth of a second between two acts, as no clerk works;"
    " 95 of 100 took at most so long, beside one desk alone in the same run. F5's two transactions are the time from"
    " asking for the write lock to the synced commit, without what AINAS takes. At last a desk in a process of its own"
    " does what F5 does, AINAS included, and another one shows that car in ワンストップサービス: until its badge is"
    " painted as 発行済, which nobody there asked for; changes are gathered for 0.15 s."
)
RAW_SERVER: Final = "raw psycopg"
PART: Final = "name_grams(v.user_key) @> sought_grams(?) AND strpos(v.user_key, ?) > 0"
MOST: Final = 2.0


class RawServer:
    """A bare connection that takes ? for a value, as a file's does."""

    def __init__(self, driver: psycopg.Connection) -> None:
        self._driver = driver

    def execute(self, sql: str, values: Sequence[str] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        """Ask it."""
        return self._driver.execute(sql.replace("?", "%s"), values)


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure the largest world, and so many desks on it."""
    rows = sizes.rows[-1]
    with as_in_a_shop(), a_shared_world(rows) as door:
        asked = (*_asked(rows, door, sizes.rounds, worlds),)
        shared = (*_shared(rows, door, sizes, worlds),)
    return Part("One PostgreSQL for several desks", HOW, (*asked, *shared))


def _asked(rows: int, door: Door, rounds: int, worlds: Worlds) -> Iterator[Line]:
    folder = worlds.copy(worlds.folder(0))
    start = Start(folder, services_url=NOWHERE, secrets=MemorySecrets(), database_url=url_of(door))
    with closing(open_desk(start, SystemClock())) as opened, closing(bare(door)) as driver:
        desk, raw = opened.desk, RawServer(driver)
        for contest in (*lookups(rows, desk, raw, PART), *lists(rows, desk, raw)):
            yield from held(dataclasses.replace(contest, like=None, most=MOST), rounds, rows, RAW_SERVER)
        yield from sorts(rows, desk, raw, rounds, RAW_SERVER)


def _shared(rows: int, door: Door, sizes: Sizes, worlds: Worlds) -> Iterator[Line]:
    """Let one desk work, then all of them at the same time; none sends what another has sent."""
    with services(worlds.root, []) as served:
        desks = [[url_of(door), served.url, f"D{number}", str(number), str(rows)] for number in range(sizes.desks + 1)]
        (alone,) = _worked(desks[:1], sizes.filed, worlds)
        together = _worked(desks[1:], sizes.filed, worlds)
        nobodys = drafts(rows)[-(sizes.rounds + 1) :]  # the desks above send from the other end
        seen = (*told((url_of(door), served.url), nobodys, rows, worlds),)
    for what in ("照会", "F5's two transactions"):
        ours = _p95([span for desk in together for span in desk[what]])
        yield Line(f"{what}, p95, {sizes.desks} desks, {rows:,} rows", ours, theirs=_p95(alone[what]), peer="one desk")
    yield from seen


def _worked(desks: Sequence[Sequence[str]], filed: int, worlds: Worlds) -> list[dict[str, list[float]]]:
    """Open desks, let all begin at once, and return the milliseconds that each measured."""
    with ExitStack() as stack:
        processes = []
        for arguments in desks:
            folder = str(worlds.copy(worlds.folder(0)).root)
            command = [sys.executable, str(PROBES / "shop_desk.py"), folder, *arguments, str(filed)]
            streams: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            processes.append(stack.enter_context(subprocess.Popen(command, env=environment(), **streams)))  # noqa: S603 - our own file
        for process in processes:
            _told(process)
        for process in processes:
            if process.stdin is not None:
                process.stdin.write("begin\n")
                process.stdin.flush()
        return [json.loads(_told(process)) for process in processes]


def _told(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"a desk ended with {process.wait()}")
    return line


def _p95(spans: Sequence[float]) -> float:
    return statistics.quantiles(spans, n=20)[-1]
