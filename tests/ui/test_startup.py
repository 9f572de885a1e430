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
    imports = "; ".join(f"import onestop.ui.{name}" for name in KIT)
    program = f"{imports}; import sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own interpreter
    assert out.stdout.strip() == "[]"
