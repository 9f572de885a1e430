"""The only place that asks the machine for the time; everything else is handed a Clock."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Final, Protocol

JST = dt.timezone(dt.timedelta(hours=9), "JST")
"""Japan has one zone and no summer time; a fixed offset needs no zone database."""
BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
"""Where Linux names this run of the machine."""


class Clock(Protocol):
    """What tells the time: the machine's clock, or a test's."""

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""

    def today(self) -> dt.date:
        """Return the present day in Japan."""

    def monotonic(self) -> float:
        """Return seconds that never run backwards and count no sleep, for spans of this program's own work."""

    def uptime(self) -> float:
        """Return seconds since the machine was started, asleep or awake; setting the clock does not move them."""

    @property
    def boot(self) -> str:
        """The name of this run of the machine: as long as it is the same, uptimes of two programs can be compared."""


class SystemClock:
    """The machine's clock."""

    def __init__(self, boot_id: Path = BOOT_ID) -> None:
        self._boot = _named_in(boot_id) or f"program {uuid.uuid4()}"

    @property
    def boot(self) -> str:
        """The name of this run of the machine; where the machine tells none, of this run of the program."""
        return self._boot

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - this is the one place

    def today(self) -> dt.date:
        """Return the present day in Japan."""
        return self.now().astimezone(JST).date()

    def monotonic(self) -> float:
        """Return seconds that never run backwards, and stand still while the machine sleeps."""
        return time.monotonic() if _CTYPES is None else _seconds_awake(_CTYPES)

    def uptime(self) -> float:
        """Return seconds since the machine was started. Python's own stand still on Linux while it sleeps."""
        return time.monotonic() if _BOOTTIME is None else time.clock_gettime(_BOOTTIME)


_BOOTTIME: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", None)
"""Linux alone has it; elsewhere the seconds of `time.monotonic` count from the start of the machine as well."""
_CTYPES: Final[Any] = importlib.import_module("ctypes") if sys.platform == "win32" else None
"""The way to Windows' own count: there the seconds of `time.monotonic` go on while the machine sleeps."""
_WINDOWS: Final = (
    (r"SOFTWARE\Microsoft\Cryptography", "MachineGuid"),
    (r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters", "BootId"),
)
"""Where Windows names the machine, and counts its starts."""


def _seconds_awake(ctypes: Any) -> float:  # noqa: ANN401 - what is called there other systems lack
    count = ctypes.c_ulonglong()
    ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(count))
    return float(count.value / 10_000_000)  # it counts 100 ns


def _named_in(boot_id: Path) -> str:
    try:
        return boot_id.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return _named_by_windows()


def _named_by_windows() -> str:
    try:
        registry = importlib.import_module("winreg")
        return " ".join(str(_read(registry, path, name)) for path, name in _WINDOWS)
    except (ImportError, OSError):
        return ""


def _read(registry: Any, path: str, name: str) -> object:  # noqa: ANN401 - a module that other systems lack
    with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, path) as key:
        return registry.QueryValueEx(key, name)[0]
