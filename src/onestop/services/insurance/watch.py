"""What the running program looks after of 自賠責: the 登録機関 that has it soon, a 取消 whose answer was lost."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.services.tended import Tended

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.clock import Clock
    from onestop.model.certificates import InsuranceCertificate
    from onestop.store.database import Database

LOOK_EVERY: Final = dt.timedelta(minutes=3)
"""Between two looks whether the 登録機関 has a policy; it takes up to an hour (DOMAIN §1)."""
LOOK_FOR: Final = dt.timedelta(hours=2)
"""After it nobody looks by itself any more: something is wrong with it."""


class InsuranceWatch:
    """Asks e-JIBAI again and again about what is awaited."""

    def __init__(self, database: Database, clock: Clock, refresh: Callable[[int], InsuranceCertificate]) -> None:
        """`refresh` asks e-JIBAI about one certificate and writes down what it says."""
        self._database = database
        self._clock = clock
        self._refresh = refresh
        self._unsure: set[int] = set()
        """管理番号 of those whose 取消 may or may not have taken place."""
        self._guard = threading.Lock()

    def perhaps_cancelled(self, control_number: int, error: errors.NoAnswer) -> InsuranceCertificate:
        """Ask at once whether a 取消 took place whose answer was lost; until that is known, `tend` goes on asking.

        Raises:
            NoAnswer: it did not take place, or nobody knows yet.
        """
        with self._guard:
            self._unsure.add(control_number)
        try:
            certificate = self._refresh(control_number)
        except errors.ServiceError:
            raise error from None
        if not certificate.is_cancelled:
            raise error
        self._mark_known(control_number)
        return certificate

    def tend(self) -> tuple[Tended, ...]:
        """Ask about what was issued lately and the 登録機関 has not, and about what may be cancelled.

        Called by the running program every little while; returns those of which there is something new.
        """
        now = self._clock.now()
        self._follow_clock(now)
        with self._database.read() as shelves:
            awaited = shelves.insurance.awaiting_registry(now - LOOK_FOR, now - LOOK_EVERY)
        with self._guard:
            unsure = tuple(self._unsure)
        tended = (self._tend_one(number) for number in dict.fromkeys((*unsure, *awaited)))
        return tuple(each for each in tended if each is not None)

    def _follow_clock(self, now: dt.datetime) -> None:
        """Take times that are still to come for now: the clock was ahead and was set right."""
        with self._database.read() as shelves:
            ahead = shelves.insurance.written_ahead(now)
        if not ahead:
            return
        with self._database.write() as shelves:
            for number in ahead:
                certificate = shelves.insurance.get(number)
                certificate.first_sent_at = _no_later(certificate.first_sent_at, now)
                certificate.checked_at = _no_later(certificate.checked_at, now)

    def _tend_one(self, control_number: int) -> Tended | None:
        try:
            with self._database.read() as shelves:
                before = shelves.insurance.get(control_number)
            after = self._refresh(control_number)
        except errors.NotAllowed:  # deleted meanwhile, or issued at another server
            self._mark_known(control_number)
            return None
        except errors.OneStopError:  # it is asked again
            return None
        self._mark_known(control_number)
        same = (before.status, before.registry_reported_at) == (after.status, after.registry_reported_at)
        return None if same else Tended(control_number, after.vehicle_id)

    def _mark_known(self, control_number: int) -> None:
        with self._guard:
            self._unsure.discard(control_number)


def _no_later(moment: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    return None if moment is None else min(moment, now)
