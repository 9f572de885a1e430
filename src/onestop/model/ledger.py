"""指定整備元帳 and 交付実績報告書: what they ask for and what they hold, as plain values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import DELETED, ApplicationKind, Origin, PaperKind
from onestop.model.words import conformity_status_word

if TYPE_CHECKING:
    import datetime as dt

ON_PAPER: Final = "紙"
"""What stands as ステータス of a certificate on paper: AIRAS knows nothing of it."""
KINDS: Final = (
    ApplicationKind.OSS.value,
    ApplicationKind.COUNTER.value,
    PaperKind.USED.value,
    PaperKind.PRELIMINARY.value,
    PaperKind.LIMITED.value,
)
"""申請種別 of a record, of either origin."""


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """What 指定整備元帳 is searched for; an empty value does not restrict anything."""

    issued_from: dt.date | None = None
    issued_to: dt.date | None = None
    """Both days of 交付年月日 included."""
    plate: str = dataclasses.field(default="", repr=False)
    """A whole 登録番号, or any part of one."""
    chassis_tail: str = dataclasses.field(default="", repr=False)
    """後方一致."""
    inspector: str = dataclasses.field(default="", repr=False)
    """検査員コード, or a part of the name."""
    application_kind: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One 保適証 with a 交付番号."""

    control_number: int
    vehicle_id: int
    origin: Origin
    certificate_number: str
    issue_date: dt.date | None
    inspection_date: dt.date | None
    application_kind: str
    vehicle_category: str
    plate: str = dataclasses.field(repr=False)
    """Empty for a car that was not registered (中古新規, 予備検査)."""
    chassis_number: str = dataclasses.field(repr=False)
    vehicle_name: str
    model_code: str
    engine_model: str
    user_name: str = dataclasses.field(repr=False)
    """依頼者: the name."""
    user_address: str = dataclasses.field(repr=False)
    """依頼者: the address."""
    work_summary: str = dataclasses.field(repr=False)
    inspector_code: str
    inspector_name: str = dataclasses.field(repr=False)
    insurance_number: str = dataclasses.field(repr=False)
    insurance_from: dt.date | None
    insurance_to: dt.date | None
    """The 自賠責's period; None where only its number is known."""
    airas_status: str | None
    """交付ステータス, as AIRAS said."""
    valid_until: dt.date | None
    remarks: str = dataclasses.field(default="", repr=False)
    """備考; of one on paper, why it is 書損."""

    @property
    def status(self) -> str:
        """ステータス: AIRAS's word, or 紙."""
        return self.airas_status or (ON_PAPER if self.origin is Origin.PAPER else "")

    @property
    def is_voided(self) -> bool:
        """Its number counts as 削除."""
        return conformity_status_word(self.airas_status).counts_as == DELETED


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """How many there are; voided ones are counted apart and under no 申請種別."""

    count: int
    oss: int
    counter: int
    used: int
    preliminary: int
    limited: int
    voided: int
    paper: int
    """Of all of them, those on paper."""


def totals_of(rows: tuple[LedgerRow, ...]) -> LedgerTotals:
    """Count rows."""
    kinds = [row.application_kind for row in rows if not row.is_voided]
    oss, counter, used, preliminary, limited = (kinds.count(kind) for kind in KINDS)
    return LedgerTotals(
        count=len(rows),
        oss=oss,
        counter=counter,
        used=used,
        preliminary=preliminary,
        limited=limited,
        voided=sum(row.is_voided for row in rows),
        paper=sum(row.origin is Origin.PAPER for row in rows),
    )
