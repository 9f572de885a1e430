"""確認票 for tests: answered as most cars are, or with the answers that a test names."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Final

from onestop.model.checklist import ANSWERS, UNASKED, Checklist, ChecklistAnswer, Item
from onestop.services.inspection.belonging import inspection_under_way
from onestop.services.inspection.checklist_form import FIELDS, ChecklistForm
from support.builders import BUILT_AT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop.model.inspection import Inspection
    from onestop.services.inspection.checklist import OpenedChecklist
    from onestop.store.database import Shelves
    from support.desks import DeskRoom

ASKER: Final = "見本花子"
WELL: Final = {item: words[1] for item, words in ANSWERS.items()}
"""What is right for most cars."""
CONSENT_DAY: Final = dt.date(2026, 11, 24)
ANSWERED: Final = ChecklistForm(
    consent="あり", consent_day="R8.11.20", tax="確認済", parking="滞納なし", recall="対象なし", answered_by=ASKER
)
"""What a clerk types who has asked everything."""


def an_answer(item: Item, answer: str = "", inspection_id: int = 1) -> ChecklistAnswer:
    """Return one answer, the usual one unless another is named."""
    consent = item is Item.CONSENT
    return ChecklistAnswer(
        inspection_id=inspection_id,
        item=item,
        answer=answer or WELL[item],
        day=CONSENT_DAY if consent else None,
        answered_by=ASKER,
        answered_at=BUILT_AT,
    )


def a_checklist(words: Mapping[str, str] | None = None, *, needs_obd: bool = False, **more: str) -> Checklist:
    """Return one that is answered well but for what is named by its field: `a_checklist(tax="未納")`."""
    answers = {**(words or {}), **more}
    items = {item: answers.get(FIELDS[item], WELL[item]) for item in Item if needs_obd or item is not Item.OBD}
    given = {item: an_answer(item, answer) for item, answer in items.items() if answer != UNASKED}
    return Checklist(answers=given, needs_obd=needs_obd)


def put_answers(shelves: Shelves, inspection: Inspection, **answers: str) -> None:
    """Store answers about an inspection of which nothing was answered yet."""
    if not shelves.checklists.history(inspection.id):
        given = [an_answer(item, answers.get(FIELDS[item], ""), inspection.id) for item in Item]
        shelves.checklists.add(*given)


def answer(room: DeskRoom, car: int, **answers: str) -> None:
    """Store answers about a car's 今回の車検, which begins with them."""
    with room.database.write() as shelves:
        put_answers(shelves, inspection_under_way(shelves, shelves.vehicles.get(car), BUILT_AT), **answers)


def save(room: DeskRoom, car: int, form: ChecklistForm = ANSWERED, **changes: str) -> OpenedChecklist:
    """Save 確認票 of a car as a clerk does."""
    checklists = room.desk.checklists
    return checklists.save(checklists.open(car), dataclasses.replace(form, **changes))
