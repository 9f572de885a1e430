"""What is checked before a filing is sent: the rules of resources/rules/ that concern a filing and its car.

Only what cannot exist, or what the contract would refuse, is an error; the rest is a warning, or a remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop.model.agreement import check_certificates, check_papers
from onestop.model.chassis import judge_chassis, model_warnings
from onestop.model.checklist import Checklist, StandsInTheWay
from onestop.model.comparison import Comparison
from onestop.model.cover_words import gap_of, short_cover
from onestop.model.findings import Finding, finding, findings
from onestop.model.inspection_days import InspectionDays, base_day, conformity_validity, window_start
from onestop.model.limits import POLICY_NUMBER, SENT_LINE
from onestop.model.money import DOUBTFUL_RATE, TaxRate, age_class, is_rate_doubtful, missing_weight, weight_tax_row
from onestop.model.plate import RegistrationNumber, area_warnings, class_warnings, kana_warnings, sending_problems
from onestop.model.plate_tables import is_rental_kana
from onestop.model.rate_tables import TaxColumn
from onestop.model.recording import OWN_REWRITE, InHouse, RecordingFacts, recording_advice, says_otherwise
from onestop.model.taxable import TaxableVehicle
from onestop.model.text import outside_jis_x_0208, with_unseen_shown
from onestop.model.validity import validity_of
from onestop.model.wareki import YearMonth, format_western
from onestop.model.weights import axle_problems, gross_weight_problems
from onestop.model.words import PartyKind, PrivateOrBusiness, VehicleClass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

_UNRESOLVED: Final = re.compile("[*＊]{2,}|(使用者|所有者)(住所)?に同じ")
_OVER: Final = {TaxColumn.OVER_13: 13, TaxColumn.OVER_18: 18}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFacts:
    """Everything a check looks at, as plain values; "", None or () where it is not known.

    The names are those of `Filing` and `Vehicle`, so that a finding's field is the field on the glass.
    """

    registration_number: RegistrationNumber = field(repr=False)
    chassis_number: str = field(repr=False)
    officially_stamped: bool = False
    vehicle_class: VehicleClass = VehicleClass.REGISTERED
    user_name: str = field(repr=False)
    user_kind: PartyKind = PartyKind.PERSON
    user_representative: str = field(default="", repr=False)
    user_address1: str = field(repr=False)
    user_address2: str = field(default="", repr=False)
    planned_date: dt.date | None = None
    insurance_certificate_number: str = field(default="", repr=False)
    conformity_certificate_number: str = field(default="", repr=False)
    certificate_update: str = ""
    recording_contract_number: str = field(default="", repr=False)

    vehicle_kind: str = ""
    use: str = ""
    private_or_business: str = ""
    body_shape: str = ""
    validity_years: int | None = None
    """The years of the new 有効期間 as a person chose them."""
    fuel: str = ""
    model_code: str = ""
    type_designation: str = ""
    classification_number: str = ""
    first_registration: YearMonth | None = None
    certificate_issued_on: dt.date | None = None
    expiry_date: dt.date | None = None
    capacity: int | None = None
    max_load_kg: int | None = None
    weight_kg: int | None = None
    gross_weight_kg: int | None = None
    axles_kg: tuple[int | None, ...] = ()
    tax_rate: TaxRate = TaxRate.NORMAL

    papers: Comparison = field(default=Comparison({}), repr=False)
    """The filing beside its car and the 自賠責 and 保適証 that count now, as far as they are known here."""
    insurance_start: dt.date | None = None
    """Of the 自賠責 that has the filing's number, like its end and 取消."""
    insurance_known: bool = True
    """Whether a 自賠責 here has the filing's number; true as well where rule C12 tells of another one."""
    conformity_known: bool = True
    """The same of the 保適証."""
    insurance_end: dt.date | None = None
    insurance_cancelled: bool = False
    insurance_not_electronic: str = field(default="", repr=False)
    """Why AIRAS cannot find that 自賠責 by itself; "" for one that it can."""
    old_insurance_end: dt.date | None = None
    """Of the car's 自賠責 before that one."""
    inspection_date: dt.date | None = None
    """検査日 of the 保適証 that has the filing's number, like its 申請種別 and 交付ステータス."""
    conformity_kind: str = ""
    conformity_status: str = ""
    conformity_held_back: bool = False
    """引戻 was asked for, and may still come."""
    sent_back: str | None = field(default=None, repr=False)
    """What the agent wrote of the 差戻 before, where nothing was changed since; None: there is none, or it was."""
    checklist: Checklist = field(default=Checklist(), repr=False)
    """What people answered about the inspection."""
    same_chassis_records: int = 0
    """Other cars here with the same 車台番号 or plate."""

    @property
    def taxable(self) -> TaxableVehicle:
        """What of the car decides money and period."""
        return TaxableVehicle(
            vehicle_class=self.vehicle_class,
            vehicle_kind=self.vehicle_kind,
            use=self.use,
            private_or_business=self.private_or_business,
            body_shape=self.body_shape,
            capacity=self.capacity,
            weight_kg=self.weight_kg,
            gross_weight_kg=self.gross_weight_kg,
            max_load_kg=self.max_load_kg,
            first_registration=self.first_registration,
            rental=is_rental_kana(self.registration_number.kana, self.vehicle_class),
            chosen_years=self.validity_years,
        )

    def days(self, today: dt.date) -> InspectionDays:
        """Return the days of the inspection that is asked for."""
        day = base_day(self.planned_date, today)
        return InspectionDays(
            today=today,
            day=day,
            expiry_date=self.expiry_date,
            years=validity_of(self.taxable, day).years,
            inspection_date=self.inspection_date,
            insurance_start=self.insurance_start,
            insurance_end=self.insurance_end,
            old_insurance_end=self.old_insurance_end,
        )


