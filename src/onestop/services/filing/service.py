"""申請書発行 and 申請書一覧: what a clerk can want of filings besides sending them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.agreement import check_papers
from onestop.model.filing import Filing
from onestop.model.recording import RecordingFacts, recording_advice, says_otherwise
from onestop.model.sending_state import Sending
from onestop.model.words import WITHDRAWN, status_word
from onestop.services.filing.facts import compared
from onestop.services.filing.form import BesideCar, FilingForm, fill_filing, form_of_filing, form_of_vehicle
from onestop.services.filing.held import present_conformity
from onestop.services.inspection.belonging import join_inspection
from onestop.services.inspection.current import read_current
from onestop.services.saving import CHANGED_BEFORE_DELETION, blank, not_a_draft, refuse_unread, unchanged

if TYPE_CHECKING:
    import datetime as dt
    from array import array
    from collections.abc import Sequence

    from onestop.gateway.ainas import AinasClient, FilingProgress
    from onestop.model.inspection_days import InspectionDays
    from onestop.model.lists import FilingQuery, FilingRow
    from onestop.services.delivery.delivery import Delivery
    from onestop.services.delivery.refresh_many import RefreshMany
    from onestop.services.filing.review import EstimatedFee
    from onestop.services.inspection.current import CurrentInspection
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Shelves

NOT_A_DRAFT: Final = "発行済みの申請は変更できません。直すときは代理人に連絡してください。"
CHANGED_ELSEWHERE: Final = "この申請は別の画面で変更されました。画面を開き直してから入力してください。"
CALL_THE_AGENT: Final = "受付が始まっているため、ここでは削除できません。代理人に電話で連絡してください。"
STILL_UNKNOWN: Final = "受け付けられたかどうかを確認中のため、削除できません。先に 申請確認 を行ってください。"


@dataclass(frozen=True, slots=True)
class OpenedFiling:
    """What 申請書発行 shows: the form, and the filing behind it (None until it is first saved)."""

    form: FilingForm
    filing: Filing | None
    vehicle_id: int
    beside_car: BesideCar
    """Where a filing that is 依頼前 differs from its car as it is stored now."""
    sent_back: Filing | None = None
    """The 差戻 that it follows, while it is 依頼前."""
    recording: str = ""
    """記録等事務: who may write the IC tag of its car, in one sentence, while it is 依頼前."""
    estimates: tuple[EstimatedFee, ...] = ()
    """What its fees are estimated at; these and the days are `ReviewService`'s, where the form is shown."""
    days: InspectionDays | None = None
    """The days of its inspection, by the numbers that stand in the form."""


