"""The key that works in every window: leave the desk, and let another sit down."""

from __future__ import annotations

from typing import Final

from onestop.screens.function_key import FunctionKey
from onestop.screens.screen import Screen

CHANGE_OPERATOR: Final[FunctionKey[Screen]] = FunctionKey("Ctrl+F12", "操作者の切替", Screen.change_operator)
"""F12 leaves a window, Ctrl+F12 the desk."""
