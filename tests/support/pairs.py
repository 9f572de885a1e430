"""Two servers, the second of which follows the first: a commit is answered when both have it."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from onestop.clock import SystemClock
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.opening import bring_up_to_date
from onestop.store.postgres.server_clock import ServerClock
from support.postgres import USER, server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgres import TestServer

LOOPBACK: Final = "-h 127.0.0.1"
DATABASE: Final = "postgres"


class Pair:
    """A server and its standby."""

    def __init__(self, first: TestServer, second: TestServer) -> None:
        self.first, self.second = first, second
        self.url = f"postgresql://{USER}@127.0.0.1:{first.port},127.0.0.1:{second.port}/{DATABASE}"

    def fail_over(self) -> None:
        """Lose the first server, and let its standby take over."""
        self.first.stop()
        self.promote()

    def promote(self) -> None:
        """Let the standby take over."""
        self.second.run("pg_ctl", "promote", "--wait", "--pgdata", str(self.second.data))


@contextmanager
def a_pair() -> Iterator[Pair]:
    """Start both, with a migrated database; they are gone at the end."""
    first, second = server().another("first"), server().another("second")
    with ExitStack() as stack:
        stack.callback(_clear, first)
        stack.callback(_clear, second)
        first.create()
        first.start(LOOPBACK)
        bring_up_to_date(Door(first.place(DATABASE)), ServerClock(SystemClock()))
        follows = ("-h", str(first.folder), "-p", str(first.port), "-U", USER, "--write-recovery-conf", "--no-sync")
        first.run("pg_basebackup", *follows, "--checkpoint=fast", "--pgdata", str(second.data))
        second.start(LOOPBACK)
        first.say("ALTER SYSTEM SET synchronous_standby_names = '*'")
        first.say("SELECT pg_reload_conf()")
        yield Pair(first, second)


def _clear(one: TestServer) -> None:
    with suppress(AssertionError):
        one.stop()
    shutil.rmtree(one.data, ignore_errors=True)
