"""What 連動発行 shows of each of its three steps: what is sent, and what there is to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.findings import Severity
from onestop.model.words import FeeKind
from onestop.screens.display import day, read_day
from onestop.screens.form_problems import confirmed_lines
from onestop.screens.inspection.facts import Fact
from onestop.services.inspection.relay_plan import Step

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from onestop.services.conformity.form import ConformityForm
    from onestop.services.filing.form import FilingForm
    from onestop.services.inspection.relay_plan import Plan, Planned
    from onestop.services.insurance.form import InsuranceForm

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


def _insurance_facts(plan: Plan | None, today: dt.date) -> tuple[Fact, ...]:
    form = plan.insurance.form if plan else None
    coming = plan.coming if plan else None
    end = day(coming.end_date) if coming else _shown(form.end_date if form else "", today)
    return (
        Fact("insurance_number", "保険証番号", plan.insurance.number if plan else ""),
        Fact("insured_chassis", "車台番号", form.chassis_number if form else ""),
        Fact("insurer", "保険会社", form.insurer if form else ""),
        Fact("start_date", "保険開始日", _shown(form.start_date if form else "", today)),
        Fact("end_date", "保険終了日", end),
        Fact("months", "保険期間", f"{form.months}か月" if form and form.months else ""),
        Fact("premium", "保険料", plan.premium.display() if plan and plan.premium else ""),
    )


def _conformity_facts(plan: Plan | None, today: dt.date) -> tuple[Fact, ...]:
    form = plan.conformity.form if plan else None
    inspector = f"{form.inspector_code} {form.inspector_name}".strip() if form else ""
    distance = f"{form.odometer_km} km" if form and form.odometer_km else ""
    return (
        Fact("conformity_number", "交付番号", plan.conformity.number if plan else ""),
        Fact("application_kind", "申請種別", form.application_kind if form else ""),
        Fact("inspection_date", "検査年月日", _shown(form.inspection_date if form else "", today)),
        Fact("inspector", "検査員", inspector),
        Fact("odometer_km", "走行距離", distance or (NO_DISTANCE if form else "")),
        Fact("expiry_date", "満了日", _shown(form.expiry_date if form else "", today)),
    )


def _filing_facts(plan: Plan | None, today: dt.date) -> tuple[Fact, ...]:
    form = plan.filing.form if plan else None
    fees = {each.kind: each.estimate.display() for each in plan.fees} if plan else {}
    plate = f"{form.area}{form.class_number}{form.kana}{form.serial}" if form else ""
    planned = _shown(form.planned_date, today) or NO_DAY if form else ""
    return (
        Fact("filing_id", "申請ID", plan.filing.number if plan else ""),
        Fact("filed_plate", "登録番号", plate),
        Fact("filed_user", "使用者", form.user_name if form else ""),
        Fact("planned_date", "申請予定日", planned),
        *(Fact(name, kind, fees.get(kind, "")) for name, kind in FEES),
    )


FACTS: Final[Mapping[Step, Callable[[Plan | None, dt.date], tuple[Fact, ...]]]] = {
    Step.INSURANCE: _insurance_facts,
    Step.CONFORMITY: _conformity_facts,
    Step.FILING: _filing_facts,
}
"""What is sent in each step; always the same names in the same order."""


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
