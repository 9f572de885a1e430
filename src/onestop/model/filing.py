"""申請: one 継続検査 filing, from 依頼前 to 手続完了."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from onestop.model.base import Record, Versioned, Word
from onestop.model.plate import PLATE_PARTS, RegistrationNumber
from onestop.model.plated import Searched
from onestop.model.sending import Sendable
from onestop.model.sending_state import Sending
from onestop.model.words import PartyKind, Procedure, VehicleClass, oss_status_word, status_word

if TYPE_CHECKING:
    from collections.abc import Iterable


class FilingFee(Record):
    """One row of 手数料・税種別, as AINAS returned it; any kind."""

    __tablename__ = "filing_fee"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    control_number: Mapped[int] = mapped_column(
        ForeignKey("filing.control_number", ondelete="CASCADE"), init=False, index=True
    )
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column()
    amount: Mapped[int | None] = mapped_column(default=None)
    """Yen."""
    payment_status: Mapped[str | None] = mapped_column(default=None)
    due_date: Mapped[dt.date | None] = mapped_column(default=None)


class Filing(Sendable, Searched, Versioned, Record, kw_only=True):
    """One filing. What AINAS once told stays, even after AINAS has forgotten it."""

    __tablename__ = "filing"
    __table_args__ = (
        Index("uq_filing_open_inspection", "inspection_id", unique=True, sqlite_where=text("is_open = 1")),
        Index("uq_filing_filing_id", "filing_id", unique=True),
        Index("uq_filing_request_key", "request_key", unique=True),
        Index("ix_filing_vehicle_id", "vehicle_id"),
        Index("ix_filing_inspection_id", "inspection_id"),
        Index("ix_filing_chassis_tail", "chassis_tail"),
        # 申請書一覧 sorts by these three and filters by the rest: read from the index alone, a million rows take 0.3 s
        # instead of 2.5
        Index("ix_filing_requested_at", "requested_at", "control_number", "sending"),
        Index("ix_filing_plate_key", "plate_key", "control_number", "sending", "requested_at"),
        Index("ix_filing_chassis_number", "chassis_number", "control_number", "sending", "requested_at"),
        Index("ix_filing_sending", "sending"),
        Index("ix_filing_status", "status"),
        Index("ix_filing_oss_status", "oss_status"),
        Index("ix_filing_vehicle_class", "vehicle_class"),
        Index("ix_filing_procedure", "procedure"),
        Index("ix_filing_is_finished", "is_finished"),
        Index("ix_filing_last_application_date", "last_application_date"),
        {"sqlite_autoincrement": True},
    )

    procedure: Mapped[Procedure] = mapped_column(Word(Procedure), default=Procedure.RENEWAL)
    vehicle_class: Mapped[VehicleClass] = mapped_column(Word(VehicleClass), default=VehicleClass.REGISTERED)
    planned_date: Mapped[dt.date | None] = mapped_column(default=None)
    """申請予定日; None leaves the day to the agent."""
    registration_number: Mapped[RegistrationNumber] = composite(RegistrationNumber, *PLATE_PARTS, repr=False)
    officially_stamped: Mapped[bool] = mapped_column(default=False)
    user_name: Mapped[str] = mapped_column(default="", repr=False)
    user_kind: Mapped[PartyKind] = mapped_column(Word(PartyKind), default=PartyKind.PERSON)
    user_representative: Mapped[str] = mapped_column(default="", repr=False)
    user_address1: Mapped[str] = mapped_column(default="", repr=False)
    user_address2: Mapped[str] = mapped_column(default="", repr=False)
    insurance_certificate_number: Mapped[str] = mapped_column(default="", repr=False)
    conformity_certificate_number: Mapped[str] = mapped_column(default="", repr=False)
    certificate_update: Mapped[str] = mapped_column(default="")
    """電子車検証更新区分; empty leaves it as registered with AINAS."""
    recording_contract_number: Mapped[str] = mapped_column(default="")

    filing_id: Mapped[str | None] = mapped_column(default=None)
    """申請ID, 10 digits, given by AINAS."""
    requested_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """依頼日時: when it was issued in this program."""
    status: Mapped[str | None] = mapped_column(default=None)
    """申請ステータス as AINAS said it, any word; None before it was issued."""
    oss_status: Mapped[str | None] = mapped_column(default=None)
    status_updated_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    message: Mapped[str | None] = mapped_column(Text, default=None, repr=False)
    """What the agent or the office wrote."""
    checked_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When AINAS was last asked."""
    forgotten: Mapped[bool] = mapped_column(default=False)
    """AINAS does not know the number any more (40 days after completion); what we have is kept."""
    fees: Mapped[list[FilingFee]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by=FilingFee.position, lazy="raise"
    )

    is_finished: Mapped[bool] = mapped_column(init=False, default=False)
    """状態 完了: the procedure is finished and the 車検証 can be collected."""
    is_closed: Mapped[bool] = mapped_column(init=False, default=False)
    """Nothing can happen to it any more."""
    is_open: Mapped[bool] = mapped_column(init=False, default=True)
    """It goes on and has its inspection's one place: no other filing may be made or sent (see `that_counts`)."""
    last_application_date: Mapped[dt.date | None] = mapped_column(init=False, default=None)
    """最終の検査申請日 of its inspection, so that 申請書一覧 can be sorted by it; None once the inspection ended."""
    plate_key: Mapped[str] = mapped_column(init=False, default="", repr=False)

    @property
    def service_number(self) -> str | None:
        """AINAS's own number of it."""
        return self.filing_id

    @property
    def is_draft(self) -> bool:
        """依頼前: saved here and not issued."""
        return self.sending is Sending.DRAFT

    @property
    def goes_on(self) -> bool:
        """Whether something may still come of it: it is neither closed nor one to be filed anew (words.py)."""
        word = status_word(self.status)
        return not (word.final or word.anew or oss_status_word(self.oss_status).anew)

    @property
    def is_at_ainas(self) -> bool:
        """Whether AINAS has it, and goes on with it as far as anybody knows."""
        return self.sending is Sending.FILED and self.goes_on and not self.forgotten

    def derive_keys(self) -> None:
        """Fill what searching and counting need from what is shown."""
        super().derive_keys()
        word = status_word(self.status)
        self.is_finished = word.done
        self.is_closed = word.final
        self.is_open = self.is_open and self.goes_on
        self.plate_key = self.registration_number.display()


def that_counts(filings: Iterable[Filing]) -> Filing | None:
    """Return the one of an inspection's filings that counts.

    Usually one goes on at most. But AINAS may take one up again that it had sent back, after another was made: then
    one that was sent counts before a draft, and of two that were sent the one that had the place.
    """
    return max(
        filings, key=lambda each: (each.goes_on, not each.is_draft, each.is_open, each.control_number), default=None
    )
