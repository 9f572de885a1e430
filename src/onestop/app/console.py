"""What the commands have in common that need no window: their words on the console, their log, their exit codes."""

from __future__ import annotations

import getpass
import logging
import sys
from typing import TYPE_CHECKING, Final

from onestop.app.logs import Log
from onestop.errors import DataFolderInUse, InvalidInput, OneStopError, ServerGone
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
AGAIN_TEXT: Final = "もとのデータは、そのまま残してあります。同じコマンドを、もう一度実行できます。"
STOPPED_TEXT: Final = f"途中で止めました。{AGAIN_TEXT}"
GONE_TEXT: Final = (
    "データベースのサーバーにつながらないため、最後まで行えませんでした。サーバーの名前とネットワークを確かめてください。"
    f"{AGAIN_TEXT}"
)
"""What a window says of it speaks of the window and of what is typed there."""
DATABASE_PASSWORD: Final = "接続先データベースのパスワード (ないときは Enter): "  # noqa: S105 - a question

NOBODY_SITS: Final = (
    "ここからはキーボードで入力できないため、接続先データベースのパスワードをうかがわずに、なしで続けます。"
    "パスワードが要るサーバーのときは、コマンドプロンプトや端末の画面で、同じコマンドを直接実行してください。"
)


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
        return _tell(GONE_TEXT if isinstance(error, ServerGone) else explain(error).text, NOT_DONE)
    except KeyboardInterrupt:
        return _tell(STOPPED_TEXT, NOT_DONE)
    finally:
        written.end()
    return DONE


def ask_on_console(question: str) -> str:
    """Ask for a password where somebody sits; elsewhere say that it goes on without one, and wait for nobody."""
    if not _somebody_sits():
        say(NOBODY_SITS)
        return ""
    try:
        return getpass.getpass(question)
    except EOFError:
        return ""


def _somebody_sits() -> bool:
    """Tell whether keys are read here. Windows takes NUL for a terminal as well, and no key comes out of it."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows alone needs both
        import msvcrt  # noqa: PLC0415 - the same

        handle, mode = msvcrt.get_osfhandle(sys.stdin.fileno()), ctypes.c_ulong()
        return bool(ctypes.windll.kernel32.GetConsoleMode(ctypes.c_void_p(handle), ctypes.byref(mode)))
    return True


def say(line: str) -> None:
    """Write a line to the console, at once; a program of windows has none on Windows (windows/setup/launcher.c)."""
    if sys.stdout is not None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _tell(sentence: str, code: int) -> int:
    say(sentence)
    return code
