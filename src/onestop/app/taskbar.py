"""Under which name Windows groups our windows in its taskbar: else they stand under Python's, with its icon."""

from __future__ import annotations

import sys
from typing import Final

APP_USER_MODEL_ID: Final = "Onestop.Desk"
"""A start menu entry that opens the program bears the same (System.AppUserModel.ID)."""


def be_named_in_the_taskbar(platform: str = sys.platform) -> None:
    """Tell Windows, before the first window is made."""
    if platform == "win32":
        import ctypes  # noqa: PLC0415 - a start elsewhere does not wait for it

        shell = ctypes.CDLL("shell32")
        shell.SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(APP_USER_MODEL_ID))
