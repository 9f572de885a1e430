"""The shelf of 保適証: besides what everything that is sent can, what waits for the next try or for a 引戻."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from onestop.model.certificate_words import Origin
from onestop.model.certificates import ConformityCertificate
from onestop.model.sending_state import UNSETTLED_STATES, Sending
from onestop.store.shelves.sendable import SendableShelf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from onestop.model.lease import SeenBy
    from onestop.store.shelves.sendable import Filed

_MINE: Final = ConformityCertificate


class ConformityShelf(SendableShelf[ConformityCertificate]):
    """保適証, electronic and on paper."""

    kind = ConformityCertificate
    number = "certificate_number"

    def due(self, seen: SeenBy) -> tuple[int, ...]:
        """Return the 管理番号 of those whose next automatic try is due, the oldest first; not what another desk has."""
        quiet = _MINE.sending.in_((Sending.DRAFT, Sending.FILED))
        query = select(_MINE.control_number).where(_MINE.next_try_at <= seen.now, quiet, self._free(seen))
        return tuple(self._session.scalars(query.order_by(_MINE.next_try_at)))

    def lost_while_waiting(self, since: dt.datetime, seen: SeenBy) -> tuple[int, ...]:
        """Return the 管理番号 of those whose automatic try got no answer since then; not what another desk has."""
        lost = _MINE.sending.in_(UNSETTLED_STATES)
        return self._numbers(_MINE.waiting_since.is_not(None), lost, _MINE.last_sent_at > since, self._free(seen))

    def pulling_back(self, since: dt.datetime, asked_before: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those whose 引戻 was asked for since then, is not done, and was not seen lately."""
        query = select(_MINE.control_number).where(
            _MINE.pullback_requested_at >= since, _MINE.checked_at <= asked_before
        )
        return tuple(self._session.scalars(query.order_by(_MINE.pullback_requested_at)))

    def written_ahead(self, now: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those that carry a moment of this machine's which is still to come."""
        moments = (_MINE.tried_at, _MINE.waiting_since, _MINE.pullback_requested_at, _MINE.checked_at)
        return self._numbers(or_(*(each > now for each in moments)))

    def refreshable(self, control_numbers: Sequence[int]) -> tuple[Filed, ...]:
        """Return those that AIRAS has and that are not finished, in the order given."""
        return self._filed(control_numbers, _MINE.origin == Origin.ELECTRONIC, _MINE.is_closed.is_(False))

    def with_word(self, word: str, *, final: bool) -> tuple[ConformityCertificate, ...]:
        """Return those with this 交付ステータス that stand otherwise than it says."""
        query = select(_MINE).where(_MINE.status == word, _MINE.is_closed.is_not(final))
        return tuple(self._session.scalars(query.order_by(_MINE.control_number)))
