"""The places that a clerk can go to: each is one window, and what it is to show.

Places of the same shape share one dataclass: this module is imported before the first window is painted.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.services.recovery import Recovery
    from onestop.services.server_door import ServerDoor
    from onestop.services.vehicle.importing import ImportPlan
    from onestop.services.vehicle.scanning import Scan


@dataclass(frozen=True)
class Place:
    """A window, and what it is to show: the values by which its screen is made."""


@dataclass(frozen=True)
class CarPlace(Place):
    """What there is of one car."""

    vehicle_id: int


@dataclass(frozen=True)
class RecordPlace(Place):
    """The record with this 管理番号, or the one under way for a car, or a new one."""

    vehicle_id: int | None
    control_number: int | None


class LookupPlace(Place):
    """照会."""


@dataclass(frozen=True)
class VehiclePlace(Place):
    """車両 新規 (None) or 修正; a new one may be filled with what QR読取 tells."""

    vehicle_id: int | None
    scanned: ImportPlan | None = dataclasses.field(default=None, repr=False)


@dataclass(frozen=True)
class ImportPlace(Place):
    """取込 of 車検証 files, and of cars that QR読取 hands over, one after the other."""

    documents: tuple[Path | ImportPlan, ...] = dataclasses.field(repr=False)


@dataclass(frozen=True)
class ScanPlace(Place):
    """QR読取, which is handed what was just scanned."""

    scans: tuple[Scan, ...] = dataclasses.field(default=(), repr=False)
    files: tuple[Path, ...] = dataclasses.field(default=(), repr=False)
    """Pictures and PDFs."""


class SourcesPlace(CarPlace):
    """値の出所 of a car."""


@dataclass(frozen=True)
class ChangesPlace(Place):
    """変更の履歴 of a car, or (None) of what is about no car: 設定, 操作者, 料金表, 納付消込."""

    vehicle_id: int | None


class MainPlace(CarPlace):
    """ワンストップサービス on a car."""


class ChecklistPlace(CarPlace):
    """確認票 of a car's 今回の車検."""


class HistoryPlace(CarPlace):
    """車検の履歴 of a car."""


class ComparePlace(CarPlace):
    """照合 of the papers of a car's 今回の車検."""


class RelayPlace(CarPlace):
    """連動発行 of a car."""


class IssuePlace(RecordPlace):
    """申請書発行."""


class ConformityPlace(RecordPlace):
    """適合証・証明証発行."""


class InsurancePlace(RecordPlace):
    """自賠責証明書発行."""


class LedgerPlace(Place):
    """指定整備元帳."""


@dataclass(frozen=True)
class PaperPlace(Place):
    """紙の適合証の追加 (None), or 修正 of the one with this 管理番号."""

    control_number: int | None = None


@dataclass(frozen=True)
class WorkSummaryPlace(Place):
    """点検・整備・検査の概要 of the 保適証 with this 管理番号."""

    control_number: int


class ReportPlace(Place):
    """交付実績報告書."""


@dataclass(frozen=True)
class FilingListPlace(Place):
    """申請書一覧, with the filing with this 管理番号 chosen."""

    control_number: int | None = None


class PaymentListPlace(Place):
    """納付一覧."""


class ReconcilingPlace(Place):
    """納付消込."""


@dataclass(frozen=True)
class BatchPlace(Place):
    """一括申請: the review of these filings."""

    control_numbers: tuple[int, ...]


class SettingsPlace(Place):
    """設定."""


class OperatorsPlace(Place):
    """操作者."""


@dataclass(frozen=True)
class SignInPlace(Place):
    """操作者の切替, with why it came."""

    greeting: str = ""


class RatesPlace(Place):
    """料金表."""


@dataclass(frozen=True)
class RecoveryPlace(Place):
    """復元キー, and what happens when the right one was typed in, or when it was not."""

    recovery: Recovery = dataclasses.field(repr=False)
    done: Callable[[], None]
    left: Callable[[], None]


@dataclass(frozen=True)
class ServerDoorPlace(Place):
    """接続先データベース where the desk is not open, and what happens when it can be opened, or is not."""

    door: ServerDoor
    done: Callable[[], None]
    left: Callable[[], None]


@dataclass(frozen=True)
class HelpPlace(Place):
    """ヘルプ, opened at the page of a window, or before it the whole of texts that are cut there."""

    page: str
    whole: tuple[str, ...] = dataclasses.field(default=(), repr=False)
