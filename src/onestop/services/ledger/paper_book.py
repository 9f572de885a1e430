"""The 保適証 on paper in 指定整備元帳: adding them, correcting what was typed wrongly, and 書損. None is ever sent."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.certificate_words import DELETED, Origin
from onestop.model.certificates import ConformityCertificate
from onestop.model.chassis import chassis_key
from onestop.model.sending_state import Sending
from onestop.model.written import category_of
from onestop.services.form_fields import insurance_number
from onestop.services.ledger.paper_form import (
    OpenedPaper,
    PaperForm,
    PaperValues,
    form_of_paper,
    read_paper,
    read_reason,
)
from onestop.services.saving import blank, unchanged

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.model.vehicle import Vehicle
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Database, Shelves

NO_SUCH_CAR: Final = "この車台番号の車両がありません。照会の F4 新規 で車両を登録してから、もう一度入力してください。"
NUMBER_TAKEN: Final = "この交付番号は、すでに元帳にあります。"
NOT_ON_PAPER: Final = "電子の保適証は、適合証・証明証発行で直してください。"
CHANGED_ELSEWHERE: Final = "この適合証は別の画面で変更されました。元帳から開き直してください。"


class PaperBook:
    """Keeps what the clerk types from paper; a number that was once here stays in the ledger."""

    def __init__(self, database: Database, settings: SettingsService, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock

    def add(self, form: PaperForm) -> int:
        """Add a 保適証 on paper and return its 管理番号.

        Raises:
            InvalidInput: a field cannot be stored, there is no such car, or the number is taken; nothing was changed.
        """
        workshop = self._settings.workshop()
        values = read_paper(form, workshop, self._clock.today())
        with self._database.write() as shelves:
            _refuse_taken(values.certificate_number, shelves)
            car = _car_of(form, shelves)
            certificate = blank(ConformityCertificate, car.id, self._clock.now())
            certificate.origin, certificate.sending = Origin.PAPER, Sending.FILED  # nothing of it is ever sent
            certificate.workshop_code = workshop.code
            certificate.vehicle_category = category_of(car).value
            _copy_car(certificate, car)
            _fill(certificate, form, values)
            if form.voided:
                _void(certificate, values.reason)
            return shelves.conformity.add(certificate).control_number

    def open(self, control_number: int) -> OpenedPaper:
        """Return a 保適証 on paper as it was typed.

        Raises:
            NotAllowed: it is gone, or not on paper.
        """
        with self._database.read() as shelves:
            return _opened(_on_paper(shelves, control_number))

    def correct(self, opened: OpenedPaper, form: PaperForm) -> OpenedPaper:
        """Store what was typed wrongly before; 書損 stays what it is.

        The words of the car stay as they were, unless the 車台番号 is another one or the form asks for them again.

        Raises:
            InvalidInput: as in `add`; nothing was changed.
            NotAllowed: it is gone, or was changed meanwhile.
        """
        form = dataclasses.replace(form, voided=opened.form.voided)
        values = read_paper(form, self._settings.workshop(), self._clock.today())
        with self._database.write() as shelves:
            certificate = _unchanged(shelves, opened)
            if values.certificate_number != certificate.certificate_number:
                _refuse_taken(values.certificate_number, shelves)
            stored = (certificate.inspector_code, certificate.inspector_name)
            copies = form.copy_again or chassis_key(form.chassis_number) != chassis_key(certificate.chassis_number)
            if copies or not form.vehicle_category:
                car = _car_of(form, shelves)
                certificate.vehicle_category = category_of(car).value
                if copies:
                    _copy_car(certificate, car)
            _fill(certificate, form, values)
            if form.inspector == opened.form.inspector:  # he may have left 設定 since
                certificate.inspector_code, certificate.inspector_name = stored
            certificate.remarks = values.reason
            certificate.updated_at = self._clock.now()
        return _opened(certificate)

    def void(self, opened: OpenedPaper, reason: str) -> OpenedPaper:
        """書損: the number stays in the ledger, and counts as 削除 in 交付実績報告書.

        Raises:
            InvalidInput: no reason is given, or one that is too long.
            NotAllowed: it is gone, or was changed meanwhile.
        """
        told = read_reason(reason)
        with self._database.write() as shelves:
            certificate = _unchanged(shelves, opened)
            _void(certificate, told)
            certificate.updated_at = self._clock.now()
        return _opened(certificate)

    def restore(self, opened: OpenedPaper) -> OpenedPaper:
        """Take 書損 back, which was meant for another number.

        Raises:
            NotAllowed: it is gone, or was changed meanwhile.
        """
        with self._database.write() as shelves:
            certificate = _unchanged(shelves, opened)
            certificate.status, certificate.remarks = None, ""
            certificate.updated_at = self._clock.now()
        return _opened(certificate)


def _copy_car(certificate: ConformityCertificate, car: Vehicle) -> None:
    certificate.vehicle_id = car.id
    certificate.registration_number = car.registration_number
    certificate.chassis_number = car.chassis_number
    certificate.officially_stamped = car.officially_stamped
    certificate.vehicle_name = car.vehicle_name
    certificate.model_code = car.model_code
    certificate.engine_model = car.engine_model
    certificate.user_name = car.effective_user_name
    certificate.user_address = car.effective_user_address


def _fill(certificate: ConformityCertificate, form: PaperForm, values: PaperValues) -> None:
    certificate.certificate_number = values.certificate_number
    certificate.application_kind = form.application_kind
    certificate.vehicle_category = form.vehicle_category or certificate.vehicle_category
    certificate.inspection_date = values.inspection_date
    certificate.issue_date = values.issue_date
    certificate.valid_until = values.valid_until
    certificate.inspector_code = values.inspector_code
    certificate.inspector_name = values.inspector_name
    certificate.new_insurance_number = insurance_number(form.insurance_number)


def _void(certificate: ConformityCertificate, reason: str) -> None:
    certificate.status = DELETED
    certificate.remarks = reason


def _opened(certificate: ConformityCertificate) -> OpenedPaper:
    return OpenedPaper(certificate.control_number, certificate.version, form_of_paper(certificate))


def _on_paper(shelves: Shelves, control_number: int) -> ConformityCertificate:
    certificate = shelves.conformity.get(control_number)
    if certificate.origin is not Origin.PAPER:
        raise errors.NotAllowed(NOT_ON_PAPER)
    return certificate


def _unchanged(shelves: Shelves, opened: OpenedPaper) -> ConformityCertificate:
    return unchanged(_on_paper(shelves, opened.control_number), opened.version, CHANGED_ELSEWHERE)


def _refuse_taken(number: str, shelves: Shelves) -> None:
    if shelves.conformity.knows_number(number):
        raise errors.InvalidInput(errors.Problem("certificate_number", NUMBER_TAKEN))


def _car_of(form: PaperForm, shelves: Shelves) -> Vehicle:
    """Return the car used last with this 車台番号 (a 職権打刻 number comes again)."""
    cars = shelves.vehicles.by_chassis(form.chassis_number)
    if not cars:
        raise errors.InvalidInput(errors.Problem("chassis_number", NO_SUCH_CAR))
    return max(cars, key=lambda car: car.used_at)
