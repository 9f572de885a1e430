"""A program that works a desk over the wire and can end itself, as by a power cut, at a named step.

    driver.py DATA_DIR URL WHAT [--die "the name of a step"], WHAT being one of ACTIONS or all

The steps are told by a transport and a database wrapped around the real ones; the program itself knows nothing of it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import signal
import ssl
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx

from onestop.clock import SystemClock
from onestop.model.lists import FilingCondition, FilingQuery
from onestop.services.filing.batch import RowState
from onestop.store.database import Database
from onestop.store.keychain import Keychain
from support.desks import DeskRoom, a_desk, use_once
from support.keychains import FileBackend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop.store.database import Shelves

NEW_PASSWORD = "Tsuchiura-1a1111"
QUIET = dt.timedelta(seconds=1)


class Fate:
    """Hears of every step and ends the process at the one that was named, without a word."""

    def __init__(self, last_step: str | None) -> None:
        self._last_step = last_step
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def tell(self, step: str) -> None:
        with self._lock:
            self._seen[step] += 1
            if self._last_step in (step, f"{step}, time {self._seen[step]}"):
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class FatedTransport(httpx.BaseTransport):
    """Sends over the wire, telling each step."""

    def __init__(self, fate: Fate) -> None:
        self._fate = fate
        self._way = httpx.HTTPTransport(
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )  # reads no certificates: loopback

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/ainas/v1").removeprefix("/ejibai/v1").removeprefix("/airas/v1")
        name = f"{request.method} {path}"
        self._fate.tell(f"before {name}")
        response = self._way.handle_request(request)
        self._fate.tell(f"after {name}")  # the service has acted; nothing of its answer is read yet
        return response

    def close(self) -> None:
        self._way.close()


class FatedDatabase(Database):
    """The database, telling each write's begin, its last moment before the commit, and its end."""

    fate: Fate

    @contextmanager
    def write(self) -> Iterator[Shelves]:
        self.fate.tell("before a write")
        with super().write() as shelves:
            yield shelves
            self.fate.tell("before a commit")
        self.fate.tell("after a commit")


ACTIONS: dict[str, Callable[[DeskRoom], object]] = {
    "issue": lambda room: room.desk.filings.delivery.issue(1),
    "settle": lambda room: room.desk.filings.delivery.settle(),
    "insure": lambda room: room.desk.insurance.delivery.issue(1),
    "settle_insurance": lambda room: room.desk.insurance.delivery.settle(),
    "certify": lambda room: room.desk.conformity.delivery.issue(1),
    "settle_conformity": lambda room: room.desk.conformity.delivery.settle(),
    "tend_conformity": lambda room: room.desk.conformity.tend(),
    "correct_conformity": lambda room: room.desk.conformity.correct(1),
    "reset": lambda room: room.desk.settings.access.reset_password(NEW_PASSWORD),
}


def work(room: DeskRoom, what: str) -> None:
    """Do one thing that a clerk can want; `all` is a start, 一括申請 of everything, and F7 until nothing is open."""
    ACTIONS.get(what, work_all)(room)


def work_all(room: DeskRoom) -> None:
    """File everything that is 申請前; what is unknown is settled until it is known."""
    say("open")
    while room.desk.filings.delivery.settle().waiting:
        time.sleep(QUIET.total_seconds() / 5)
    drafts = room.desk.filings.ids(FilingQuery(FilingCondition.NOT_ISSUED))
    results = room.desk.batch.issue_many(drafts, lambda _result: None, threading.Event())
    say("done" if all(result.state is RowState.FILED for result in results) else "not done")


def say(word: str) -> None:
    """Tell the parent."""
    print(word, flush=True)  # noqa: T201 - it is how the parent hears


warm = use_once
"""What each life would do anew before its first step is done once (support/nursery.py)."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("url")
    parser.add_argument("what", choices=[*ACTIONS, "all"])
    parser.add_argument("--die", default=None)
    arguments = parser.parse_args()
    fate = Fate(arguments.die)
    FatedDatabase.fate = fate
    secrets = Keychain(FileBackend(arguments.folder / "keychain.json", fate.tell))
    quiet = dt.timedelta(0) if arguments.what.startswith("settle") else QUIET
    with a_desk(
        arguments.folder,
        url=arguments.url,
        http=FatedTransport(fate),
        secrets=secrets,
        clock=SystemClock(),
        quiet=quiet,
        database_kind=FatedDatabase,
    ) as room:
        work(room, arguments.what)


if __name__ == "__main__":
    main()
