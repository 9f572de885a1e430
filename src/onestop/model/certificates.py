"""自賠責証明書 and 保適証: what the e-JIBAI and AIRAS panels show of a car."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record
from onestop.model.sending import Sendable


class InsuranceCertificate(Sendable, Record, kw_only=True):
    """自賠責証明書, issued by e-JIBAI or typed from paper."""

    __tablename__ = "insurance_certificate"
    __table_args__ = (Index("ix_insurance_certificate_vehicle_id", "vehicle_id"), {"sqlite_autoincrement": True})

    control_number: Mapped[int] = mapped_column(primary_key=True, init=False)
    created_at: Mapped[dt.datetime] = mapped_column()
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    insurer: Mapped[str] = mapped_column(default="")
    """保険会社."""
    certificate_number: Mapped[str | None] = mapped_column(default=None, repr=False)
    """保険証番号, without hyphen and space."""
    start_date: Mapped[dt.date | None] = mapped_column(default=None)
    """保険開始日; the period starts and ends at noon."""
    end_date: Mapped[dt.date | None] = mapped_column(default=None)
    months: Mapped[int | None] = mapped_column(default=None)
    contract_kind: Mapped[str] = mapped_column(default="")
    """契約区分: 新規, 継続."""
    premium: Mapped[int | None] = mapped_column(default=None)
    """Yen."""
    status: Mapped[str | None] = mapped_column(default=None)
    """発行済, 取消, or any other word as it came."""


class ConformityCertificate(Sendable, Record, kw_only=True):
    """保安基準適合証, issued by AIRAS."""

    __tablename__ = "conformity_certificate"
    __table_args__ = (Index("ix_conformity_certificate_vehicle_id", "vehicle_id"), {"sqlite_autoincrement": True})

    control_number: Mapped[int] = mapped_column(primary_key=True, init=False)
    created_at: Mapped[dt.datetime] = mapped_column()
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    application_kind: Mapped[str] = mapped_column(default="")
    """申請種別: OSS申請, 窓口申請."""
    certificate_number: Mapped[str | None] = mapped_column(default=None)
    """交付番号."""
    status: Mapped[str | None] = mapped_column(default=None)
    """交付ステータス, any word as it came."""
    inspection_date: Mapped[dt.date | None] = mapped_column(default=None)
    valid_until: Mapped[dt.date | None] = mapped_column(default=None)
    message: Mapped[str | None] = mapped_column(Text, default=None)
