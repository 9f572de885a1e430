"""The shelf of 保適証: besides what every certificate's shelf can, what waits for the next try or for a 引戻."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from onestop.model.certificate_words import Origin
from onestop.model.certificates import ConformityCertificate
from onestop.model.sending_state import UNSETTLED_STATES, Sending
from onestop.store.among import among
from onestop.store.certificates import CertificateShelf
from onestop.store.sent import Filed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


class ConformityShelf(CertificateShelf[ConformityCertificate]):
    """保適証, electronic and on paper."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ConformityCertificate)

    def due(self, now: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those whose next automatic try is due, the oldest first."""
        mine = ConformityCertificate
        quiet = mine.sending.in_((Sending.DRAFT, Sending.FILED))
        query = select(mine.control_number).where(mine.next_try_at <= now, quiet)
        return tuple(self._session.scalars(query.order_by(mine.next_try_at)))

    def lost_while_waiting(self, since: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those whose automatic try got no answer since then."""
        mine = ConformityCertificate
        lost = mine.sending.in_(UNSETTLED_STATES)
        query = select(mine.control_number).where(mine.waiting_since.is_not(None), lost, mine.last_sent_at > since)
        return tuple(self._session.scalars(query.order_by(mine.control_number)))

    def pulling_back(self, since: dt.datetime, asked_before: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those whose 引戻 was asked for since then, is not done, and was not seen lately."""
        mine = ConformityCertificate
        query = select(mine.control_number).where(mine.pullback_requested_at >= since, mine.checked_at <= asked_before)
        return tuple(self._session.scalars(query.order_by(mine.pullback_requested_at)))

    def written_ahead(self, now: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those that carry a moment of this machine's which is still to come."""
        mine = ConformityCertificate
        moments = (mine.tried_at, mine.waiting_since, mine.pullback_requested_at, mine.checked_at)
        query = select(mine.control_number).where(or_(*(each > now for each in moments)))
        return tuple(self._session.scalars(query.order_by(mine.control_number)))

    def refreshable(self, control_numbers: Sequence[int]) -> list[Filed]:
        """Return those that AIRAS has and that are not finished, in the order given."""
        mine = ConformityCertificate
        query = select(
            mine.control_number,
            mine.certificate_number,
            mine.chassis_number,
            mine.request_key,
            mine.sent_to,
            mine.sent_as,
        ).where(
            among(mine.control_number, control_numbers),
            mine.sending == Sending.FILED,
            mine.origin == Origin.ELECTRONIC,
            mine.certificate_number.is_not(None),
            mine.is_closed.is_(False),
        )
        found = {row[0]: Filed._make(row) for row in self._session.execute(query)}
        return [found[number] for number in dict.fromkeys(control_numbers) if number in found]
