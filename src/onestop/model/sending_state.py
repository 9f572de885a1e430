"""Where a record stands on its way to a service."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Sending(Enum):
    """Where one record stands on its way to the service. The transitions are in services/delivery/table.py."""

    DRAFT = "draft"
    """Ours alone; nothing is under way, and nothing was ever filed for it."""
    SENDING = "sending"
    """The intent is committed; a request is under way, or this program was stopped while it was."""
    UNKNOWN = "unknown"
    """Sent, and no usable answer came; to be settled."""
    FILED = "filed"
    """The service has it and gave it its number."""

    @property
    def is_unsettled(self) -> bool:
        """Whether it was sent and nobody knows yet what became of it."""
        return self in UNSETTLED_STATES


UNSETTLED_STATES: Final = (Sending.SENDING, Sending.UNKNOWN)
"""The states of records that were sent and of which nobody knows yet what became: for questions to the store."""
