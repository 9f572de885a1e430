"""How an inspection may end. By itself: the lists of 照会 need the words, and no record."""

from __future__ import annotations

from enum import StrEnum


class Ending(StrEnum):
    """How an inspection ended, in the words of the glass."""

    FINISHED = "手続完了"
    """AINAS says that the filing is done, or a clerk knows it from elsewhere."""
    COUNTER = "窓口で終了"
    """It was finished at the counter: AIRAS says 申請完 of a 窓口申請, or a clerk says so."""
    RENEWED = "新しい車検証"
    """A later 満了日 was imported or typed."""
    STOPPED = "中止"
    """A clerk gave it up; the 満了日 is still to be renewed."""
