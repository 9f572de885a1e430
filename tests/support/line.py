"""The line between a desk and its server: it can break, or fall silent, at a commit that the test names."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from onestop.store.postgres.place import ServerPlace

PATIENCE: Final = 60
"""Seconds within which the server answers."""
_COMMIT: Final = b"COMMIT\0"


@dataclass(frozen=True, slots=True)
class Break:
    """What happens to the line.

    Attributes:
        commit: at which commit from now on.
        arrives: the server hears the commit, and its answer is lost; otherwise it never hears of it.
        silent: nobody is told that the line is broken.
        stays: nobody gets through any more, until the line is mended.
    """

    commit: int = 1
    arrives: bool = False
    silent: bool = False
    stays: bool = False


class Line:
    """Carries what a desk and its server say to each other; every connection has two threads."""

    def __init__(self, to: ServerPlace) -> None:
        self._to = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._calls: list[_Call] = []
        self._break: Break | None = None
        self._commits = 0
        self._is_down = self._is_over = False
        self._thread = threading.Thread(target=self._accept, name="line")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._is_over = True
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes accept()
        self._thread.join()
        self._listener.close()
        for call in self._calls:
            call.hang_up()
            call.join()

    def breaks(self, how: Break) -> None:
        """Break it at a commit to come."""
        self._commits, self._break = 0, how

    def cut(self, *, stays: bool = False) -> None:
        """Break it now."""
        self._is_down = stays
        for call in self._calls:
            call.hang_up()

    def mend(self) -> None:
        """Let everybody through again."""
        self._is_down = False

    def _accept(self) -> None:
        while True:
            desk, _ = self._listener.accept()
            if self._is_over or self._is_down:
                desk.close()
                if self._is_over:
                    return
                continue
            self._calls.append(_Call(self, desk, reach(self._to)))

    def broken_at(self, said: bytes) -> Break | None:
        """Return how the line breaks at what a desk says; None: it holds."""
        if self._break is None or _COMMIT not in said:
            return None
        self._commits += 1
        if self._commits < self._break.commit:
            return None
        how, self._break = self._break, None
        return how


class _Call:
    """One connection through the line."""

    def __init__(self, line: Line, desk: socket.socket, server: socket.socket) -> None:
        self._line, self._desk, self._server = line, desk, server
        self._is_muted = False
        self._answered = threading.Event()
        self._threads = [threading.Thread(target=way, name="line") for way in (self._there, self._back)]
        for thread in self._threads:
            thread.start()

    def hang_up(self) -> None:
        """End it at both ends."""
        for end in (self._desk, self._server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def join(self) -> None:
        for thread in self._threads:
            thread.join()
        self._desk.close()
        self._server.close()

    def _there(self) -> None:
        with contextlib.suppress(OSError):
            while said := self._desk.recv(65536):
                how = self._line.broken_at(said)
                if how is not None:
                    self._break(how, said)
                elif not self._is_muted:
                    self._server.sendall(said)
        self.hang_up()

    def _back(self) -> None:
        with contextlib.suppress(OSError):
            while said := self._server.recv(65536):
                self._answered.set()
                if not self._is_muted:
                    self._desk.sendall(said)
        if not self._is_muted:
            self.hang_up()

    def _break(self, how: Break, said: bytes) -> None:
        self._is_muted = True
        self._answered.clear()
        if how.arrives:
            self._server.sendall(said)
            assert self._answered.wait(PATIENCE), "the server does not answer"
        if how.stays:
            self._line.cut(stays=True)
        elif not how.silent:
            self.hang_up()


def reach(place: ServerPlace) -> socket.socket:
    """Open a connection to a server as a network would, knowing nothing of what it speaks."""
    if not place.host.startswith("/"):
        return socket.create_connection((place.host, place.port))
    way = socket.socket(socket.AF_UNIX)
    way.connect(f"{place.host}/.s.PGSQL.{place.port}")
    return way
