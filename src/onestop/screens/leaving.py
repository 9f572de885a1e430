"""What is asked before a window with unsaved input is closed, or all are: at the end, and for another connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.ports import Others

KEPT: Final = (
    "車両・申請・証明書の入力途中の内容は、下書きとして残ります(同じ画面を開くと復元できます)。"
    "ほかの画面の変更は失われます。"
)
STOPS: Final = "まだ送っていないものは送られません。応答を待っているものは、次に開いたときに確かめます。"


def before_dropping(text: str, drop: Callable[[], None], back: Callable[[], None]) -> Question:
    """Ask before a window is closed whose input is not saved."""
    return Question("保存していない変更", text, _choices(back, "破棄して閉じる", drop))


def save_or_drop(what: str, save: Callable[[], None], drop: Callable[[], None]) -> Question:
    """Ask the same, where it may as well be saved first."""
    choices = (Choice("保存", save), Choice("破棄", drop), Choice("戻る", lambda: None, safe=True))
    return Question(f"保存していない{what}", f"{what}が保存されていません。どうしますか。", choices)


def sending_first(others: Others) -> str:
    """Say that the connection cannot be changed while something is being sent."""
    windows = "・".join(others.sending)
    return f"送信中のため、接続先を変えられません: {windows}。終わってから、もう一度 F9 保存 を行ってください。"


def before_switching(others: Others, go: Callable[[], None], back: Callable[[], None]) -> Question:
    """Ask before windows with unsaved input are closed, because the connection is changed."""
    text = f"{_unsaved(others)}\n接続先を変えると、開いている画面は閉じます。{KEPT}"
    return Question("保存していない変更", text, _choices(back, "閉じて切り替える", go))


def before_the_end(others: Others, go: Callable[[], None], back: Callable[[], None]) -> Question | None:
    """Ask before the program ends; None when nothing is lost by that."""
    told = []
    if others.sending:
        told += [f"送信中です: {'・'.join(others.sending)}", f"終了すると、{STOPS}"]
    if others.unsaved:
        told += [_unsaved(others), KEPT]
    return Question("終了", "\n".join(told), _choices(back, "終了する", go)) if told else None


def really_end(go: Callable[[], None], back: Callable[[], None]) -> Question:
    """Ask whether the key was meant."""
    return Question("終了", "プログラムを終了しますか。", _choices(back, "終了する", go))


def _unsaved(others: Others) -> str:
    return f"保存していない画面があります: {'・'.join(others.unsaved)}"


def _choices(back: Callable[[], None], label: str, go: Callable[[], None]) -> tuple[Choice, ...]:
    return (Choice("戻る", back, safe=True), Choice(label, go))
