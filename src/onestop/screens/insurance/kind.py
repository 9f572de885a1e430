"""自賠責 at the desk: typed here, or issued by e-JIBAI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.insurance.shown import ShownInsurance
from onestop.screens.record_kind import RecordKind

if TYPE_CHECKING:
    from onestop.model.certificates import InsuranceCertificate
    from onestop.services.desk import Desk
    from onestop.services.insurance.form import InsuranceForm
    from onestop.services.insurance.service import OpenedInsurance


def _save(
    desk: Desk, form: InsuranceForm, vehicle_id: int, control_number: int | None, version: int | None
) -> InsuranceCertificate:
    """Save a draft, or register one of elsewhere."""
    save = desk.insurance.enter_by_hand if form.by_hand else desk.insurance.save
    return save(form, vehicle_id, control_number, version)


def _ask(desk: Desk, shown: ShownInsurance) -> object:
    insurance = desk.insurance
    return (insurance.delivery.settle_one if shown.is_unsettled else insurance.refresh)(shown.control_number)


INSURANCE_KIND: Final[RecordKind[InsuranceForm, OpenedInsurance, ShownInsurance]] = RecordKind(
    kept_as="insurance",
    noun="証明書",
    sending_word="発行",
    sent_to="e-JIBAI",
    number_word="保険証番号",
    checking="e-JIBAIに確認中",
    blank=ShownInsurance(),
    open=lambda desk, vehicle_id, number: desk.insurance.open(vehicle_id, number),
    propose=lambda desk, vehicle_id: desk.insurance.propose(vehicle_id),
    shown=lambda opened: ShownInsurance(opened.certificate, opened.basis),
    save=_save,
    findings=lambda desk, form, vehicle_id, number: desk.insurance.assess(form, vehicle_id, number).findings,
    send=lambda desk, shown: desk.insurance.delivery.issue(shown.control_number),
    ask=_ask,
    resolution=lambda desk: desk.insurance.delivery.resolution,
    delete=lambda desk, number: desk.insurance.delete(number),
)
