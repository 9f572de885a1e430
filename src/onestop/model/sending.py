"""What every record carries that is sent to a service once and only once: its number, state, key and frozen words."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Text, text
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from onestop.model.base import Word
from onestop.model.sending_state import Sending


class Sendable(MappedAsDataclass, kw_only=True):
    """Mixed into each record that goes out by intent, key and outcome."""

    control_number: Mapped[int] = mapped_column(primary_key=True, init=False)
    """管理番号; never given twice, not even after a deletion."""
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"), default=None)
    """The 車検 it was made for; None: it belongs to none that is known here (a policy of before, a 保適証 on paper)."""
    sending: Mapped[Sending] = mapped_column(Word(Sending), default=Sending.DRAFT)
    request_key: Mapped[str | None] = mapped_column(default=None)
    """The Idempotency-Key (UUID), made once per intent and kept with it."""
    payload: Mapped[str | None] = mapped_column(Text, default=None, repr=False)
    """The frozen body, sent byte for byte, and sent again the same."""
    first_sent_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    last_sent_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When a request with this key last left: while its answer can still be on its way, nothing is sent again."""
    sent_boot: Mapped[str | None] = mapped_column(default=None)
    sent_uptime: Mapped[float | None] = mapped_column(default=None)
    """In which run of this machine it last left, and how many seconds after its start: nobody can set these."""
    sent_service_time: Mapped[dt.datetime | None] = mapped_column(default=None)
    """What the service's clock showed when it last left; None: not known then."""
    sent_to: Mapped[str | None] = mapped_column(default=None)
    """Under which address the services were when it left; None: never sent, or by a program that did not note it."""
    sent_as: Mapped[str | None] = mapped_column(default=None)
    """A keyed hash of its APIキー: tells one key from another, and not the key (delivery/destinations.py)."""
    auto_resend_blocked_at: Mapped[dt.datetime | None] = mapped_column("barred_at", default=None)
    """Since when nothing may send it again by itself, as the service may have it; None: nothing stands in the way."""
    refusal: Mapped[str | None] = mapped_column(Text, default=None, repr=False)
    """Why the last intent was refused, in the service's words; shown until the next intent."""
    lease_run: Mapped[str | None] = mapped_column(default=None)
    """Which run of the program at which desk is busy with it (model/lease.py); None: nobody is."""
    lease_terminal: Mapped[str | None] = mapped_column(default=None, repr=False)
    """What people call the desk that is, or last was, busy with it."""
    lease_until: Mapped[dt.datetime | None] = mapped_column(default=None)
    """From then on another desk may take it over: whoever is busy with it is dead."""
    fence: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How often it was taken: an outcome counts only if nobody took it since."""
    answers: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many answers of its service were written into it, by any desk."""
