"""What is checked before a 保適証 goes to AIRAS: the rules A01 to A11, and those about plates, chassis and 外字.

The rules stand in resources/rules/conformity_rules.csv. What the contract would refuse is an error; the rest is a
warning, for the clerk may know better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import ApplicationKind, VehicleCategory
from onestop.model.chassis import judge_chassis
from onestop.model.checklist import Checklist, Item, StandsInTheWay
from onestop.model.comparison import Comparison, Source, Written
from onestop.model.cover_words import gap_of, old_insurance_words, short_cover
from onestop.model.findings import Finding, finding, findings
from onestop.model.inspection_days import InspectionDays, base_day, conformity_validity, missed_window
from onestop.model.limits import INSURER, POLICY_NUMBER
from onestop.model.plate import sending_problems
from onestop.model.text import outside_jis_x_0208, to_full_width
from onestop.model.validity import validity_of
from onestop.model.wareki import format_western
from onestop.model.written import written_in_conformity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from onestop.model.certificates import ConformityCertificate
    from onestop.model.taxable import TaxableVehicle

_WORKSHOP_CODE: Final = re.compile("[0-9]{2}-[0-9]{1,5}")
_INSPECTOR_CODE: Final = re.compile("[0-9]{8}")
TYPE_OLD_POLICY: Final = "旧自賠責の証明書番号と保険会社を入力してください。"
_TEXTS: Final = {
    "inspector_name": "検査員氏名",
    "vehicle_name": "車名",
    "model_code": "型式",
    "engine_model": "原動機の型式",
    "user_name": "使用者の氏名・名称",
    "user_address": "使用者の住所",
    "new_insurer": "自賠責の保険会社",
    "old_insurer": "旧自賠責の保険会社",
    "remarks": "備考",
}
_ON_GLASS: Final = {"address": "user_address", "kind": "vehicle_category", "insurance_number": "new_insurance_number"}
"""Rows of 照合 whose field on the glass has another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInsurance:
    """A 自賠責 of the car, as this machine knows it."""

    written: Written
    """What it says."""
    start_date: dt.date | None
    end_date: dt.date | None
    reaches_airas: bool
    """電子, and reported to the 登録機関."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AroundCertificate:
    """What a certificate is held against."""

    car: Written
    """What the car's 車検証 says."""
    taxable: TaxableVehicle
    """What of the car decides the new 有効期間."""
    insurance: KnownInsurance | None
    """The one with the certificate's number."""
    old_insurance: KnownInsurance | None = None
    """The one before it."""
    planned_date: dt.date | None = None
    """申請予定日 of the car's filing, if one is begun."""
    checklist: Checklist = field(default=Checklist(), repr=False)
    """What people answered about the inspection."""

    def days(self, certificate: ConformityCertificate, today: dt.date) -> InspectionDays:
        """Return the days of the inspection that a certificate is for."""
        day, new, old = base_day(self.planned_date, today), self.insurance, self.old_insurance
        return InspectionDays(
            today=today,
            day=day,
            expiry_date=certificate.expiry_date,
            years=validity_of(self.taxable, day).years,
            inspection_date=certificate.inspection_date,
            insurance_start=new.start_date if new else None,
            insurance_end=new.end_date if new else None,
            old_insurance_end=old.end_date if old else None,
        )


def check_conformity(
    certificate: ConformityCertificate, around: AroundCertificate, today: dt.date
) -> tuple[Finding, ...]:
    """Return everything there is to say before a 保適証 is sent, in the order of the form."""
    return (
        *_check_shop(certificate),
        *_check_words(certificate),
        *_check_car(certificate, around),
        *_check_papers(certificate, around),
        *_check_texts(certificate),
        *_check_distance(certificate),
        *_check_days(certificate, today),
        *_check_expiry(certificate, base_day(around.planned_date, today)),
        *_check_insurance(certificate, around),
        *_check_cover(certificate, around, today),
        *around.checklist.findings(StandsInTheWay.CONFORMITY),
        *_check_consent(certificate, around.checklist),
    )


