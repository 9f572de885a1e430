"""After a backup was restored: what may have been sent since it was made, before anything of it is sent again."""

from __future__ import annotations

import threading
import uuid
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.deciding import Deciding
from onestop.services.delivery.destinations import note_destination
from onestop.services.once import AnswerT, RecordT
from onestop.services.settling import Likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.services.settling import Settled
    from onestop.store.database import Shelves
    from onestop.store.sendable import Kind

GAP: Final = 20
"""So many numbers that the service does not have end the search: drafts that were deleted leave gaps."""


class Comparing(Deciding[RecordT, AnswerT]):
    """Asks the service, once after a restoration, about every draft and about the numbers above the last one here."""

    kind: ClassVar[Kind]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through as they are
        self._sure = False
        self._comparing = threading.Lock()

    # --- what each kind says of itself

    @abstractmethod
    def _drafts(self, shelves: Shelves) -> tuple[int, ...]:
        """Return the 管理番号 of those that may be sent."""

    @abstractmethod
    def _under_number(self, control_number: int) -> Sequence[AnswerT]:
        """Ask the service for what it has under a 管理番号 of this shop."""

    # --- what use cases call

    def issue(self, control_number: int) -> RecordT:
        """Send a saved record, as `OnceOnly.issue`; of a restored database only after it was compared."""
        self.compare()
        return super().issue(control_number)

    def settle(self, tell: Callable[[Settled], None] | None = None) -> Settled:
        """Settle every record whose outcome is unknown, as `Settling.settle`; compare a restored database first."""
        try:
            self.compare()
        except errors.OneStopError as error:
            settled = super().settle(tell)
            return replace(settled, reason=settled.reason or error)
        return super().settle(tell)

    def compare(self) -> None:
        """Find out what was sent after the backup was made that this database came from; at any other one do nothing.

        A draft under whose 管理番号 the service has something is no draft any more but unknown, and a person decides.
        Numbers that were given since then are not given again.

        Raises:
            NotConfigured: the service cannot be asked yet.
            ServiceError: the service could not be asked; it is asked again the next time.
            KeychainUnavailable: the same.
        """
        with self._comparing:
            if not self._sure and self._is_unsure():
                self._compare()
            self._sure = True

    # --- inside

    def _is_unsure(self) -> bool:
        with self._database.read() as shelves:
            return shelves.restored.is_unsure(self.kind)

    def _compare(self) -> None:
        with self._database.read() as shelves:
            drafts = [self._get(shelves, number) for number in self._drafts(shelves)]
            given = shelves.restored.highest_given(self.kind)
        doubtful = [draft.control_number for draft in drafts if self._may_be_there(draft)]
        highest = self._highest_there(given)
        destination = self._service.destination()
        with self._database.write() as shelves:
            for number in set(doubtful) & set(self._drafts(shelves)):
                record = self._get(shelves, number)
                record.request_key = str(uuid.uuid4())  # the one it was sent with is lost
                note_destination(record, destination)
                record.sending = Sending.UNKNOWN
            shelves.restored.give_only_above(self.kind, highest)
            shelves.restored.mark_compared(self.kind)

    def _may_be_there(self, draft: RecordT) -> bool:
        return any(self._likeness(draft, answer) is not Likeness.ANOTHERS for answer in self._otherwise(draft))

    def _highest_there(self, given: int) -> int:
        """Return the highest number that the service has, or that was given here."""
        highest = number = given
        while number - highest < GAP:
            number += 1
            if self._under_number(number):
                highest = number
        return highest
