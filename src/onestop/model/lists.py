"""What lists ask for and what they show: plain values, so that a window needs no database to draw a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.sending_state import Sending

LARGEST_CONTROL_NUMBER: Final = 9_999_999_999


class FilingCondition(Enum):
    """検索条件 of 申請書一覧."""

    ALL = "すべて"
    NOT_ISSUED = "申請前"
    """Saved, not issued."""
    ISSUED = "申請後"
    """Issued (or on its way)."""


class FilingColumn(Enum):
    """The columns of 申請書一覧, in the manual's order and words."""

    CONTROL_NUMBER = "管理番号"
    COMPLETION = "状態"
    VEHICLE_CLASS = "車両種別"
    PROCEDURE = "手続種別"
    FILING_ID = "申請ID"
    REQUESTED_AT = "依頼日時"
    STATUS = "申請ステータス"
    OSS_STATUS = "OSSステータス"
    REGISTRATION_NUMBER = "登録番号"
    CHASSIS_NUMBER = "車台番号"
    LAST_APPLICATION_DATE = "最終の検査申請日"
    """Ours, not the manual's; so it stands last."""


@dataclass(frozen=True, slots=True)
class FilingQuery:
    """What 申請書一覧 searches for. Days are days in Japan, both ends included."""

    condition: FilingCondition = FilingCondition.ALL
    number_from: int = 1
    number_to: int = LARGEST_CONTROL_NUMBER
    chassis_tail: str = field(default="", repr=False)
    """車台番号(後方一致), as typed."""
    requested_from: dt.date | None = None
    requested_to: dt.date | None = None
    only_sendable: bool = False
    """Only those that are 申請前, of an inspection that has not ended and goes on with no other filing."""
    sort: FilingColumn = FilingColumn.CONTROL_NUMBER
    descending: bool = False


class FilingRow(NamedTuple):
    """One row of 申請書一覧. A tuple, as are those of 照会: they are made by the hundred while a clerk types."""

    control_number: int
    vehicle_id: int
    sending: Sending
    is_finished: bool
    is_closed: bool
    vehicle_class: str
    procedure: str
    filing_id: str | None
    requested_at: dt.datetime | None
    status: str | None
    """As AINAS said it; None when it never did."""
    oss_status: str | None
    registration_number: str
    chassis_number: str
    last_application_date: dt.date | None
    """最終の検査申請日; None when it is not known, or the inspection ended."""
    is_of_before: bool
    """Its inspection has ended."""
    is_open: bool
    """It has its inspection's one place (filing.py)."""
    has_newer: bool
    """Another filing of its inspection was made after it."""
    user_name: str
    lease_terminal: str | None
    lease_until: dt.datetime | None

    def __repr__(self) -> str:
        """Name it without anybody's data."""
        return f"FilingRow({self.control_number})"


class VehicleRow(NamedTuple):
    """One row of 照会, with the state of 今回の車検."""

    vehicle_id: int
    registration_number: str
    vehicle_name: str
    model_code: str
    user_name: str
    chassis_number: str
    expiry_date: dt.date | None
    control_number: int | None
    """Of the filing of 今回の車検 that counts; None when it has none."""
    sending: Sending | None
    status: str | None
    awaits_certificate: bool
    """The last inspection is finished, and its new 車検証 is not here."""
    last_application_date: dt.date | None
    """最終の検査申請日 of 今回の車検."""

    def __repr__(self) -> str:
        """Name it without anybody's data."""
        return f"VehicleRow({self.vehicle_id})"