def _check_shop(certificate: ConformityCertificate) -> Iterator[Finding]:
    if not _WORKSHOP_CODE.fullmatch(certificate.workshop_code):
        yield finding(
            "A01", "workshop_code", "整備工場コードを 11-1234 の形で入力してください(F3 設定 に保存できます)。"
        )
    if not certificate.inspector_code:
        yield finding("A02", "inspector_code", "検査員を選んでください(F3 設定 で登録できます)。")
    elif not _INSPECTOR_CODE.fullmatch(certificate.inspector_code):
        yield finding("A02", "inspector_code", "検査員コードは数字8桁です。F3 設定 で確かめてください。")
    elif not certificate.inspector_name.strip():
        yield finding("A02", "inspector_code", "検査員の氏名がありません。F3 設定 で確かめてください。")


def _check_words(certificate: ConformityCertificate) -> Iterator[Finding]:
    if certificate.application_kind not in tuple(ApplicationKind):
        yield finding("A06", "application_kind", "申請種別を選んでください。")
    if certificate.vehicle_category not in tuple(VehicleCategory):
        yield finding("A06", "vehicle_category", "自動車区分を選んでください。")
    if certificate.vehicle_category == VehicleCategory.SPECIAL:
        message = "車検証の上の段に括弧書きがある大型特殊自動車は、AIRASでは扱えません(右側の括弧書きは扱えます)。"
        yield finding("V23", "vehicle_category", message)


def _check_car(certificate: ConformityCertificate, around: AroundCertificate) -> Iterator[Finding]:
    for problem in sending_problems(certificate.registration_number):
        yield finding("V04" if problem.field.endswith(".serial") else "V01", problem.field, problem.message)
    chassis = certificate.chassis_number
    verdict = judge_chassis(
        chassis, officially_stamped=certificate.officially_stamped, vehicle_class=around.taxable.vehicle_class
    )
    yield from findings("V05", verdict.errors)
    yield from findings("C09", verdict.warnings)
    yield from findings("V08", verdict.stamp_warnings)


def _check_papers(certificate: ConformityCertificate, around: AroundCertificate) -> Iterator[Finding]:
    papers = {Source.CAR: around.car, Source.CONFORMITY: written_in_conformity(certificate)}
    if around.insurance is not None:
        papers[Source.INSURANCE] = around.insurance.written
    comparison = Comparison(papers)
    for each in comparison.of(Source.CONFORMITY):
        yield each.found(each.on_glass(_ON_GLASS))
    for each in comparison.of(Source.INSURANCE):
        yield each.found("new_insurance_number", Source.INSURANCE)


def _check_texts(certificate: ConformityCertificate) -> Iterator[Finding]:
    for name in ("user_name", "user_address"):
        if not getattr(certificate, name).strip():
            yield finding("A03", name, f"{_TEXTS[name]}を入力してください。")
    for name, label in _TEXTS.items():
        outside = outside_jis_x_0208(getattr(certificate, name).replace("\n", ""))
        if outside:
            shown = "・".join(_named(characters) for characters in outside)
            field_on_glass = "inspector_code" if name == "inspector_name" else name
            yield finding(
                "V22", field_on_glass, f"{label}の「{shown}」は使えない文字です。別の文字に置き換えてください。"
            )


def _check_distance(certificate: ConformityCertificate) -> Iterator[Finding]:
    if certificate.odometer_km is None:
        yield finding("A13", "odometer_km", "走行距離が入っていません。計器を確かめて入力してください。")


def _named(characters: str) -> str:
    return "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in characters)


def _check_days(certificate: ConformityCertificate, today: dt.date) -> Iterator[Finding]:
    inspected, issued = certificate.inspection_date, certificate.issue_date
    if inspected is None:
        yield finding("A04", "inspection_date", "検査年月日を入力してください。")
    if issued is None:
        yield finding("A04", "issue_date", "交付年月日を入力してください。")
    elif issued > today:
        yield finding("A09", "issue_date", "交付年月日が今日より後です。")
    if inspected is None:
        return
    if inspected > today:
        yield finding("A09", "inspection_date", "検査年月日が今日より後です。")
    if issued is not None and inspected > issued:
        yield finding("A09", "inspection_date", "検査年月日が交付年月日より後です。")
    validity = conformity_validity(inspected, today)
    if validity.expired:
        message = f"保適証の有効期間({format_western(validity.last_day)}まで)が過ぎています。"
        yield finding("A09", "inspection_date", message)


