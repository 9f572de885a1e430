"""確認済: keeps what a clerk answered about warnings, so that the same one of the same car is not asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.change import MADE, bounded
from onestop.model.confirmation import Confirmation
from onestop.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop.clock import Clock
    from onestop.model.findings import Finding
    from onestop.store.database import Database

RECORD: Final = Confirmation.__tablename__


class ConfirmingService:
    """Remembers confirmed warnings, each for its car."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def confirm(self, asked: Iterable[tuple[int, Sequence[Finding]]]) -> None:
        """Remember, for each car by its id, the warnings among what was said of it; an error is never confirmed."""
        now = self._clock.now()
        warned = [(car, one) for car, found in asked for one in found if one.severity is Severity.WARNING]
        if not warned:
            return
        with self._database.write() as shelves:
            for car, one in warned:
                if shelves.confirmations.put(car, one, now):
                    told = bounded(f"{one.rule_id} / {one.message} / {one.value}")
                    shelves.changes.note(self._database.author(), now, RECORD, [(MADE, None, told)], car)
