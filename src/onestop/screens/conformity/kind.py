"""保適証 at the desk: kept in its book, issued and corrected at AIRAS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.conformity.shown import ShownConformity
from onestop.screens.record_kind import RecordKind

if TYPE_CHECKING:
    from onestop.services.conformity.book import OpenedConformity
    from onestop.services.conformity.form import ConformityForm
    from onestop.services.desk import Desk


def _send(desk: Desk, shown: ShownConformity) -> object:
    """Issue it, or send its 訂正."""
    conformity = desk.conformity
    return (conformity.correct if shown.is_correctable else conformity.delivery.issue)(shown.control_number)


CONFORMITY_KIND: Final[RecordKind[ConformityForm, OpenedConformity, ShownConformity]] = RecordKind(
    kept_as="conformity",
    noun="保適証",
    sending_word="送信",
    sent_to="AIRAS",
    number_word="交付番号",
    checking="AIRASで状態を確認中",
    blank=ShownConformity(),
    open=lambda desk, vehicle_id, number: desk.conformity_book.open(vehicle_id, number),
    propose=lambda desk, vehicle_id: desk.conformity_book.propose(vehicle_id),
    shown=lambda opened: ShownConformity(opened.certificate, opened.of_before),
    save=lambda desk, form, vehicle_id, number, version: desk.conformity_book.save(form, vehicle_id, number, version),
    findings=lambda desk, form, vehicle_id, _number: desk.conformity_book.findings(form, vehicle_id),
    send=_send,
    ask=lambda desk, shown: desk.conformity.refresh(shown.control_number),
    resolution=lambda desk: desk.conformity.delivery.resolution,
    delete=lambda desk, number: desk.conformity.delete(number),
)
