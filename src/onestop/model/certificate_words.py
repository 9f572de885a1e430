"""The words of 自賠責証明書 and 保適証 that are ours to choose from."""

from __future__ import annotations

from enum import StrEnum


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


class VehicleCategory(StrEnum):
    """自動車区分 of a 保適証."""

    ORDINARY = "普通自動車"
    SMALL = "小型自動車"
    KEI = "軽自動車"
    SPECIAL = "大型特殊自動車"
    MOTORCYCLE = "小型二輪"
