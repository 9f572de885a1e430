"""自賠責証明書 and 保適証: issued by e-JIBAI and AIRAS, or typed from paper."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, composite, mapped_column

from onestop.model.base import Record, Versioned, Word
from onestop.model.certificate_words import Origin
from onestop.model.plate import PLATE_PARTS, RegistrationNumber
from onestop.model.plated import Plated, Searched
from onestop.model.sending import Sendable
from onestop.model.words import conformity_status_word

CANCELLED: Final = "取消"


class InsuranceCertificate(Sendable, Plated, Versioned, Record, kw_only=True):
    """自賠責証明書, issued by e-JIBAI, or issued elsewhere and typed here."""

    __tablename__ = "insurance_certificate"
    __table_args__ = (
        Index("ix_insurance_certificate_vehicle_id", "vehicle_id"),
        Index("ix_insurance_certificate_inspection_id", "inspection_id"),
        Index("ix_insurance_certificate_sending", "sending"),
        {"sqlite_autoincrement": True},
    )

    origin: Mapped[Origin] = mapped_column(Word(Origin), default=Origin.ELECTRONIC)
    """電子: issued by e-JIBAI, here or elsewhere; 紙 or 未確認: typed by hand."""
    insurer: Mapped[str] = mapped_column(default="")
    certificate_number: Mapped[str | None] = mapped_column(default=None, repr=False)
    """保険証番号, without hyphen and space."""
    start_date: Mapped[dt.date | None] = mapped_column(default=None)
    """保険開始日; the period starts and ends at noon."""
    end_date: Mapped[dt.date | None] = mapped_column(default=None)
    months: Mapped[int | None] = mapped_column(default=None)
    contract_kind: Mapped[str] = mapped_column(default="")
    rate_class: Mapped[str] = mapped_column(default="")
    report_to_registry: Mapped[bool] = mapped_column(default=True)
    """登録機関; without it AIRAS never sees the policy."""
    registry_reported_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When the registry got it; AIRAS sees it from then on."""
    registration_number: Mapped[RegistrationNumber] = composite(RegistrationNumber, *PLATE_PARTS, repr=False)
    policyholder_name: Mapped[str] = mapped_column(default="", repr=False)
    policyholder_address: Mapped[str] = mapped_column(default="", repr=False)
    premium: Mapped[int | None] = mapped_column(default=None)
    """Yen, as the insurer said; None before."""
    status: Mapped[str | None] = mapped_column(default=None)
    """発行済, 取消, or any other word as it came."""
    checked_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When e-JIBAI was last asked."""

    @property
    def service_number(self) -> str | None:
        """e-JIBAI's own number of it."""
        return self.certificate_number

    @property
    def is_cancelled(self) -> bool:
        """取消: it covers nothing."""
        return self.status == CANCELLED

    @property
    def is_by_hand(self) -> bool:
        """Typed from a certificate issued elsewhere: e-JIBAI was never asked for it from here."""
        return self.certificate_number is not None and self.request_key is None


class ConformityCertificate(Sendable, Searched, Versioned, Record, kw_only=True):
    """保安基準適合証, issued by AIRAS, or on paper and typed here for the ledger."""

    __tablename__ = "conformity_certificate"
    __table_args__ = (
        Index("ix_conformity_certificate_vehicle_id", "vehicle_id"),
        Index("ix_conformity_certificate_inspection_id", "inspection_id"),
        Index("ix_conformity_certificate_sending", "sending"),
        Index("ix_conformity_certificate_issue_date", "issue_date"),
        Index("ix_conformity_certificate_chassis_tail", "chassis_tail"),
        Index("uq_conformity_certificate_certificate_number", "certificate_number", unique=True),
        {"sqlite_autoincrement": True},
    )

    origin: Mapped[Origin] = mapped_column(Word(Origin), default=Origin.ELECTRONIC)
    application_kind: Mapped[str] = mapped_column(default="")
    """申請種別: OSS申請 or 窓口申請; of one on paper any word of PaperKind."""
    workshop_code: Mapped[str] = mapped_column(default="")
    """整備工場コード, such as 11-1234."""
    inspector_code: Mapped[str] = mapped_column(default="")
    """検査員コード, 8 digits."""
    inspector_name: Mapped[str] = mapped_column(default="", repr=False)
    vehicle_category: Mapped[str] = mapped_column(default="")
    """自動車区分; never changes once issued."""
    registration_number: Mapped[RegistrationNumber] = composite(RegistrationNumber, *PLATE_PARTS, repr=False)
    officially_stamped: Mapped[bool] = mapped_column(default=False)
    vehicle_name: Mapped[str] = mapped_column(default="")
    model_code: Mapped[str] = mapped_column(default="")
    engine_model: Mapped[str] = mapped_column(default="")
    user_name: Mapped[str] = mapped_column(default="", repr=False)
    user_address: Mapped[str] = mapped_column(default="", repr=False)
    odometer_km: Mapped[int | None] = mapped_column(default=None)
    inspection_date: Mapped[dt.date | None] = mapped_column(default=None)
    issue_date: Mapped[dt.date | None] = mapped_column(default=None)
    """交付年月日; never changes once issued."""
    expiry_date: Mapped[dt.date | None] = mapped_column(default=None)
    """有効期間の満了日 before this inspection."""
    new_insurance_number: Mapped[str] = mapped_column(default="", repr=False)
    new_insurer: Mapped[str] = mapped_column(default="")
    old_insurance_number: Mapped[str] = mapped_column(default="", repr=False)
    old_insurer: Mapped[str] = mapped_column(default="")
    remarks: Mapped[str] = mapped_column(Text, default="", repr=False)
    work_summary: Mapped[str] = mapped_column(Text, default="", repr=False)
    """点検・整備・検査の概要, for 指定整備元帳; never sent."""

    certificate_number: Mapped[str | None] = mapped_column(default=None)
    status: Mapped[str | None] = mapped_column(default=None)
    """交付ステータス, any word as it came."""
    report_status: Mapped[str | None] = mapped_column(default=None)
    """報告状況, any word as it came."""
    insurance_match: Mapped[str | None] = mapped_column(default=None)
    """自賠責の照合: 電子, 手入力(電子情報あり), 手入力, or any other word."""
    issued_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    valid_until: Mapped[dt.date | None] = mapped_column(default=None)
    status_updated_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    message: Mapped[str | None] = mapped_column(Text, default=None, repr=False)
    """エラー詳細."""
    checked_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When AIRAS was last asked."""
    waiting_since: Mapped[dt.datetime | None] = mapped_column(default=None)
    """Since when e-JIBAI's data is awaited (code 127); None when it is not."""
    tried_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When the wait for the next automatic try began."""
    next_try_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When the next automatic try is due."""
    pullback_requested_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When 引戻 was asked for; it takes 20 to 30 minutes until the certificate can be corrected."""

    is_closed: Mapped[bool] = mapped_column(init=False, default=False)
    """Nothing can happen to it any more."""

    @property
    def service_number(self) -> str | None:
        """AIRAS's own number of it."""
        return self.certificate_number

    @property
    def counts_as(self) -> str:
        """The known 交付ステータス that its own counts as (words.py)."""
        return conformity_status_word(self.status).counts_as

    def derive_keys(self) -> None:
        """Fill what searching and counting need from what is shown."""
        super().derive_keys()
        self.is_closed = conformity_status_word(self.status).final
