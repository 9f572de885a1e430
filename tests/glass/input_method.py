"""ibus with Mozc, as a clerk types Japanese on Linux; in a session of its own, without a desktop."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glass.processes import a_process, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glass.display import Display

MOZC: Final = Path("/usr/lib/ibus-mozc/ibus-engine-mozc")
"""Where Debian has it."""
JAPANESE_AT_ONCE: Final = """engines {
  name : "mozc-jp"
  longname : "Mozc"
  layout : "default"
}
active_on_launch: True
"""
"""Mozc's own settings: it composes かな from the first key on, without a key that only Japanese keyboards have."""
SOMEBODY: Final = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
"""Runs a program as root, who calls himself nobody: Mozc refuses root, and another user could not read our files."""


def why_not() -> str | None:
    """Say why there can be no input method here, or None where there can."""
    lacking = [name for name in ("ibus", "ibus-daemon") if shutil.which(name) is None]
    lacking += [] if MOZC.exists() else [MOZC.name]
    if lacking:
        return f"{', '.join(lacking)} not found"
    allowed = subprocess.run([*_user(), "true"], check=False, capture_output=True)  # noqa: S603 - named above
    return "Mozc refuses root, and here root can't be another" if allowed.returncode else None


@contextmanager
def typing_japanese(glass: Display, folder: Path) -> Iterator[Display]:
    """Let programs on a screen be typed into through ibus and Mozc."""
    settings = folder / "mozc" / "ibus_config.textproto"  # in what the screen calls the folder for settings
    settings.parent.mkdir()
    settings.write_text(JAPANESE_AT_ONCE, encoding="utf-8")
    door = folder / "ibus-door"
    env = {**glass.env, "IBUS_ADDRESS": f"unix:path={door}", "QT_IM_MODULE": "ibus", "XDG_RUNTIME_DIR": str(folder)}
    glass = replace(glass, env=env, user=_user())
    plain = ("--panel=disable", "--config=disable", "--emoji-extension=disable")
    with a_process(["ibus-daemon", *plain, f"--address=unix:path={door}"], env, glass.log, user=_user()):
        until("the input method's door", door.exists)
        until("Mozc", lambda: _speaks_japanese(glass))
        yield glass


def _speaks_japanese(glass: Display) -> bool:
    glass.ask(*glass.user, "ibus", "engine", "mozc-jp")
    return glass.ask(*glass.user, "ibus", "engine").strip() == "mozc-jp"


def _user() -> tuple[str, ...]:
    return () if os.geteuid() else SOMEBODY
