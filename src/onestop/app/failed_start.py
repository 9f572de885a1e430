"""A start that failed: a line in the log, and a box. Needs nothing of what could not be made."""

from __future__ import annotations

import ctypes
import logging
import sys
from typing import TYPE_CHECKING, Any, Final

from onestop.app.logs import Log
from onestop.services.bugs import account

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMessageBox, QWidget

logger = logging.getLogger(__name__)

FAILED: Final = 1
TITLE: Final = "継続検査OSS"
WORDS: Final = (
    "プログラムを開始できませんでした。プログラムの部品が足りないか、壊れています。\n"
    "保存されているデータには触れていません。\n\n"
    "パソコンを再起動して、もう一度開いてください。同じことになるときは、プログラムを入れ直してください"
    "(データはそのまま残ります)。"
)
ERROR_BOX: Final = 0x10 | 0x10000
"""MessageBoxW: the sign of an error, and before all other windows."""


def note(error: BaseException) -> str:
    """Put what happened into the log, without anybody's data; returns it."""
    told = account(type(error), error.__traceback__)
    logger.critical("bug: %s", told)
    return told


def box(told: str, log_file: Path, parent: QWidget) -> QMessageBox:
    """Return the box that says so, where Qt has windows."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - Qt itself may be what could not be loaded
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - the same

    made = QMessageBox(QMessageBox.Icon.Critical, TITLE, WORDS, QMessageBox.StandardButton.NoButton, parent)
    made.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole)
    made.setObjectName("failed_start")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setInformativeText(f"記録: {log_file}\n{told}")
    return made


def tell_without_qt(error: BaseException, log_file: Path, platform: str = sys.platform) -> int:
    """Tell it by the system's own means; returns the exit code."""
    log = Log(log_file)
    log.begin()
    told = note(error)
    log.end()
    words = f"{WORDS}\n\n記録: {log_file}\n{told}"
    if platform == "win32":
        windll: Any = getattr(ctypes, "windll")  # noqa: B009 - no other system's stubs have it
        windll.user32.MessageBoxW(None, words, TITLE, ERROR_BOX)
    elif sys.stderr is not None:
        sys.stderr.write(f"{words}\n")
    return FAILED
