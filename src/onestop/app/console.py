"""What the commands have in common that need no window: their words on the console, their log, their exit codes."""

from __future__ import annotations

import getpass
import logging
import sys
from typing import TYPE_CHECKING, Final

from onestop.app.logs import Log
from onestop.errors import DataFolderInUse, InvalidInput, OneStopError
from onestop.screens.wording import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.paths import DataFolder

log = logging.getLogger(__name__)

DONE: Final = 0
NOT_USABLE: Final = 2
IN_USE: Final = 5
NOT_DONE: Final = 6
"""Exit codes; docs/administration.md names them."""

IN_USE_TEXT: Final = (
    "このデータフォルダーの onestop が開いています。閉じてから、もう一度実行してください。何も変えていません。"
)
DATABASE_PASSWORD: Final = "接続先データベースのパスワード (ないときは Enter): "  # noqa: S105 - a question


def carry_out(folder: DataFolder, act: Callable[[], None], failed: str) -> int:
    """Do something, with its log; returns the exit code. `failed` is what the log says where it was not done."""
    written = Log(folder.log)
    written.begin()
    written.write()
    try:
        act()
    except DataFolderInUse:
        return _tell(IN_USE_TEXT, IN_USE)
    except InvalidInput as error:
        return _tell(error.problems[0].message, NOT_USABLE)
    except OneStopError as error:
        log.exception(failed)
        return _tell(explain(error).text, NOT_DONE)
    finally:
        written.end()
    return DONE


def ask_on_console(question: str) -> str:
    """Ask for a password where somebody sits; a script gives none."""
    return getpass.getpass(question) if sys.stdin is not None and sys.stdin.isatty() else ""


def say(line: str) -> None:
    """Write a line to the console, at once; a program of windows has none on Windows (windows/setup/launcher.c)."""
    if sys.stdout is not None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _tell(sentence: str, code: int) -> int:
    say(sentence)
    return code
