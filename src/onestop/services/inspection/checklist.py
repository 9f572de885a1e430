"""確認票: opening, answering and printing what only people know of 今回の車検."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.documents.papers import AnswerRow, ChecklistPaper, ConsentPaper
from onestop.model.checklist import FOR_ALL, UNASKED, Checklist, ChecklistAnswer, FleetConsent, Item
from onestop.model.wareki import Wareki, format_western
from onestop.services.inspection.belonging import inspection_under_way
from onestop.services.inspection.checklist_form import ChecklistForm, form_of, read_form, read_name
from onestop.services.inspection.current import read_current
from onestop.services.printing import OneFormService, printed_moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from onestop.documents.layout import LaidOut
    from onestop.model.vehicle import Vehicle
    from onestop.services.inspection.checklist_form import Answered, ReadForm
    from onestop.services.printing import Sheet
    from onestop.store.database import Shelves

CHANGED_ELSEWHERE: Final = "この確認票は別の画面で変更されました。画面を開き直してから答えてください。"
NO_FLEET_CONSENT: Final = "この使用者の、まとめての承諾書はありません。"
NOT_ASKED: Final = "対象外"
REVOKED: Final = "まとめての承諾を取消"


@dataclass(frozen=True, slots=True)
class Said:
    """One line of これまでの答え."""

    at: dt.datetime
    item: Item
    answer: str = dataclasses.field(repr=False)
    more: str = dataclasses.field(repr=False)
    """The date of the 承諾書, 特例番号, or which 承諾書 was taken back."""
    by: str = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedChecklist:
    """What 確認票 shows."""

    car: Vehicle
    checklist: Checklist
    form: ChecklistForm
    history: tuple[ChecklistAnswer, ...] = dataclasses.field(default=(), repr=False)
    """Every answer about this inspection, the newest first."""
    revoked: tuple[FleetConsent, ...] = dataclasses.field(default=(), repr=False)
    """The 承諾書 for all cars of the 使用者 that were taken back during it."""

    @property
    def said(self) -> tuple[Said, ...]:
        """これまでの答え, the newest first."""
        lines = (*map(_said, self.history), *map(_taken_back, self.revoked))
        return tuple(sorted(lines, key=lambda each: each.at, reverse=True))


class ChecklistService(OneFormService[OpenedChecklist]):
    """Keeps what was answered, by whom and when; nothing of it is ever sent."""

    def open(self, vehicle_id: int) -> OpenedChecklist:
        """Return 確認票 of a car's 今回の車検; nothing is answered while none is open.

        Raises:
            NotAllowed: the car is gone.
        """
        with self._database.read() as shelves:
            return self._opened(shelves, vehicle_id)

    def save(self, opened: OpenedChecklist, form: ChecklistForm) -> OpenedChecklist:
        """F10 保存: keep every answer that is another than before, with who answered and when.

        Raises:
            InvalidInput: something is missing or cannot be read; nothing was changed.
            NotAllowed: it was answered in another window meanwhile, or the last inspection's 車検証 is not here.
        """
        today, now = self._clock.today(), self._clock.now()
        read = read_form(form, opened.checklist, today)
        with self._database.write() as shelves:
            mine = inspection_under_way(shelves, shelves.vehicles.get(opened.car.id), now)
            before = self._unchanged(shelves, opened)
            answers = [
                ChecklistAnswer(
                    inspection_id=mine.id,
                    item=item,
                    answer=answered.answer,
                    day=answered.day,
                    number=answered.number,
                    answered_by=read.answered_by,
                    answered_at=now,
                )
                for item, answered in _new_answers(before.checklist, read)
            ]
            consents = [self._consent(before.car, read)] if read.gives_fleet_consent else []
            shelves.checklists.add(*answers, *consents)
            return self._opened(shelves, opened.car.id)

    def revoke(self, opened: OpenedChecklist, revoked_by: str) -> OpenedChecklist:
        """Take back the 承諾書 for all cars of the 使用者: what rests on it is 未確認 again.

        Raises:
            InvalidInput: nobody is named who did it.
            NotAllowed: there is none, or 確認票 was changed meanwhile.
        """
        name = read_name(revoked_by)
        with self._database.write() as shelves:
            fleet = self._unchanged(shelves, opened).checklist.fleet
            if fleet is None:
                raise errors.NotAllowed(NO_FLEET_CONSENT)
            fleet.revoked_by, fleet.revoked_at = name, self._clock.now()
            shelves.checklists.add(fleet)
            return self._opened(shelves, opened.car.id)

    def pages(self, found: OpenedChecklist) -> LaidOut:
        """Return 確認票 on its form."""
        car, checklist, workshop = found.car, found.checklist, self._settings.workshop()
        paper = ChecklistPaper(
            workshop_name=workshop.name,
            workshop_code=workshop.code,
            printed_at=f"印刷 {self._printed_at()}",
            registration_number=car.registration_number.formal(),
            chassis_number=car.chassis_number,
            user_name=car.effective_user_name,
            answers=tuple(_row(item, checklist) for item in Item),
            history=tuple(map(_line, found.said)),
        )
        return self._filled(paper)

    def consent_sheets(self, found: OpenedChecklist) -> tuple[Sheet, ...]:
        """Return the one way to print the 承諾書; raises as `consent_pages` does."""
        return (self._sheet(self.consent_pages(found)),)

    def save_consent_pdf(self, found: OpenedChecklist, path: Path) -> tuple[str, ...]:
        """Write the 承諾書 as a PDF; returns and raises as `save_pdf` does."""
        return self._saved(self.consent_pages(found), path)

    def consent_pages(self, found: OpenedChecklist) -> LaidOut:
        """Return the 承諾書 of a car, to be signed by its 使用者.

        Raises:
            InvalidInput: the shop's own form is broken; the sentence says where.
        """
        car, workshop = found.car, self._settings.workshop()
        paper = ConsentPaper(
            workshop_name=workshop.name,
            workshop_code=workshop.code,
            printed_at=f"印刷 {self._printed_at()}",
            registration_number=car.registration_number.formal(),
            chassis_number=car.chassis_number,
            vehicle_name=car.vehicle_name,
            model_code=car.model_code,
            expiry_date=Wareki.of(car.expiry_date).formal() if car.expiry_date else "",
            user_name=car.effective_user_name,
            user_address=car.effective_user_address,
        )
        return self._filled(paper)

    def _opened(self, shelves: Shelves, vehicle_id: int) -> OpenedChecklist:
        current = read_current(shelves, shelves.vehicles.get(vehicle_id), self._clock.today())
        mine = current.inspection
        history = shelves.checklists.history(mine.id) if mine else ()
        revoked = shelves.checklists.revoked(current.vehicle, mine.opened_at) if mine else ()
        form = form_of(current.checklist, shelves.checklists.last_answerer())
        return OpenedChecklist(current.vehicle, current.checklist, form, history, revoked)

    def _unchanged(self, shelves: Shelves, opened: OpenedChecklist) -> OpenedChecklist:
        """Return it as it is stored now, so that nobody answers over what he has not read."""
        stored = self._opened(shelves, opened.car.id)
        if _mark(stored) != _mark(opened):
            raise errors.NotAllowed(CHANGED_ELSEWHERE)
        return stored

    def _consent(self, car: Vehicle, read: ReadForm) -> FleetConsent:
        day = read.answers[Item.CONSENT].day or self._clock.today()
        return FleetConsent(
            user_name=car.effective_user_name,
            user_address=car.effective_user_address,
            given_on=day,
            last_day=read.last_day,
            noted_by=read.answered_by,
            noted_at=self._clock.now(),
        )


def _mark(opened: OpenedChecklist) -> tuple[int, int]:
    """Return the ids of the last answer and of the 承諾書 in force: every change makes one of them another."""
    fleet = opened.checklist.fleet
    return (opened.history[0].id if opened.history else 0, fleet.id if fleet else 0)


def _new_answers(checklist: Checklist, read: ReadForm) -> Iterable[tuple[Item, Answered]]:
    """Return what is answered otherwise than before; 未確認 of what nobody answered yet is no answer."""
    for item, answered in read.answers.items():
        known = checklist.answers.get(item)
        if known is None and answered.answer == UNASKED:
            continue
        if known is None or not known.says(answered.answer, answered.day, answered.number):
            yield item, answered


def _row(item: Item, checklist: Checklist) -> AnswerRow:
    if item not in checklist.items:
        return AnswerRow(item=item, answer=NOT_ASKED, more="", answered="")
    given, answer = checklist.answers.get(item), checklist.answer(item)
    more, answered = "", ""
    if given is not None and given.answer == answer:
        more = " ".join(filter(None, (Wareki.of(given.day).formal() if given.day else "", given.number)))
        answered = f"{given.answered_by} {printed_moment(given.answered_at)}"
    if item is Item.CONSENT and answer == FOR_ALL and checklist.fleet is not None:
        more = consent_words(checklist.fleet)
    return AnswerRow(item=item, answer=answer, more=more, answered=answered)


def consent_words(fleet: FleetConsent) -> str:
    """Return since when and until when a 承諾書 for all cars of a 使用者 holds."""
    until = f"{format_western(fleet.last_day)}まで" if fleet.last_day else "取り消すまで"
    return f"{format_western(fleet.given_on)}から{until}"


def _said(given: ChecklistAnswer) -> Said:
    more = " ".join(filter(None, (format_western(given.day) if given.day else "", given.number)))
    return Said(given.answered_at, given.item, given.answer, more, given.answered_by)


def _taken_back(fleet: FleetConsent) -> Said:
    return Said(
        fleet.revoked_at or fleet.noted_at,
        Item.CONSENT,
        REVOKED,
        f"{format_western(fleet.given_on)}の承諾書",
        fleet.revoked_by,
    )


def _line(said: Said) -> AnswerRow:
    return AnswerRow(
        item=said.item, answer=said.answer, more=said.more, answered=f"{said.by} {printed_moment(said.at)}"
    )