def _check_expiry(certificate: ConformityCertificate, day: dt.date) -> Iterator[Finding]:
    """Hold the 満了日 against the day on which the office is applied to; the workshop may have inspected before."""
    inspected, expiry = certificate.inspection_date, certificate.expiry_date
    if inspected is None or expiry is None:
        return
    if day > expiry:
        yield finding("A11", "expiry_date", f"車検が切れています(満了日 {format_western(expiry)})。")
    if start := missed_window(expiry, inspected):
        message = f"保適証の15日のうちに{format_western(start)}になりません。新しい満了日は申請の日から数えます。"
        yield finding("A11", "expiry_date", message)


def _check_insurance(certificate: ConformityCertificate, around: AroundCertificate) -> Iterator[Finding]:
    yield from _check_policy("new", "自賠責", certificate.new_insurance_number, certificate.new_insurer)
    if certificate.old_insurance_number or certificate.old_insurer:
        yield from _check_policy("old", "旧自賠責", certificate.old_insurance_number, certificate.old_insurer)
    if not certificate.new_insurance_number:
        return
    if re.search("[OI]", certificate.new_insurance_number):
        yield finding("V07", "new_insurance_number", "証明書番号の O・I は 0・1 ではありませんか。")
    known, is_oss = around.insurance, certificate.application_kind == ApplicationKind.OSS
    if known is None:
        message = "この番号の自賠責は、この車両には保存されていません。番号を確かめてください。"
        yield finding("A08", "new_insurance_number", message)
    elif is_oss and not known.reaches_airas:
        message = "この自賠責は電子データがAIRASに届かないため、OSS申請では発行されません。窓口申請を選んでください。"
        yield finding("A10", "application_kind", message)


def _check_policy(which: str, label: str, number: str, insurer: str) -> Iterator[Finding]:
    if not POLICY_NUMBER.fullmatch(number):
        message = f"{label}の証明書番号を半角の英大文字と数字20文字までで入力してください。"
        yield finding("A05", f"{which}_insurance_number", message)
    if not insurer.strip() or len(insurer) > INSURER:
        yield finding("A05", f"{which}_insurer", f"{label}の保険会社を{INSURER}文字までで入力してください。")
    if narrow := "".join(dict.fromkeys(each for each in insurer if to_full_width(each) != each)):
        message = f"{label}の保険会社は全角で入力します。半角の文字があります: {narrow}"
        yield finding("A12", f"{which}_insurer", message)


def _check_cover(certificate: ConformityCertificate, around: AroundCertificate, today: dt.date) -> Iterator[Finding]:
    days = around.days(certificate, today)
    if question := validity_of(around.taxable, days.day).question:
        yield finding("V34", "new_insurance_number", question)
    if short := short_cover(days):
        yield finding("A08", "new_insurance_number", short)
    if gap := gap_of(days):
        yield finding("D02", "new_insurance_number", gap)
    has_old = bool(certificate.old_insurance_number)
    if days.needs_old_insurance is not None and days.needs_old_insurance is not has_old:
        rule, more = ("D03", TYPE_OLD_POLICY) if days.needs_old_insurance else ("D04", "")
        yield finding(rule, "old_insurance_number", old_insurance_words(days) + more)
    old, is_oss = around.old_insurance, certificate.application_kind == ApplicationKind.OSS
    if is_oss and days.needs_old_insurance and old is not None and not old.reaches_airas:
        message = "旧自賠責が電子でないため、OSS申請では発行されません。窓口申請を選んでください。"
        yield finding("A10", "application_kind", message)


def _check_consent(certificate: ConformityCertificate, checklist: Checklist) -> Iterator[Finding]:
    """Say what will stop the filing that this one is for; the certificate itself can be made."""
    if certificate.application_kind == ApplicationKind.OSS and checklist.lacks_consent:
        message = (
            f"使用者の承諾書が「{checklist.answer(Item.CONSENT)}」です。このままではOSS申請の申請書を発行できません"
            "(窓口申請には要りません)。承諾書をもらって確認票(Alt+Q)で答えるか、窓口申請を選んでください。"
        )
        yield finding("A14", "application_kind", message)
