"""The words of 自賠責証明書 and 保適証 that are ours to choose from."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from onestop.model.words import conformity_status_word

BEING_MADE: Final = "作成中"
MADE: Final = "作成済"
REPORTED: Final = "報告済"
DELETED: Final = "削除"
REJECTED: Final = "却下"
CORRECTABLE: Final = (BEING_MADE, REJECTED)
"""交付ステータス in which an issued certificate is changed here and sent again (訂正)."""
_DELETABLE: Final = frozenset({BEING_MADE, MADE, REJECTED})
_NEVER_CORRECTED: Final = ("車台番号", "自動車区分")


class Origin(StrEnum):
    """Where a certificate comes from, and so whether AIRAS can find it by itself."""

    ELECTRONIC = "電子"
    PAPER = "紙"
    UNCONFIRMED = "未確認"


class ContractKind(StrEnum):
    """契約区分 (contract ejibai.yaml, assumed)."""

    NEW = "新規"
    RENEWAL = "継続"


class ApplicationKind(StrEnum):
    """申請種別 of a 保適証."""

    OSS = "OSS申請"
    COUNTER = "窓口申請"


class PaperKind(StrEnum):
    """申請種別 of a 保適証 on paper. All but 限定, which finishes what an inspection left open, go to the counter."""

    LIMITED = "限定"
    COUNTER = "窓口申請"
    USED = "中古新規"
    PRELIMINARY = "予備検査"


AT_THE_COUNTER: Final = frozenset({PaperKind.COUNTER, PaperKind.USED, PaperKind.PRELIMINARY})
"""What 交付実績報告書 counts as 窓口申請."""
WITHOUT_PLATE: Final = frozenset({PaperKind.USED, PaperKind.PRELIMINARY})
"""Kinds of cars that are not registered: the plate that one had once is none of the record's."""


class VehicleCategory(StrEnum):
    """自動車区分 of a 保適証."""

    ORDINARY = "普通自動車"
    SMALL = "小型自動車"
    KEI = "軽自動車"
    SPECIAL = "大型特殊自動車"
    MOTORCYCLE = "小型二輪"


def needs_new_one(status: str | None, message: str | None) -> bool:
    """Tell whether a 却下 is about what can never be changed, so that 削除 and a new one is the way (DOMAIN §4)."""
    return _known(status) == REJECTED and any(word in (message or "") for word in _NEVER_CORRECTED)


def may_pull_back(application_kind: str, status: str | None) -> bool:
    """Tell whether 引戻 is possible: OSS申請 from 作成済, 窓口申請 also from 報告済 (contract airas.yaml)."""
    known = _known(status)
    return known == MADE or (application_kind == ApplicationKind.COUNTER and known == REPORTED)


def may_delete(status: str | None) -> bool:
    """Tell whether AIRAS deletes it: from 作成中, 作成済 or 却下 (contract airas.yaml)."""
    return _known(status) in _DELETABLE


def may_correct(status: str | None) -> bool:
    """Tell whether what AIRAS has is changed here and sent again (訂正)."""
    return _known(status) in CORRECTABLE


def _known(status: str | None) -> str:
    return conformity_status_word(status).counts_as
