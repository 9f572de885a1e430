"""What is said of a record that another desk is sending, or asks about, at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from onestop.model.lease import Leased, busy_terminal
from onestop.model.sending_state import Sending

if TYPE_CHECKING:
    import datetime as dt


class Busy(Leased, Protocol):
    """A record, or a row of it, on its way to a service."""

    @property
    def sending(self) -> Sending:
        """How far its sending is."""


def busy_word(record: Busy, now: dt.datetime) -> str | None:
    """Say at which desk it is under way; None: at none that lives and anybody else could see."""
    terminal = busy_terminal(record, now)
    if terminal is None or not record.sending.is_unsettled:
        return None
    return f"{terminal} で{'送信中' if record.sending is Sending.SENDING else '確認中'}"
