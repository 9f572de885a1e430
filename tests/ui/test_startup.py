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


def test_the_kit_imports_nothing_heavy() -> None:
    assert imported(HEAVY, *(f"onestop.ui.{name}" for name in KIT)) == "[]"


def test_what_the_first_frame_waits_for_knows_no_secret_no_record_and_no_file() -> None:
    """Nor OpenSSL, which hashlib opens: each of them is a part of the time until something can be typed."""
    can_wait = ("onestop.store", "onestop.model", "onestop.screens", "hashlib", "json")
    assert imported(can_wait, "onestop.__main__", "onestop.app.run", "onestop.app.start") == "[]"


def imported(names: tuple[str, ...], *modules: str) -> str:
    """Import modules in a fresh process; return which of the names came with them."""
    imports = "; ".join(f"import {module}" for module in modules)
    program = f"{imports}; import sys; print([name for name in {names!r} if name in sys.modules])"
    command = [sys.executable, "-c", program]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own interpreter
    return out.stdout.strip()
