"""紙の適合証: the form as the clerk types it, and what is understood of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.certificate_words import DELETED, PaperKind
from onestop.model.inspection_days import last_conformity_day
from onestop.model.text import fold_hyphens, to_half_width
from onestop.services.form_fields import NO_CHASSIS_NUMBER, read_day, shown_day
from onestop.services.settings.form import hyphened_code

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import ConformityCertificate
    from onestop.services.settings.form import Workshop

LONGEST_NUMBER: Final = 20
LONGEST_REASON: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """What a 保適証 on paper says; the rest is taken from the car with this 車台番号."""

    certificate_number: str = ""
    application_kind: str = PaperKind.LIMITED.value
    vehicle_category: str = ""
    """自動車区分; empty: as the car's."""
    chassis_number: str = dataclasses.field(default="", repr=False)
    inspection_date: str = ""
    issue_date: str = ""
    inspector: str = dataclasses.field(default="", repr=False)
    insurance_number: str = dataclasses.field(default="", repr=False)
    voided: bool = False
    """書損 or taken back: the number counts as 削除."""
    reason: str = dataclasses.field(default="", repr=False)
    copy_again: bool = False
    """車両から写し直す, when it is corrected."""


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A 保適証 on paper that stands open to be corrected."""

    control_number: int
    version: int
    """As it was read: what was changed since is not written over."""
    form: PaperForm


@dataclass(frozen=True, slots=True)
class PaperValues:
    """What was understood."""

    certificate_number: str
    inspection_date: dt.date
    issue_date: dt.date
    inspector_code: str
    inspector_name: str = dataclasses.field(repr=False)
    reason: str = dataclasses.field(repr=False)

    @property
    def valid_until(self) -> dt.date:
        """有効期限."""
        return last_conformity_day(self.inspection_date)


def read_paper(form: PaperForm, workshop: Workshop, today: dt.date) -> PaperValues:
    """Understand what was typed.

    Raises:
        InvalidInput: every field that cannot be stored.
    """
    problems: list[Problem] = []
    number = given_number(form.certificate_number)
    if not number or len(number) > LONGEST_NUMBER:
        problems.append(Problem("certificate_number", f"交付番号を{LONGEST_NUMBER}文字までで入力してください。"))
    if not form.chassis_number.strip():
        problems.append(NO_CHASSIS_NUMBER)
    inspected = _needed("inspection_date", "検査年月日", form.inspection_date, today, problems)
    issued = _needed("issue_date", "交付年月日", form.issue_date, today, problems)
    if inspected and issued and issued < inspected:
        problems.append(Problem("issue_date", "交付年月日が、検査年月日より前になっています。"))
    code, name = _inspector(form.inspector, workshop, problems)
    reason = form.reason.strip()
    problems += _reason_problems(reason, voided=form.voided)
    if problems or inspected is None or issued is None:
        raise InvalidInput(*problems)
    return PaperValues(number, inspected, issued, code, name, reason)


def read_reason(typed: str) -> str:
    """Return why a 保適証 is 書損.

    Raises:
        InvalidInput: nothing was typed, or too much.
    """
    reason = typed.strip()
    problems = _reason_problems(reason, voided=True)
    if problems:
        raise InvalidInput(*problems)
    return reason


def form_of_paper(certificate: ConformityCertificate) -> PaperForm:
    """Return what was typed, from what is stored."""
    return PaperForm(
        certificate_number=certificate.certificate_number or "",
        application_kind=certificate.application_kind,
        vehicle_category=certificate.vehicle_category,
        chassis_number=certificate.chassis_number,
        inspection_date=shown_day(certificate.inspection_date),
        issue_date=shown_day(certificate.issue_date),
        inspector=certificate.inspector_name or certificate.inspector_code,
        insurance_number=certificate.new_insurance_number,
        voided=certificate.status == DELETED,
        reason=certificate.remarks,
    )


def _reason_problems(reason: str, *, voided: bool) -> list[Problem]:
    if voided and not reason:
        return [Problem("reason", "書損の理由を入力してください。")]
    if reason and not voided:
        return [Problem("reason", "理由は、書損・削除のときだけ入力します。")]
    unstorable = len(reason) > LONGEST_REASON
    return [Problem("reason", f"理由は{LONGEST_REASON}文字までです。")] if unstorable else []


def _needed(name: str, label: str, typed: str, today: dt.date, problems: list[Problem]) -> dt.date | None:
    if not typed.strip():
        problems.append(Problem(name, f"{label}を入力してください。"))
    day = read_day(name, typed, today, problems, past=True)
    if day is not None and day > today:
        problems.append(Problem(name, f"{label}に、これからの日は入力できません。"))
    return day


def _inspector(typed: str, workshop: Workshop, problems: list[Problem]) -> tuple[str, str]:
    """Return code and name: what is missing is looked up in 設定."""
    text = to_half_width(typed).strip()
    if not text:
        problems.append(Problem("inspector", "検査員の番号か名前を入力してください。"))
    hyphened = hyphened_code(typed, "inspector")
    if hyphened:
        problems.append(hyphened)
    if text.isascii() and text.isdigit():
        code = text.zfill(8)
        return code, workshop.name_of(code)
    name = typed.strip()
    return next((each.code for each in workshop.inspectors if each.name == name), ""), name


def given_number(typed: str) -> str:
    """Return a 交付番号 in half-width capitals, with one kind of hyphen."""
    return fold_hyphens(to_half_width(typed)).strip().upper()
