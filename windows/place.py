"""Whether .venv can be made where a clone lies on Windows, and by which Python; `dev.py` asks before it makes one.

A path may have 260 characters unless an administrator allowed longer ones, and installers say nothing of it: they fail.
"""

from __future__ import annotations

import importlib
import os
import sysconfig
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEEPEST: Final = 259 - 180
"""Characters that a clone's own path may have where long ones are not allowed: some names in .venv have 176."""
FILE_SYSTEM: Final = r"SYSTEM\CurrentControlSet\Control\FileSystem"
SYNCED: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
ON_THE_NETWORK: Final = "this folder lies on a network, where no program of ours may start. Copy it onto this machine."
OTHER_PYTHON: Final = (
    'this Python is for {platform}. Install the "Windows installer (64-bit)" of python.org, which runs on ARM as well.'
)
TOO_DEEP: Final = """this folder's path has {length} characters; Windows allows 260, and .venv in it needs 180.
  Move it to a shorter one of {deepest} at most, such as C:\\onestop, or let an administrator allow long paths:
  reg add HKLM\\{key} /v LongPathsEnabled /t REG_DWORD /d 1 /f"""
COPIED: Final = (
    "OneDrive copies this folder, and will copy thousands of small files of .venv. C:\\onestop would be better."
)


def why_not_here(root: str, platform: str, *, long_paths: bool) -> str:
    """Return why .venv cannot be made in a folder, and what to do; empty where it can."""
    if root.startswith("\\\\"):
        return ON_THE_NETWORK
    if platform != "win-amd64":  # not every package has a wheel for win32 and win-arm64
        return OTHER_PYTHON.format(platform=platform)
    if len(root) > DEEPEST and not long_paths:
        return TOO_DEEP.format(length=len(root), deepest=DEEPEST, key=FILE_SYSTEM)
    return ""


def is_synced(root: Path, env: Mapping[str, str]) -> bool:
    """Tell whether OneDrive copies a folder to other machines: Windows names its places in variables."""
    return any(root.is_relative_to(env[name]) for name in SYNCED if env.get(name))


def allows_long_paths() -> bool:
    """Tell whether this Windows lets paths pass 260 characters."""
    try:
        registry = importlib.import_module("winreg")
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, FILE_SYSTEM) as key:
            return bool(registry.QueryValueEx(key, "LongPathsEnabled")[0])
    except (ImportError, OSError):  # another system, or a Windows of before 2016
        return False


def look(root: Path) -> None:
    """End where .venv cannot be made; tell where it had better not be."""
    reason = why_not_here(str(root), sysconfig.get_platform(), long_paths=allows_long_paths())
    if reason:
        raise SystemExit(f"dev.py: {reason}")
    if is_synced(root, os.environ):
        print(COPIED)
