"""The form of 自賠責証明書発行 as the clerk types it, and its way to and from a certificate."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.certificate_words import ContractKind, Origin
from onestop.model.inspection_days import counted_end, policy_end
from onestop.model.limits import POLICY_MONTHS
from onestop.model.text import to_half_width
from onestop.services.form_fields import CarFields, fill_car, insurance_number, read_day, shown_day, words_of_car

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import InsuranceCertificate

SAME_WORDS: Final = (
    "insurer",
    "contract_kind",
    "rate_class",
    "report_to_registry",
    "policyholder_name",
    "policyholder_address",
)
"""Fields that stand in the form, and in the certificate, letter by letter the same."""
_LARGEST: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceForm(CarFields):
    """What stands in the fields, as typed. Everything but the ticks is text, so that nothing typed is ever lost."""

    by_hand: bool = False
    """Written down from a certificate that was issued elsewhere."""
    origin: str = Origin.ELECTRONIC.value
    insurer: str = ""
    contract_kind: str = ContractKind.RENEWAL.value
    rate_class: str = ""
    report_to_registry: bool = True
    start_date: str = ""
    months: str = ""
    policyholder_name: str = dataclasses.field(default="", repr=False)
    policyholder_address: str = dataclasses.field(default="", repr=False)
    certificate_number: str = dataclasses.field(default="", repr=False)
    end_date: str = ""
    premium: str = ""


def form_of_certificate(certificate: InsuranceCertificate) -> InsuranceForm:
    """Show a stored certificate."""
    by_hand = certificate.is_by_hand
    same = {name: getattr(certificate, name) for name in SAME_WORDS}
    return InsuranceForm(
        by_hand=by_hand,
        origin=certificate.origin.value,
        start_date=shown_day(certificate.start_date),
        months="" if certificate.months is None else str(certificate.months),
        **words_of_car(certificate),
        certificate_number=certificate.certificate_number or "",
        end_date=shown_day(certificate.end_date) if certificate.certificate_number else "",
        premium="" if certificate.premium is None else f"{certificate.premium:,}",
        **same,
    )


def fill_certificate(certificate: InsuranceCertificate, form: InsuranceForm, today: dt.date) -> None:
    """Write the form into a certificate.

    Raises:
        InvalidInput: something typed cannot be stored at all; every such field is named at once.
    """
    problems: list[Problem] = []
    for name in SAME_WORDS:
        setattr(certificate, name, getattr(form, name))
    fill_car(certificate, form, problems)
    certificate.start_date = read_day("start_date", form.start_date, today, problems)
    certificate.months = _whole("months", form.months, "保険期間は月数で入力してください。", problems)
    certificate.end_date = counted_end(certificate.start_date, certificate.months)
    certificate.origin, certificate.certificate_number, certificate.premium = Origin.ELECTRONIC, None, None
    if form.by_hand:
        _fill_by_hand(certificate, form, today, problems)
    if problems:
        raise InvalidInput(*problems)


def _fill_by_hand(
    certificate: InsuranceCertificate, form: InsuranceForm, today: dt.date, problems: list[Problem]
) -> None:
    certificate.origin = Origin(form.origin)
    certificate.certificate_number = insurance_number(form.certificate_number) or None
    certificate.premium = _whole("premium", form.premium, "保険料は金額だけを入力してください。", problems)
    if form.end_date.strip():
        certificate.end_date = read_day("end_date", form.end_date, today, problems)
        if certificate.months is None:
            certificate.months = _months_between(certificate.start_date, certificate.end_date)


def _months_between(start: dt.date | None, end: dt.date | None) -> int | None:
    if start is None or end is None:
        return None
    return next((months for months in range(1, POLICY_MONTHS + 1) if policy_end(start, months) == end), None)


def _whole(name: str, typed: str, wrong: str, problems: list[Problem]) -> int | None:
    figures = re.sub(r"[\s,¥￥\\円]|か月|ヶ月", "", to_half_width(typed))
    if not figures:
        return None
    if figures.isascii() and figures.isdigit() and len(figures) <= _LARGEST:
        return int(figures)
    problems.append(Problem(name, wrong))
    return None
