"""A scanner at a serial port, which is one end of a pseudo-terminal here."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from queue import Queue
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from onestop.documents import scanner_port
from onestop.documents.scanner_port import MOST_BYTES, ScannerPort
from support.codes import CODE_2, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

import tty

PATIENCE = 20


class Cable:
    """The other end of a port, under a name that stays the same however often it is plugged in."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self.end = -1
        self.is_open = Event()

    def plug_in(self) -> None:
        self.end, port = os.openpty()
        tty.setraw(port)
        self.name.symlink_to(os.ttyname(port))
        os.close(port)

    def pull_out(self) -> None:
        self.is_open.clear()
        self.name.unlink()
        os.close(self.end)

    def write(self, content: bytes) -> None:
        """Write once the port is open: what came before is not the next clerk's."""
        assert self.is_open.wait(PATIENCE)
        os.write(self.end, content)


@contextmanager
def listening(cable: Cable) -> Iterator[Queue[bytes]]:
    heard: Queue[bytes] = Queue()
    stop = Event()

    def stands(there: bool) -> None:  # noqa: FBT001 - as it is called
        (cable.is_open.set if there else cable.is_open.clear)()

    thread = Thread(target=ScannerPort(str(cable.name), 9600, heard.put, stands, stop).listen)
    thread.start()
    try:
        yield heard
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner_port, "AGAIN", 0.02)


@pytest.fixture
def cable(tmp_path: Path) -> Cable:
    return Cable(tmp_path / "port")


@pytest.mark.parametrize("end", [b"\r", b"\r\n", b"\t", b""])
def test_what_a_scanner_sends_is_heard_symbol_by_symbol(cable: Cable, end: bytes) -> None:
    cable.plug_in()
    with listening(cable) as heard:
        for text in (CODE_2, *SYMBOLS):
            cable.write(text.encode("cp932") + end)
            assert heard.get(timeout=PATIENCE).decode("cp932") == text
    cable.pull_out()


def test_symbols_that_come_at_once_are_told_apart(cable: Cable) -> None:
    cable.plug_in()
    with listening(cable) as heard:
        cable.write(b"2/A\r\n2/B\r")
        assert [heard.get(timeout=PATIENCE) for _ in range(2)] == [b"2/A", b"2/B"]
    cable.pull_out()


def test_a_scanner_that_is_pulled_out_is_heard_again_when_it_is_back(cable: Cable) -> None:
    with listening(cable) as heard:
        for content in (b"2/A", b"2/B"):
            cable.plug_in()
            cable.write(content + b"\r")
            assert heard.get(timeout=PATIENCE) == content
            cable.pull_out()


def test_what_never_ends_is_cut(cable: Cable) -> None:
    cable.plug_in()
    with listening(cable) as heard:
        for _ in range(MOST_BYTES // 2048 + 2):
            cable.write(b"x" * 2048)
        assert len(heard.get(timeout=PATIENCE)) > MOST_BYTES // 2
    cable.pull_out()
