"""What happens after a bug: a log entry and a window that say where it happened, without anybody's data."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QVBoxLayout

from onestop.services.bugs import account
from onestop.ui.keys.held_keys import keep_off_held_keys
from onestop.ui.labels import Data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtGui import QShowEvent

logger = logging.getLogger(__name__)

WHAT = (
    "プログラムの中で問題が起きました。直前の操作は、終わりまで行われていないことがあります。\n"
    "送信の途中だったものは「確認中」になり、二重には送られません。申請は 申請書一覧 の F7 検索 で、"
    "自賠責と保適証はその画面の F7 で確かめてください。\n"
    "入力中の内容は下書きとして残っています(最後の数秒を除く)。このまま続けて使えます。"
)


class CrashDialog(QDialog):
    """Tells that a bug was met, and where the log lies."""

    def __init__(self, account_of_it: str, log: Path) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle("問題が起きました")
        self.setObjectName("crash")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = Data(f"{WHAT}\n\n記録: {log}")
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.account = QPlainTextEdit(account_of_it)
        self.account.setReadOnly(True)
        self.account.setAccessibleName("問題の記録")
        self.account.setTabChangesFocus(True)
        close = QPushButton("閉じる")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        column = QVBoxLayout(self)
        for widget in (words, self.account, close):
            column.addWidget(widget)
        close.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Let a key that is still held not close it unread."""
        super().showEvent(event)
        keep_off_held_keys(self)


class CrashReporter:
    """Takes every exception that nobody caught, on any thread. One window at a time; the log has them all."""

    def __init__(self, log: Path, hand_over: Callable[[Callable[[], None]], None]) -> None:
        """`hand_over` brings a callback from any thread to the GUI thread."""
        self._log = log
        self._hand_over = hand_over
        self._dialog: CrashDialog | None = None
        self.count = 0

    def install(self) -> None:
        """Stand behind sys.excepthook and threading.excepthook."""
        sys.excepthook = self.report
        threading.excepthook = lambda thread: self.report(thread.exc_type, thread.exc_value, thread.exc_traceback)

    def report(self, kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
        """Write it into the log, and show it."""
        told = account(kind, trace)
        self.count += 1
        logger.critical("bug: %s", told)
        self._hand_over(lambda: self._show(told))

    def _show(self, told: str) -> None:
        if self._dialog is None:
            self._dialog = CrashDialog(told, self._log)
            self._dialog.finished.connect(self._closed)
            self._dialog.open()

    def _closed(self) -> None:
        self._dialog = None
