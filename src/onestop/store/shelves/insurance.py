"""The shelf of 自賠責証明書: their insurers, and what is awaited of e-JIBAI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, or_, select

from onestop.model.certificates import CANCELLED, InsuranceCertificate
from onestop.model.sending_state import Sending
from onestop.store.shelves.sendable import SendableShelf

if TYPE_CHECKING:
    import datetime as dt

_MINE: Final = InsuranceCertificate


class InsuranceShelf(SendableShelf[InsuranceCertificate]):
    """自賠責証明書, with the names of their insurers."""

    kind = InsuranceCertificate
    number = "certificate_number"

    def insurers(self) -> tuple[str, ...]:
        """Return every 保険会社 that stands on a certificate here, the one used last first."""
        name, last = _MINE.insurer, func.max(_MINE.control_number)
        query = select(name).where(name != "").group_by(name).order_by(last.desc())
        return tuple(self._session.scalars(query))

    def insurers_issued_with(self) -> frozenset[str]:
        """Return every 保険会社 of a certificate that was issued, here or elsewhere."""
        return frozenset(self._session.scalars(select(_MINE.insurer).where(_MINE.sending == Sending.FILED).distinct()))

    def awaiting_registry(self, since: dt.datetime, asked_before: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those issued since then that the 登録機関 is to get, has not, and not asked lately."""
        return self._numbers(
            _MINE.sending == Sending.FILED,
            _MINE.first_sent_at >= since,
            _MINE.report_to_registry.is_(True),
            _MINE.registry_reported_at.is_(None),
            func.coalesce(_MINE.status, "") != CANCELLED,
            func.coalesce(_MINE.checked_at, _MINE.first_sent_at) <= asked_before,
        )

    def written_ahead(self, now: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those issued ones that carry a moment of this machine's which is still to come."""
        return self._numbers(_MINE.sending == Sending.FILED, or_(_MINE.first_sent_at > now, _MINE.checked_at > now))

    def was_given(self, number: str) -> bool:
        """Tell whether e-JIBAI gave this number to a certificate that was issued from here."""
        return self.knows_number(number, issued_here=True)
