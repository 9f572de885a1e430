"""What people do with a filing: the scripts by which an agent and an office move it from 受付前 to its end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop_sandbox.clock import JST

if TYPE_CHECKING:
    from onestop_sandbox.pace import Pace
    from onestop_sandbox.wire import Wire

DONE = "手続完了"
ENDED = frozenset({DONE, "差戻", "取消", "取下", "却下"})
"""With these a car may be filed again; 差戻 too, because the contract has no way to correct a filing."""

_PAYMENT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Step:
    """One state of a filing."""

    at: float
    """The part of the script's whole time after which it is reached, from 0 to 1."""
    status: str
    oss_status: str | None
    inspection: str | None = None
    """納付状況 of 検査登録手数料 and 技術情報管理手数料; None while no amount is known."""
    tax: str | None = None
    """納付状況 of 自動車重量税."""
    message: str | None = None


_TAKEN = (
    Step(0.0, "受付前", None),
    Step(0.2, "受付済", "到着確認中"),
    Step(0.35, "申請中", "受付審査中"),
)
_PAID = (
    Step(0.5, "申請中", "検査登録手数料納付待ち", "納付待ち", "納付前"),
    Step(0.65, "申請中", "自動車重量税納付待ち", "納付済", "納付待ち"),
    Step(0.8, "申請中", "審査中", "納付済", "納付済"),
)

SCRIPTS: dict[str, tuple[Step, ...]] = {
    "finished": (*_TAKEN, *_PAID, Step(1.0, DONE, "手続(交付)完了", "納付済", "納付済")),
    "returned": (
        *_TAKEN,
        Step(0.5, "差戻", "補正待ち", message="車台番号が車検証と一致しません。確認のうえ、依頼し直してください。"),
    ),
    "incomplete": (*_TAKEN[:2], Step(0.3, "差戻", "補正待ち", message="使用者の代表者名を記入してください。")),
    "rejected": (
        *_TAKEN,
        *_PAID,
        Step(1.0, "却下", "却下", "納付済", "納付済", "保安基準適合証の有効期間が過ぎています。"),
    ),
    "unknown_word": (*_TAKEN, Step(0.5, "保留中", "他府県照会中", message="管轄の窓口に照会しています。")),
    "waiting": _TAKEN[:1],
}
"""By name: what a world's `scripts` may give to a 車台番号."""

_INSPECTION_FEES = {"普通": 1450, "軽": 1450, "小型二輪": 1500}
_INFORMATION_FEE = 400
_WEIGHT_TAXES = {"普通": 24600, "軽": 6600, "小型二輪": 3800}
"""Yen since 2026-04-01; the tax of a car of 1.5 t, because AINAS is not told its weight."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a filing stands: its step, since when, and when its first payment was asked for."""

    step: Step
    since: dt.datetime
    billed: dt.datetime | None

    def fees(self, vehicle_class: str) -> list[Wire]:
        """Return the rows of 手数料・税; amounts appear when the first payment is asked for."""
        if self.billed is None:
            return [_fee("検査登録手数料"), _fee("自動車重量税")]
        due = (self.billed.astimezone(JST).date() + dt.timedelta(days=_PAYMENT_DAYS)).isoformat()
        rows = [_fee("検査登録手数料", _INSPECTION_FEES[vehicle_class], self.step.inspection, due)]
        if vehicle_class != "小型二輪":
            rows.append(_fee("技術情報管理手数料", _INFORMATION_FEE, self.step.inspection, due))
        return [*rows, _fee("自動車重量税", _WEIGHT_TAXES[vehicle_class], self.step.tax, due)]


def stage_of(script: str, started: dt.datetime, now: dt.datetime, pace: Pace) -> Stage:
    """Return where a filing stands that began this script then."""
    stage = Stage(SCRIPTS[script][0], started, None)
    for step in SCRIPTS[script][1:]:
        since = pace.worked(started, step.at * pace.filing)
        if since > now:
            break
        billed = stage.billed or (since if step.inspection else None)
        stage = Stage(step, since, billed)
    return stage


def _fee(kind: str, amount: int | None = None, payment_status: str | None = None, due_date: str | None = None) -> Wire:
    return {"kind": kind, "amount": amount, "payment_status": payment_status, "due_date": due_date}
