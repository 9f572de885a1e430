"""点検・整備・検査の概要: an item that the law wants in 指定整備記録簿, for 保適証 of either origin."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors

if TYPE_CHECKING:
    from onestop.store.database import Database

LONGEST: Final = 100
TOO_LONG: Final = f"概要は{LONGEST}文字までです。"
CHANGED_ELSEWHERE: Final = "この概要は別の画面で変更されました。元帳から開き直してください。"


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """The summary of one 保適証 as it is stored."""

    control_number: int
    car: str = dataclasses.field(repr=False)
    """交付番号, 登録番号 and 車台番号, to be recognised by."""
    text: str = dataclasses.field(repr=False)


class WorkSummaryService:
    """Keeps the summaries; nothing of them is ever sent, so it may be written whatever AIRAS is at."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, control_number: int) -> WorkSummary:
        """Return what is stored.

        Raises:
            NotAllowed: the 保適証 is gone.
        """
        with self._database.read() as shelves:
            held = shelves.conformity.get(control_number)
            car = f"{held.certificate_number or ''}  {held.registration_number.display()}  {held.chassis_number}"
            return WorkSummary(control_number, car.strip(), held.work_summary)

    def save(self, opened: WorkSummary, typed: str) -> WorkSummary:
        """Store a summary in place of the one that was opened; nothing takes it away.

        Raises:
            InvalidInput: it is too long for the form.
            NotAllowed: the 保適証 is gone, or its summary was changed meanwhile.
        """
        text = typed.strip()
        if len(text) > LONGEST:
            raise errors.InvalidInput(errors.Problem("work_summary", TOO_LONG))
        with self._database.write() as shelves:
            held = shelves.conformity.get(opened.control_number)
            if held.work_summary != opened.text:
                raise errors.NotAllowed(CHANGED_ELSEWHERE)
            held.work_summary = text
        return dataclasses.replace(opened, text=text)
