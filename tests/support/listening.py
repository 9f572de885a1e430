"""Desks on one server: what one of them hears, a server that is killed, and a network that swallows everything."""

from __future__ import annotations

import select
import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Queue
from threading import Event, Thread
from typing import TYPE_CHECKING

from onestop.store.postgres.listening import Heard, Listening
from onestop.store.postgres.server_clock import ServerClock
from support.clock import FixedClock
from support.line import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.store.postgres.connecting import Door
    from onestop.store.postgres.place import ServerPlace

PATIENCE = 60.0
"""Seconds: as long as a very slow machine may take."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What a desk heard, in its order."""

    heard: Queue[Heard]
    clock: ServerClock

    def next(self) -> Heard:
        """Wait for what it hears next."""
        return self.heard.get(timeout=PATIENCE)

    def until_begins(self) -> None:
        """Wait until its line stands."""
        while not self.next().begins:
            pass

    def until_gone(self) -> None:
        """Wait until it hears that the server is gone."""
        while self.next().is_there:
            pass

    @property
    def is_silent(self) -> bool:
        """Whether nothing more was heard."""
        return self.heard.empty()


@contextmanager
def an_ear(door: Door) -> Iterator[Ear]:
    """Let a desk listen."""
    ear = Ear(Queue(), ServerClock(FixedClock()))
    listening = Listening(door, ear.clock)
    listening.begin(ear.heard.put)
    try:
        yield ear
    finally:
        listening.end()


class Swallowing:
    """A way over loopback to a server, which can stop to hand on anything, as a network does that is cut."""

    def __init__(self, place: ServerPlace) -> None:
        self._place = place
        self._over, self._through = Event(), Event()
        self._through.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads = [Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def swallow(self) -> None:
        """Hand on nothing from now on; every line stays open."""
        self._through.clear()

    def let_through(self) -> None:
        """Hand on everything again."""
        self._through.set()

    def close(self) -> None:
        """End it."""
        self._over.set()
        self._through.set()
        self._listener.close()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _accept(self) -> None:
        while not self._over.is_set():
            with suppress(OSError):
                if select.select([self._listener], [], [], 0.05)[0]:
                    caller, _ = self._listener.accept()
                    thread = Thread(target=self._hand_on, args=(caller,), daemon=True)
                    self._threads.append(thread)
                    thread.start()

    def _hand_on(self, caller: socket.socket) -> None:
        with caller, reach(self._place) as server, suppress(OSError):
            while not self._over.is_set():
                self._through.wait()
                for ready in select.select([caller, server], [], [], 0.05)[0]:
                    if not self._through.is_set():
                        break
                    came = ready.recv(65536)
                    if not came:
                        return
                    (server if ready is caller else caller).sendall(came)
