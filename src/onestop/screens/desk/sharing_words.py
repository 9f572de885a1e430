"""What is said of the server that several desks share, and of what they change."""

from __future__ import annotations

from typing import Final

from onestop.errors import ServerGone
from onestop.screens.wording import OWN

GONE_SHORT: Final = "サーバーにつながりません: つなぎ直しています"
GONE: Final = (
    "データベースのサーバーにつながらなくなりました。画面の内容は、つながっていたときのものです。"
    "つながるまで、保存と発行はできません(申請が送られることもありません)。入力中の内容はこのパソコンに残します。"
    "自動でつなぎ直します。F5 などのキーを押すと、すぐにつなぎ直してみます。"
    "続くときは、サーバーの管理者に連絡してください。"
)
OF_GONE: Final = (GONE, OWN[ServerGone])
"""What stands in strips while it is gone, and is not so any more when it is back."""
BACK: Final = (
    "データベースのサーバーに、またつながりました。開いている画面は最新の内容です。"
    "途中だった操作は、保存されたかどうかを確かめてから、もう一度行ってください。"
)
KEPT: Final = (
    "入力中に、この内容がほかの端末か画面で変わりました。入力中の内容はそのままです。保存するときに確かめてください。"
)
