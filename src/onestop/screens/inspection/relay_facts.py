"""What 連動発行 shows of each of its three steps: what is sent, and what there is to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.findings import Severity
from onestop.model.words import FeeKind
from onestop.screens.display import day, read_day
from onestop.screens.form_problems import confirmed_lines
from onestop.screens.inspection.facts import Fact
from onestop.services.conformity.form import ConformityForm
from onestop.services.filing.form import FilingForm
from onestop.services.inspection.relay_plan import Plan, Planned, Step
from onestop.services.insurance.form import InsuranceForm

if TYPE_CHECKING:
    import datetime as dt

NOTHING_TO_SAY: Final = "確認事項はありません。"
DONE: Final = "発行済みのため、送信しません。"
NO_DISTANCE: Final = "未入力"
NO_DAY: Final = "指定なし"
SIGNS: Final = {Severity.ERROR: "× ", Severity.WARNING: "! 注意: "}
FEES: Final = (
    ("inspection_fee", FeeKind.INSPECTION.value),
    ("weight_tax", FeeKind.WEIGHT_TAX.value),
    ("technical_fee", FeeKind.TECHNICAL.value),
)
_BLANK: Final = Plan(0, Planned(InsuranceForm()), Planned(ConformityForm()), Planned(FilingForm()))


def _insurance_facts(plan: Plan, today: dt.date) -> tuple[Fact, ...]:
    form, coming = plan.insurance.form, plan.coming
    return (
        Fact("insurance_number", "保険証番号", plan.insurance.number),
        Fact("insured_chassis", "車台番号", form.chassis_number),
        Fact("insurer", "保険会社", form.insurer),
        Fact("start_date", "保険開始日", _shown(form.start_date, today)),
        Fact("end_date", "保険終了日", day(coming.end_date) if coming else _shown(form.end_date, today)),
        Fact("months", "保険期間", f"{form.months}か月" if form.months else ""),
        Fact("premium", "保険料", plan.premium.display() if plan.premium else ""),
    )


def _conformity_facts(plan: Plan, today: dt.date) -> tuple[Fact, ...]:
    form = plan.conformity.form
    return (
        Fact("conformity_number", "交付番号", plan.conformity.number),
        Fact("application_kind", "申請種別", form.application_kind),
        Fact("inspection_date", "検査年月日", _shown(form.inspection_date, today)),
        Fact("inspector", "検査員", f"{form.inspector_code} {form.inspector_name}".strip()),
        Fact("odometer_km", "走行距離", f"{form.odometer_km} km" if form.odometer_km else NO_DISTANCE),
        Fact("expiry_date", "満了日", _shown(form.expiry_date, today)),
    )


def _filing_facts(plan: Plan, today: dt.date) -> tuple[Fact, ...]:
    form = plan.filing.form
    fees = {each.kind: each.estimate.display() for each in plan.fees}
    return (
        Fact("filing_id", "申請ID", plan.filing.number),
        Fact("filed_plate", "登録番号", f"{form.area}{form.class_number}{form.kana}{form.serial}"),
        Fact("filed_user", "使用者", form.user_name),
        Fact("planned_date", "申請予定日", _shown(form.planned_date, today) or NO_DAY),
        *(Fact(name, kind, fees.get(kind, "")) for name, kind in FEES),
    )


_FACTS: Final = {Step.INSURANCE: _insurance_facts, Step.CONFORMITY: _conformity_facts, Step.FILING: _filing_facts}


def facts_of(step: Step, plan: Plan | None, today: dt.date) -> tuple[Fact, ...]:
    """Return what is sent in a step; while there is no plan, the same names with nothing beside them."""
    facts = _FACTS[step](plan or _BLANK, today)
    return facts if plan else tuple(Fact(each.name, each.label) for each in facts)


def findings_text(planned: Planned[InsuranceForm] | Planned[ConformityForm] | Planned[FilingForm]) -> str:
    """Return everything there is to say of a step, errors first, a line each."""
    found = planned.findings
    said = [f"{sign}{each.message}" for weight, sign in SIGNS.items() for each in found if each.severity is weight]
    said += confirmed_lines(found)
    if planned.number and not said:
        return DONE
    return "\n".join(said) or NOTHING_TO_SAY


def _shown(typed: str, today: dt.date) -> str:
    """Return a typed day in both calendars; what cannot be read as it was typed."""
    return read_day(typed, today)[0] or typed
