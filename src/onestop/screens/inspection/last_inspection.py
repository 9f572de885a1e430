"""What the panels say of the inspection that ended last: one line each, where the current one has nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.clock import JST
from onestop.model.ending import Ending
from onestop.model.wareki import format_western

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.inspection import Inspection
    from onestop.services.inspection.current import InspectionRecords


def ending_word(inspection: Inspection) -> str:
    """Return how an inspection ended, short: 完了, 窓口で終了, 新しい車検証, 中止; 今回の車検 while it is open."""
    if inspection.ending is None:
        return "今回の車検"
    return "完了" if inspection.ending is Ending.FINISHED else inspection.ending.value


def ended_on(inspection: Inspection) -> dt.date | None:
    """Return the day in Japan on which it ended."""
    return None if inspection.ended_at is None else inspection.ended_at.astimezone(JST).date()


def last_insurance(last: InspectionRecords | None) -> str:
    """Return 前回 2026/12/20まで (A123456789)."""
    policy = last.insurance if last else None
    if policy is None or policy.end_date is None:
        return ""
    return f"{format_western(policy.end_date)}まで{_in_brackets(policy.certificate_number)}"


def last_conformity(last: InspectionRecords | None) -> str:
    """Return 前回 2026/11/20 交付 (1112345678)."""
    certificate = last.conformity if last else None
    if certificate is None or certificate.issue_date is None:
        return ""
    return f"{format_western(certificate.issue_date)} 交付{_in_brackets(certificate.certificate_number)}"


def last_filing(last: InspectionRecords | None) -> str:
    """Return 前回 2026/11/27 完了 (2000000001)."""
    day = ended_on(last.inspection) if last else None
    if last is None or day is None:
        return ""
    number = last.filing.filing_id if last.filing else None
    return f"{format_western(day)} {ending_word(last.inspection)}{_in_brackets(number)}"


def _in_brackets(number: str | None) -> str:
    return f" ({number})" if number else ""
