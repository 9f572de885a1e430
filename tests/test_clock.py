"""The machine's clock: the time, seconds that nobody sets, and the name of this run of the machine."""

from __future__ import annotations

import ctypes
import sys
import time
from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING

from onestop import clock as clocks
from onestop.clock import SystemClock

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pytest

VALUES = {"MachineGuid": "a-machine", "BootId": 17}


def a_registry(values: dict[str, object]) -> SimpleNamespace:
    """Return what Windows has of its own."""

    def open_key(hive: str, path: str) -> AbstractContextManager[str]:
        return nullcontext(f"{hive}{path}")

    def query(_key: str, name: str) -> tuple[object, int]:
        if name not in values:
            raise FileNotFoundError(name)
        return values[name], 1

    return SimpleNamespace(HKEY_LOCAL_MACHINE="HKLM", OpenKey=open_key, QueryValueEx=query)


def test_linux_names_each_run_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "boot_id").write_text("6cb7a4f0\n", encoding="ascii")
    assert SystemClock(tmp_path / "boot_id").boot == SystemClock(tmp_path / "boot_id").boot == "6cb7a4f0"


def test_windows_counts_the_starts_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", a_registry(VALUES))
    assert SystemClock(tmp_path / "none").boot == "a-machine 17"


def test_where_no_run_has_a_name_each_run_of_the_program_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "winreg", a_registry({}))
    first, second = SystemClock(tmp_path / "none"), SystemClock(tmp_path / "none")
    assert first.boot != second.boot
    assert first.boot == first.boot
    monkeypatch.setitem(sys.modules, "winreg", None)
    assert SystemClock(tmp_path / "none").boot.startswith("program ")


def test_uptimes_go_forward_with_and_without_the_clock_that_linux_has(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    assert 0 < clock.uptime() <= clock.uptime()
    monkeypatch.setattr(clocks, "_BOOTTIME", None)
    before = time.monotonic()
    assert before <= clock.uptime() <= time.monotonic()


def test_own_work_is_measured_in_seconds_that_no_sleep_of_the_machine_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 <= SystemClock().monotonic() <= SystemClock().monotonic()
    awake_for_a_minute = SimpleNamespace(QueryUnbiasedInterruptTime=lambda count: count.__setitem__(0, 600_000_000))
    dlls = SimpleNamespace(kernel32=awake_for_a_minute)
    of_windows = SimpleNamespace(c_ulonglong=ctypes.c_ulonglong, byref=ctypes.pointer, windll=dlls)
    monkeypatch.setattr(clocks, "_CTYPES", of_windows)
    assert SystemClock().monotonic() == 60
