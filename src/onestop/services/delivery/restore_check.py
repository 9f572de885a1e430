"""After a backup was restored: what may have been sent since it was made, before anything of it is sent again."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any, Final

from onestop.model.sending_state import Sending
from onestop.services.delivery.channel import Likeness
from onestop.services.delivery.destinations import note_destination

if TYPE_CHECKING:
    from onestop.services.delivery.ask import Inquiry
    from onestop.services.delivery.send import Sender

GAP: Final = 20
"""The search ends after so many numbers in a row that the service does not have: deleted drafts leave gaps."""


class RestoreCheck:
    """Asks the service, once after a restoration, about every draft and about the numbers above the last one here."""

    def __init__(self, sender: Sender[Any, Any], inquiry: Inquiry[Any, Any]) -> None:
        self._database = sender.database
        self._channel = sender.channel
        self._inquiry = inquiry
        self._done = False
        self._guard = threading.Lock()

    def run(self) -> None:
        """Find out what was sent after the backup was made that this database came from; at any other one do nothing.

        A draft under whose 管理番号 the service has something is no draft any more but unknown, and a person decides.
        Numbers that were given since then are not given again.

        Raises:
            NotConfigured: the service cannot be asked yet.
            ServiceError: the service could not be asked; it is asked again the next time.
            KeychainUnavailable: the same.
        """
        with self._guard:
            if self._done:
                return
            with self._database.read() as shelves:
                is_unsure = shelves.restored.is_unsure(self._channel.kind)
            if is_unsure:
                self._compare()
            self._done = True

    def _compare(self) -> None:
        kind = self._channel.kind
        with self._database.read() as shelves:
            shelf = self._channel.shelf(shelves)
            drafts = [shelf.get(number) for number in shelf.drafts()]
            given = shelves.restored.highest_given(kind)
        doubtful = [draft.control_number for draft in drafts if self._may_be_there(draft)]
        highest = self._highest_there(given)
        destination = self._channel.service.destination()
        with self._database.write() as shelves:
            if not shelves.restored.is_unsure(kind):  # another desk was quicker, and its clerks have gone on since
                return
            shelf = self._channel.shelf(shelves)
            for number in set(doubtful) & set(shelf.drafts()):
                record = shelf.get(number)
                record.request_key = str(uuid.uuid4())  # the one it was sent with is lost
                note_destination(record, destination)
                record.sending = Sending.UNKNOWN
            shelves.restored.give_only_above(kind, highest)
            shelves.restored.mark_compared(kind)

    def _may_be_there(self, draft: Any) -> bool:  # noqa: ANN401 - a record of any kind
        named = self._inquiry.by_number(draft)
        return any(self._inquiry.likeness(draft, answer) is not Likeness.ANOTHERS for answer in named)

    def _highest_there(self, given: int) -> int:
        """Return the highest number that the service has, or that was given here."""
        highest = number = given
        while number - highest < GAP:
            number += 1
            if self._channel.has_number(number):
                highest = number
        return highest