def check_filing(facts: FilingFacts, today: dt.date) -> tuple[Finding, ...]:
    """Return everything there is to say before a filing is sent, in the order of the form; 確認票 last."""
    days = facts.days(today)
    return (
        *_check_plate(facts),
        *_check_chassis(facts),
        *_check_user(facts),
        *check_papers(facts.papers),
        *_check_numbers(facts),
        *_check_sent_back(facts),
        *check_certificates(facts),
        *_check_days(facts, days),
        *_check_conformity(facts, days),
        *_check_cover(facts, days),
        *_check_car(facts, days.day),
        *facts.checklist.findings(StandsInTheWay.FILING),
    )


def _check_plate(facts: FilingFacts) -> Iterator[Finding]:
    plate = facts.registration_number
    problems = sending_problems(plate)
    for problem in problems:
        yield finding("V04" if problem.field.endswith(".serial") else "V01", problem.field, problem.message)
    wrong = {problem.field.rpartition(".")[2] for problem in problems}
    if "area" not in wrong:
        yield from findings("C08", area_warnings(plate))
    if "class_number" not in wrong:
        yield from findings("V02", class_warnings(plate, facts.vehicle_class, facts.use))
    known = facts.private_or_business in tuple(PrivateOrBusiness)
    use = PrivateOrBusiness(facts.private_or_business) if known else None
    yield from findings("V03", kana_warnings(plate, facts.vehicle_class, use))


def _check_chassis(facts: FilingFacts) -> Iterator[Finding]:
    verdict = judge_chassis(
        facts.chassis_number, officially_stamped=facts.officially_stamped, vehicle_class=facts.vehicle_class
    )
    yield from findings("V05", verdict.errors)
    yield from findings("C09", verdict.warnings)
    yield from findings("V08", verdict.stamp_warnings)
    yield from findings("V38", model_warnings(facts.chassis_number, facts.model_code))
    if facts.same_chassis_records:
        yield finding("V28", "chassis_number", "同じ車台番号か登録番号の車両がほかにも登録されています。")


def _check_user(facts: FilingFacts) -> Iterator[Finding]:
    if _UNRESOLVED.fullmatch(facts.user_name):
        yield finding("V21", "user_name", "使用者氏名・名称に、所有者の氏名・名称を入力してください。")
    yield from _check_text("C01", "user_name", "使用者氏名・名称", facts.user_name, required=True)
    company = facts.user_kind is PartyKind.COMPANY
    yield from _check_text("C02", "user_representative", "使用者代表者名", facts.user_representative, required=company)
    yield from _check_text("C03", "user_address1", "使用者住所1", facts.user_address1, required=True)
    yield from _check_text("C03", "user_address2", "使用者住所2", facts.user_address2, required=False)


def _check_text(rule_id: str, name: str, label: str, text: str, *, required: bool) -> Iterator[Finding]:
    if required and not text.strip():
        yield finding(rule_id, name, f"{label}を入力してください。")
    if len(text) > SENT_LINE:
        yield finding(rule_id, name, f"{label}は{SENT_LINE}文字までです。")
    outside = outside_jis_x_0208(text)
    if outside:
        shown = with_unseen_shown("・".join(outside), one_line=True)
        yield finding("V22", name, f"{label}の「{shown}」は使えない文字です。別の文字に置き換えてください。")


def _check_numbers(facts: FilingFacts) -> Iterator[Finding]:
    for name, label, known in (
        ("insurance_certificate_number", "自賠責証明書番号", facts.insurance_known),
        ("conformity_certificate_number", "保適証の交付番号", facts.conformity_known),
    ):
        if not getattr(facts, name):
            message = f"{label}がありません。保適[AIRAS] の 4 連動 で、発行済みの番号が入ります。"
            yield finding("C15", name, message)
        elif not known:
            message = f"この{label}の証明書は、この車両には保存されていません。番号を確かめてください。"
            yield finding("C16", name, message)
    number = facts.insurance_certificate_number
    if number and not POLICY_NUMBER.fullmatch(number):
        yield finding(
            "C04",
            "insurance_certificate_number",
            "自賠責証明書番号は半角の英大文字と数字20文字までです(ハイフンと空白は入れません)。",
        )
    if re.search("[OI]", number):
        yield finding("V07", "insurance_certificate_number", "自賠責証明書番号の O・I は 0・1 ではありませんか。")
    for name, label, text, longest in (
        ("conformity_certificate_number", "保適証の交付番号", facts.conformity_certificate_number, 20),
        ("certificate_update", "電子車検証更新区分", facts.certificate_update, 40),
        ("recording_contract_number", "委託番号", facts.recording_contract_number, 20),
    ):
        if len(text) > longest:
            yield finding("C05", name, f"{label}は{longest}文字までです。")
    if facts.certificate_update == OWN_REWRITE:
        yield from _check_own_rewrite(facts)


