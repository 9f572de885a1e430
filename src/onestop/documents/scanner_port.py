"""Listening to a scanner at a serial port (USB-COM, RS-232C), also after it was unplugged and plugged in again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import serial

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

PAUSE: Final = 0.15
"""Seconds without a byte after which a scanner that ends with nothing has ended."""
AGAIN: Final = 1.0
"""Seconds until a port is tried again that could not be opened, or was lost."""
MOST_BYTES: Final = 8192
"""The largest symbol has 2,953."""
_ENDS: Final = re.compile(rb"[\r\n\t]+")


@dataclass(frozen=True, slots=True)
class ScannerPort:
    """One port. Nothing here is of a window: it listens on a thread of its own."""

    port: str
    """COM3, /dev/ttyACM0."""
    speed: int
    """Bits a second; scanners at USB take any."""
    heard: Callable[[bytes], None]
    """Is told what one symbol holds."""
    stands: Callable[[bool], None]
    """Is told when the scanner is there, and when it is not."""
    stop: Event

    def listen(self) -> None:
        """Listen until it is told to stop."""
        while not self.stop.is_set():
            try:
                with serial.Serial(self.port, self.speed, timeout=PAUSE) as line:
                    self.stands(True)  # noqa: FBT003 - it is all there is to say
                    self._read(line)
            except (OSError, ValueError):  # SerialException is an OSError: not there, taken by another, or pulled out
                self.stands(False)  # noqa: FBT003 - the same
                self.stop.wait(AGAIN)

    def _read(self, line: serial.Serial) -> None:
        waiting = b""
        while not self.stop.is_set():
            part: bytes = line.read(max(1, line.in_waiting))
            *whole, waiting = _ENDS.split(waiting + part)
            if waiting and (not part or len(waiting) > MOST_BYTES):
                whole, waiting = [*whole, waiting], b""
            for content in filter(None, whole):
                self.heard(content)