class FilingService:
    """Opens, saves, deletes, withdraws and lists filings; its delivery issues them."""

    def __init__(
        self,
        ainas: AinasClient,
        delivery: Delivery[Filing, FilingProgress],
        many: RefreshMany[Filing, FilingProgress],
        settings: SettingsService,
    ) -> None:
        self.delivery = delivery
        self.many = many
        self._database = delivery.sender.database
        self._ainas = ainas
        self._settings = settings
        self._clock = delivery.sender.clock

    def open(self, vehicle_id: int | None, control_number: int | None) -> OpenedFiling:
        """修正 of a filing, or for a car its open filing, or 新規 prefilled from the car and its certificates.

        Raises:
            NotAllowed: the car or the filing is gone.
        """
        with self._database.read() as shelves:
            filing = None if control_number is None else shelves.filings.get(control_number)
            if filing is None and vehicle_id is not None:
                filing = open_filing_of(shelves, vehicle_id)
            vehicle = shelves.vehicles.get(filing.vehicle_id if filing else vehicle_id or 0)
            if filing is not None and not filing.is_draft:
                return OpenedFiling(form_of_filing(filing), filing, vehicle.id, BesideCar())
            inspection = shelves.inspections.open_for_vehicle(vehicle.id)
            follows = shelves.filings.sent_back_in([vehicle.id]).get(inspection.id) if inspection else None
            if filing is None:
                present = read_current(shelves, vehicle, self._clock.today())
                form = _with_numbers(form_of_vehicle(vehicle), present, self._clock.today())
        papers, defaults = compared(vehicle, None, None, filing), self._settings.recording_defaults()
        number = defaults.contract_number or (filing.recording_contract_number if filing else "")
        advice = recording_advice(
            RecordingFacts(vehicle.vehicle_class, vehicle.certificate_issued_on, says_otherwise(papers), bool(number))
        )
        if filing is None:
            proposed = dataclasses.replace(
                form,
                certificate_update=advice.update_beside(defaults.certificate_update),
                recording_contract_number=defaults.contract_number if advice.with_number else "",
            )
            return OpenedFiling(proposed, None, vehicle.id, BesideCar(), follows, advice.sentence)
        beside = BesideCar(tuple(check_papers(papers)), form_of_vehicle(vehicle))
        return OpenedFiling(form_of_filing(filing), filing, vehicle.id, beside, follows, advice.sentence)

    def save(self, form: FilingForm, vehicle_id: int, control_number: int | None, version: int | None) -> Filing:
        """F10 保存: keeps the filing as 依頼前 and gives it its 管理番号 the first time; 車両種別 is the car's.

        Raises:
            InvalidInput: a field cannot be stored; nothing was changed.
            NotAllowed: issued meanwhile, changed in another window, the inspection has another open filing, or has
                ended.
        """
        now = self._clock.now()
        with self._database.write() as shelves:
            if control_number is None:
                filing = blank(Filing, vehicle_id, now)
            else:
                filing = shelves.filings.get(control_number)
                if filing.sending is not Sending.DRAFT:
                    raise not_a_draft(filing, NOT_A_DRAFT)
                unchanged(filing, version, CHANGED_ELSEWHERE)
            mine = join_inspection(shelves, filing, now)
            if control_number is None:
                shelves.filings.refuse_new(mine.id)
            fill_filing(filing, form, self._clock.today())
            filing.vehicle_class = shelves.vehicles.get(filing.vehicle_id).vehicle_class
            filing.updated_at = now
            filing.last_application_date = mine.last_application_date
            if control_number is None:
                shelves.filings.add(filing)
        return filing

    def delete(self, control_number: int, read: int | None = None) -> None:
        """F2 削除 of a filing that is 依頼前.

        Raises:
            NotAllowed: it was issued, or changed since it was read.
        """
        with self._database.write() as shelves:
            filing = shelves.filings.get(control_number)
            if filing.sending is not Sending.DRAFT:
                raise not_a_draft(filing, NOT_A_DRAFT)
            refuse_unread(filing, read, CHANGED_BEFORE_DELETION)
            shelves.filings.delete(control_number)

    def withdraw(self, control_number: int) -> Filing:
        """取消 at AINAS, possible while 受付前; returns the filing as AINAS then tells it.

        Raises:
            NotAllowed: the review has begun, it is unknown whether it was filed, or it was filed at another server.
            ServiceError: AINAS did not do it, or did not answer.
        """
        taking = self.delivery.taking_back
        with self.delivery.sender.holding(control_number) as lease:
            filing = self.delivery.sender.stored(control_number)
            if filing.filing_id is None:
                raise errors.NotAllowed(STILL_UNKNOWN)
            if not status_word(filing.status).withdrawable:
                raise errors.NotAllowed(CALL_THE_AGENT)
            earlier = taking.take_back(lease, filing, self._ainas.withdraw, lambda found: found.status == WITHDRAWN)
            return earlier or taking.ask_or_note(control_number, _write_withdrawn)

    def ids(self, query: FilingQuery) -> array[int]:
        """管理番号 of every filing that the conditions fit, in the order wanted."""
        with self._database.read() as shelves:
            return shelves.filings.ids(query)

    def first_rows(self, query: FilingQuery, limit: int) -> tuple[FilingRow, ...]:
        """Return the rows of the first of `ids`, fast."""
        return self._database.lists.filings(query, limit)

    def rows(self, control_numbers: Sequence[int]) -> tuple[FilingRow, ...]:
        """Return the list's rows in the order of the numbers; a deleted filing has none."""
        with self._database.read() as shelves:
            return shelves.filings.rows(control_numbers)

    def drafts_among(self, control_numbers: Sequence[int]) -> tuple[int, ...]:
        """Return those that are 依頼前, in the order given."""
        with self._database.read() as shelves:
            return shelves.filings.drafts_among(control_numbers)


def _write_withdrawn(filing: Filing) -> None:
    filing.status, filing.oss_status = WITHDRAWN, None


def _with_numbers(form: FilingForm, current: CurrentInspection, today: dt.date) -> FilingForm:
    """Give a new filing the numbers of the certificates that count now, never those of a filing before it."""
    conformity = present_conformity(current.conformity, today)
    return dataclasses.replace(
        form,
        insurance_certificate_number=(current.policy.certificate_number if current.policy else None) or "",
        conformity_certificate_number=(conformity.certificate_number if conformity else None) or "",
    )


def open_filing_of(shelves: Shelves, vehicle_id: int) -> Filing | None:
    """Return the filing of 今回の車検 that stands in the way of another one."""
    inspection = shelves.inspections.open_for_vehicle(vehicle_id)
    filing = None if inspection is None else shelves.filings.that_counts(inspection.id)
    return filing if filing is not None and filing.goes_on else None
