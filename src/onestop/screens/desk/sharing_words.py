"""What is said of the server that several desks share, and of what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import ServerGone
from onestop.screens.display import named
from onestop.screens.wording import OWN

if TYPE_CHECKING:
    from onestop.model.change import Author

GONE_SHORT: Final = "サーバーにつながりません: つなぎ直しています"
GONE: Final = (
    "データベースのサーバーにつながらなくなりました。画面の内容は、つながっていたときのものです。"
    "つながるまで、保存と発行はできません。入力中の内容はこのパソコンに残します。"
    "自動でつなぎ直します(F5 などのキーで、すぐに)。"
    "続くときは、サーバーの管理者に連絡してください。"
)
OF_GONE: Final = (GONE, OWN[ServerGone])
"""What stands in strips while it is gone, and is not so any more when it is back."""
BACK: Final = (
    "データベースのサーバーに、またつながりました。開いている画面は最新の内容です。"
    "途中だった操作は、保存されたかどうかを確かめてから、もう一度行ってください。"
)


def deleted_meanwhile(author: Author, noun: str) -> str:
    """Say who deleted what stands here, and that it cannot be saved any more."""
    return (
        f"{named(author)} がこの{noun}を削除しました。ここに入力した内容は保存できません。"
        "要る内容を控えてから F12 で閉じ、新しく作り直してください。"
    )


def changed_meanwhile(author: Author) -> str:
    """Say who changed what is being typed about here."""
    return (
        f"入力中に、{named(author)} がこの内容を変更しました。入力中の内容はそのままです。"
        "保存すると、両方が変えた項目のどちらを残すかを選べます。"
    )
