"""権限: what an operator may do. It is imported before the first window is painted, and so imports nothing."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """Each includes those before it."""

    LOOK = "照会"
    PREPARE = "準備"
    SEND = "発行"
    ADMINISTER = "管理"

    def includes(self, other: Right) -> bool:
        """Tell whether who has this may do what needs the other."""
        order = list(Right)
        return order.index(self) >= order.index(other)

    def lacks(self, needed: Right) -> str:
        """Return why who has this may not do what needs another, in a sentence for the clerk; "" where she may."""
        return "" if self.includes(needed) else LACKING.format(needed=needed.value, has=self.value)


LACKING = (
    "「{needed}」の権限が要ります(いまの操作者は「{has}」)。"
    "権限のある人に切り替える(Ctrl+F12)か、「管理」の人に頼んでください。"
)
