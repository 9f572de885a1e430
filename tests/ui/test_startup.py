"""Tests that the kit is light: what starts slowly is imported after the first paint."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlalchemy", "httpx", "pydantic", "alembic", "keyring", "flask", "sqlcipher3", "yaml")
KIT = (
    "desk_window",
    "background",
    "theme",
    "panel",
    "rows.view",
    "fields.plate_field",
    "fields.choice_field",
    "fields.date_field",
    "crash",
)
BEFORE_THE_FIRST_FRAME = {
    "onestop",
    "onestop.__main__",
    "onestop.app",
    "onestop.app.garbage",
    "onestop.app.plain_imports",
    "onestop.app.run",
    "onestop.app.taskbar",
    "onestop.ui",
    "onestop.ui.first_frame",
    "onestop.ui.first_size",
}
CAN_WAIT = ("dataclasses", "hashlib", "json", "platform", "platformdirs", "resource")
"""Nor OpenSSL, which hashlib opens."""
STARTS = f"""
import builtins, sys
from PySide6 import QtCore
from onestop.__main__ import main
import onestop.app.run

def begin(run):
    print(*[name for name in sys.modules if name.partition(".")[0] == "onestop"])
    print([name for name in {CAN_WAIT!r} if name in sys.modules] + ["Qt"] * ("Qt" in vars(QtCore)))
    print("read along" if builtins.__import__ is builtins.__feature_import__ else "not read along")
    run._app.exit()

onestop.app.run.Run._begin = begin
main([])
"""


def test_the_kit_imports_nothing_heavy() -> None:
    assert imported(HEAVY, *(f"onestop.ui.{name}" for name in KIT)) == "[]"


def test_what_the_first_frame_waits_for_is_next_to_nothing() -> None:
    """Each module, and each class that PySide6 has to make, is a part of the time until something can be typed."""
    out = subprocess.run([sys.executable, "-c", STARTS], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own interpreter
    ours, dear, imports = out.stdout.splitlines()
    assert set(ours.split()) == BEFORE_THE_FIRST_FRAME
    assert (dear, imports) == ("[]", "not read along")


def imported(names: tuple[str, ...], *modules: str) -> str:
    """Import modules in a fresh process; return which of the names came with them."""
    imports = "; ".join(f"import {module}" for module in modules)
    program = f"{imports}; import sys; print([name for name in {names!r} if name in sys.modules])"
    command = [sys.executable, "-c", program]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own interpreter
    return out.stdout.strip()