def _check_own_rewrite(facts: FilingFacts) -> Iterator[Finding]:
    if not facts.recording_contract_number:
        yield finding("C06", "recording_contract_number", "電子車検証を自社で更新するときは、委託番号が要ります。")
    changes, issued = says_otherwise(facts.papers), facts.certificate_issued_on
    advice = recording_advice(RecordingFacts(facts.vehicle_class, issued, changes=changes, has_contract=True))
    if advice.in_house is InHouse.NO:
        yield finding("C18", "certificate_update", advice.sentence)


def _check_sent_back(facts: FilingFacts) -> Iterator[Finding]:
    if facts.sent_back is not None:
        told = f"代理人から: 「{facts.sent_back}」" if facts.sent_back else "代理人に理由を確かめてください。"
        yield finding("C17", "", f"差し戻された申請から何も変わっていません。{told}")


def _check_days(facts: FilingFacts, days: InspectionDays) -> Iterator[Finding]:
    if facts.planned_date and facts.planned_date < days.today:
        yield finding("C07", "planned_date", "申請予定日が過ぎています。")
    expiry, issued, first = facts.expiry_date, facts.certificate_issued_on, facts.first_registration
    if expiry is None:
        return
    if issued and expiry <= issued:
        yield finding("V30", "expiry_date", "満了日が電子車検証の発行日より後になっていません。")
    if first and first.months_until(issued or expiry) < 0:
        yield finding("V30", "first_registration", "初度登録年月が電子車検証の発行日や満了日より後です。")
    if days.day > expiry:
        yield finding("V09", "expiry_date", f"車検が切れています(満了日 {format_western(expiry)})。")
    start = window_start(expiry, days.day)
    if days.day < start:
        message = f"{format_western(start)}より前に申請すると、新しい満了日は申請の日から数えます。"
        yield finding("V09", "planned_date", message)


def _check_conformity(facts: FilingFacts, days: InspectionDays) -> Iterator[Finding]:
    if facts.inspection_date is None:
        return
    validity = conformity_validity(facts.inspection_date, days.day)
    last_day = format_western(validity.last_day)
    if validity.expired:
        yield finding("V10", "conformity_certificate_number", f"保適証の有効期間は{last_day}までです。")
    if validity.nearly_expired and not days.is_nearly_late:
        message = f"保適証の有効期間は{last_day}までです({validity.day_number}日目)。"
        yield finding("C10", "conformity_certificate_number", message)


def _check_cover(facts: FilingFacts, days: InspectionDays) -> Iterator[Finding]:
    if days.years is None:
        yield finding("V34", "validity_years", validity_of(facts.taxable, days.day).question)
    if short := short_cover(days):
        yield finding("V11", "insurance_certificate_number", short)
    elif days.is_nearly_late and days.last_application_date:
        last = format_western(days.last_application_date)
        message = f"最終の検査申請日は{last}です。記録が翌日以降になることがあるため、急いで申請してください。"
        yield finding("D01", "planned_date", message)
    if gap := gap_of(days):
        yield finding("D02", "insurance_certificate_number", gap)


def _check_car(facts: FilingFacts, day: dt.date) -> Iterator[Finding]:
    if bool(facts.type_designation) != bool(facts.classification_number):
        yield finding(
            "V29", "type_designation", "型式指定番号と類別区分番号は、両方を入力するか、両方を空欄にしてください。"
        )
    yield from findings("V36", axle_problems(facts.weight_kg, facts.axles_kg))
    gross = gross_weight_problems(facts.gross_weight_kg, facts.weight_kg, facts.capacity, facts.max_load_kg)
    yield from findings("V37", gross)
    taxable = facts.taxable
    row = weight_tax_row(taxable, day)
    missing = missing_weight(taxable, row)
    if missing:
        name = "weight_kg" if missing == "車両重量" else "gross_weight_kg"
        yield finding("V18", name, f"{missing}がないため、重量税の見込を計算できません。")
    if is_rate_doubtful(facts.fuel, facts.tax_rate):
        yield finding("D05", "tax_rate", DOUBTFUL_RATE)
    if row and facts.first_registration and facts.tax_rate is TaxRate.NORMAL:
        years = _OVER.get(age_class(row.age_rule, facts.first_registration, day))
        if years:
            yield finding("V19", "first_registration", f"重量税は{years}年経過の税率になります。")
