"""What a clerk was typing and had not saved, written down so that a crash loses two seconds at most."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record


class TypingDraft(Record):
    """One unsaved form; gone once it is saved or left on purpose."""

    __tablename__ = "typing_draft"

    place: Mapped[str] = mapped_column(primary_key=True)
    """Which form, such as vehicle/new, vehicle/12 or filing/3; on a shared database @ and the desk behind it."""
    form: Mapped[str] = mapped_column(Text, repr=False)
    """The form's fields as JSON."""
    saved_at: Mapped[dt.datetime] = mapped_column()
