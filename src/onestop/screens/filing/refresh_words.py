"""What F7 of a list brought, in words: troubles first, and nothing when there was nothing to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.ports import Message, Tone
from onestop.screens.wording import explain

if TYPE_CHECKING:
    from onestop.errors import OneStopError
    from onestop.services.delivery.refresh_many import Refreshed
    from onestop.services.delivery.settle import Settled


REVIVED: Final = (
    "管理番号{numbers}は、差戻や取下げのあとでまた手続中になりました。同じ車検の申請がほかにないか確かめてください。"
)


@dataclass(frozen=True, slots=True)
class RefreshOutcome:
    """What came of asking a service."""

    refreshed: Refreshed
    settled: Settled | None = None
    """Of those whose answer was lost; where the list holds none of them, nothing."""


def told_by(checked: RefreshOutcome, *, stopped: bool) -> Message | None:
    """Say what asking brought."""
    refreshed, settled = checked.refreshed, checked.settled
    troubles = _trouble(
        refreshed.failed, "件の状態を確認できませんでした(保存済みの内容を表示しています)。", refreshed.reason
    )
    if refreshed.revived:
        troubles.append(REVIVED.format(numbers="・".join(map(str, refreshed.revived))))
    facts: list[str] = []
    if settled is not None:
        troubles += _trouble(settled.waiting, "件は、受け付けられたかどうかがまだ分かりません。", settled.reason)
        facts += _counted(
            (settled.filed, "応答がなかった{:,}件は、受け付けられていました。"),
            (settled.drafts, "応答がなかった{:,}件は受け付けられなかったため、依頼前に戻しました。"),
        )
    facts += _counted(
        (refreshed.updated, "{:,}件の状態を確認しました。"),
        (refreshed.forgotten, "{:,}件はサーバーに記録がありません。"),
    )
    halted = ["状態の確認を中止しました。"] if stopped else []
    said = " ".join([*halted, *troubles, *facts])
    return Message(said, Tone.WARNING if troubles else Tone.INFO) if said else None


def _counted(*told: tuple[int, str]) -> list[str]:
    """Return the sentences of which there is anything to count."""
    return [sentence.format(count) for count, sentence in told if count]


def _trouble(count: int, sentence: str, reason: OneStopError | None) -> list[str]:
    if not count:
        return []
    return [f"{count:,}{sentence}" + ("" if reason is None else explain(reason).text)]
