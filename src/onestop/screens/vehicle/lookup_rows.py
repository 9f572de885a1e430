"""How the rows of 照会 read. Imported with the first rows: the window is painted before the rules of 満了日."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.inspection_days import window_start
from onestop.model.sending_state import Sending
from onestop.model.wareki import format_western
from onestop.model.words import NO_WORD, NOT_REQUESTED, UNSETTLED, WAITING, status_word
from onestop.screens.ports import Tone

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.lists import VehicleRow


def vehicle_texts(row: VehicleRow, today: dt.date) -> tuple[str, ...]:
    """Return a car as 照会 lists it."""
    return (
        row.registration_number,
        row.vehicle_name,
        row.model_code,
        row.user_name,
        row.chassis_number,
        expiry_text(row.expiry_date, today),
        format_western(row.last_application_date),
        filing_text(row),
    )


def expiry_tone(expiry: dt.date | None, today: dt.date) -> Tone | None:
    """Return the tone of a 満了日 that is past, or within the two months in which the inspection keeps the old day."""
    if expiry is None:
        return None
    if expiry < today:
        return Tone.ERROR
    return Tone.WARNING if window_start(expiry, today) <= today else None


def expiry_text(expiry: dt.date | None, today: dt.date) -> str:
    """Return 2026/12/05, with 期限切れ or the days that are left when it is time."""
    if expiry is None:
        return ""
    words = {Tone.ERROR: " 期限切れ", Tone.WARNING: f" あと{(expiry - today).days}日", None: ""}
    return format_western(expiry) + words[expiry_tone(expiry, today)]


def filing_text(row: VehicleRow) -> str:
    """Return the state of 今回の車検: –, 依頼前, 確認中, AINAS's own word, or ✓ 完了 until the new 車検証 is here."""
    if row.awaits_certificate:
        return "✓ 完了"
    if row.control_number is None:
        return "–"
    if row.sending is Sending.DRAFT:
        return NOT_REQUESTED
    if row.sending is not Sending.FILED:
        return f"◷ {UNSETTLED}"
    word = status_word(WAITING if row.status is None else row.status or NO_WORD)
    return f"! {word.word}" if word.error else word.word
