"""What is checked before a 自賠責証明書 is issued, or one of elsewhere is written down: the rules I01 to I17.

The rules stand in resources/rules/insurance_rules.csv. Only what cannot exist, or what the contract would refuse, is
an error; the rest is a warning.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.certificate_words import ContractKind, Origin
from onestop.model.chassis import judge_chassis
from onestop.model.comparison import Comparison, Source, Written
from onestop.model.findings import Finding, finding, findings
from onestop.model.inspection_days import counted_end, insurance_covers, propose_insurance
from onestop.model.limits import INSURER, POLICY_MONTHS, POLICY_NUMBER
from onestop.model.money import MAINLAND, estimate_jibaiseki, premium_zone
from onestop.model.plate import sending_problems
from onestop.model.rate_tables import premium_classes
from onestop.model.text import outside_jis_x_0208
from onestop.model.wareki import format_western

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.model.money import Estimate
    from onestop.model.plate import RegistrationNumber
    from onestop.model.words import VehicleClass

NOON: Final = dt.time(12)
"""A period begins and ends then, in Japan."""
REGISTRY_OFF: Final = "登録機関にチェックがありません。AIRASに届かず、OSS申請はできません(エラー127)。"


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceFacts:
    """Everything a check looks at; the names are those of `InsuranceCertificate`, and of the fields on the glass."""

    by_hand: bool = False
    """Issued elsewhere and only written down here."""
    origin: Origin = Origin.ELECTRONIC
    insurer: str = ""
    known_insurers: frozenset[str] | None = field(default=None, repr=False)
    """Those of the list, and those that were issued with before; None: any will do."""
    contract_kind: str = ""
    rate_class: str = ""
    """車種 as the insurers write it: a label of the premium table."""
    report_to_registry: bool = True
    registration_number: RegistrationNumber = field(repr=False)
    chassis_number: str = field(repr=False)
    policyholder_name: str = field(default="", repr=False)
    policyholder_address: str = field(default="", repr=False)
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    months: int | None = None
    certificate_number: str = field(default="", repr=False)

    vehicle_class: VehicleClass
    officially_stamped: bool = False
    car: Written
    """What the car's 車検証 says."""
    new_expiry: dt.date | None = None
    """The 満了日 that the insurance must cover; None when it is not known."""
    years_question: str = ""
    """Why it is not known: the years of the new 有効期間 have to be chosen by a person; "" when they are known."""
    old_end: dt.date | None = None
    """The day on which the insurance before this one ends, if it is known."""
    old_chassis_number: str = field(default="", repr=False)
    """The 車台番号 in it, if it was issued here: e-JIBAI insures a car once at a time."""


def has_started(start: dt.date | None, now: dt.datetime) -> bool:
    """Tell whether a period has begun: from then on only the insurer can end it."""
    return start is not None and now >= dt.datetime.combine(start, NOON, JST)


def estimate_premium(rate_class: str, start: dt.date | None, months: int | None, area: str = "") -> Estimate | None:
    """Return 見込 for a 車種 by its label and the 地名 of the plate; None while 始期 or months are missing."""
    key = next((each.key for each in premium_classes() if each.label == rate_class), None)
    return None if start is None or months is None else estimate_jibaiseki(key, start, months, premium_zone(area))


def check_insurance(facts: InsuranceFacts, today: dt.date) -> tuple[Finding, ...]:
    """Return everything there is to say before F5 or F10: what costs the most time first, then as in the form."""
    return (
        *_check_terms(facts),
        *_check_period(facts),
        *_check_car(facts),
        *_check_holder(facts),
        *(_check_certificate(facts) if facts.by_hand else _check_issue(facts, today)),
        *_check_cover(facts),
    )


def _check_terms(facts: InsuranceFacts) -> Iterator[Finding]:
    if not facts.report_to_registry and not facts.by_hand:
        yield finding("I12", "report_to_registry", REGISTRY_OFF)
    if not facts.insurer.strip():
        yield finding("I01", "insurer", "保険会社を選んでください。")
    elif len(facts.insurer) > INSURER:
        yield finding("I01", "insurer", f"保険会社は{INSURER}文字までです。")
    elif facts.known_insurers is not None and facts.insurer not in facts.known_insurers and not facts.by_hand:
        text = f"「{facts.insurer}」は保険会社の一覧にありません。書き間違いでないか、新しい会社かを確かめてください。"
        yield finding("I18", "insurer", text)
    if facts.contract_kind not in tuple(ContractKind):
        yield finding("I02", "contract_kind", "契約区分を選んでください。")
    if not facts.rate_class and not facts.by_hand:
        yield finding("I03", "rate_class", "車種を選んでください。")


def _check_period(facts: InsuranceFacts) -> Iterator[Finding]:
    if facts.start_date is None:
        yield finding("I05", "start_date", "保険開始日を入力してください。")
    if facts.months is None and not facts.by_hand:
        yield finding("I06", "months", "保険期間の月数を入力してください。")
    elif facts.months is not None and not 1 <= facts.months <= POLICY_MONTHS:
        yield finding("I06", "months", f"保険期間は1か月から{POLICY_MONTHS}か月までです。")


def _check_car(facts: InsuranceFacts) -> Iterator[Finding]:
    for problem in sending_problems(facts.registration_number):
        yield finding("V04" if problem.field.endswith(".serial") else "V01", problem.field, problem.message)
    verdict = judge_chassis(
        facts.chassis_number, officially_stamped=facts.officially_stamped, vehicle_class=facts.vehicle_class
    )
    yield from findings("V05", verdict.errors)
    yield from findings("C09", verdict.warnings)
    if not verdict.errors:
        yield from _check_papers(facts)


def _check_papers(facts: InsuranceFacts) -> Iterator[Finding]:
    """Hold it against the car; what is wrong in its 車台番号 can still be mended here (I11, later V06)."""
    mine = Written(registration_number=facts.registration_number, chassis_number=facts.chassis_number)
    for each in Comparison({Source.CAR: facts.car, Source.INSURANCE: mine}).of(Source.INSURANCE):
        if each.name == "chassis_number":
            yield finding("I11", each.name, f"{each.message}AIRASで見つからなくなります。")
        else:
            yield each.found(each.on_glass({}))


def _check_holder(facts: InsuranceFacts) -> Iterator[Finding]:
    words = (
        ("policyholder_name", "契約者氏名・名称", facts.policyholder_name),
        ("policyholder_address", "契約者住所", facts.policyholder_address),
    )
    for name, label, text in words:
        if not text.strip() and not facts.by_hand:
            yield finding("I04", name, f"{label}を入力してください。")
    for name, label, text in (("insurer", "保険会社", facts.insurer), *words):
        if outside := outside_jis_x_0208(text):
            yield finding("V22", name, f"{label}に使えない文字があります: {' '.join(outside)}")


def _check_certificate(facts: InsuranceFacts) -> Iterator[Finding]:
    """Check what is typed from a certificate of elsewhere."""
    if POLICY_NUMBER.fullmatch(facts.certificate_number) is None:
        yield finding("I07", "certificate_number", "保険証番号を、半角の数字と英大文字20文字までで入力してください。")
    if facts.end_date is None:
        yield finding("I08", "end_date", "保険終了日か、保険期間の月数を入力してください。")
    elif facts.start_date is not None and facts.end_date <= facts.start_date:
        yield finding("I08", "end_date", "保険終了日が保険開始日より後になっていません。")
    elif counted_end(facts.start_date, facts.months) not in (None, facts.end_date):
        yield finding("I16", "end_date", f"保険終了日が、開始日から{facts.months}か月後の日と違います。")


def _check_issue(facts: InsuranceFacts, today: dt.date) -> Iterator[Finding]:
    """Check what only a certificate that we issue can have wrong."""
    if facts.start_date is None:
        return
    if facts.start_date < today:
        yield finding("I15", "start_date", "保険開始日が過ぎています。")
    if facts.old_end is not None and facts.start_date < facts.old_end:
        text = f"前契約の満期日({format_western(facts.old_end)})と期間が重なります。"
        refused = facts.old_chassis_number and facts.old_chassis_number == facts.chassis_number
        rule, more = ("I17", "e-JIBAIは受け付けません。保険開始日を直してください。") if refused else ("I14", "")
        yield finding(rule, "start_date", text + more)
    elif facts.old_end is not None and today <= facts.old_end < facts.start_date:
        text = f"前契約の満期日({format_western(facts.old_end)})から保険のない日ができます。"
        yield finding("I14", "start_date", text)
    sold = facts.rate_class and facts.end_date is not None
    area = facts.registration_number.area
    premium = estimate_premium(facts.rate_class, facts.start_date, facts.months, area) if sold else None
    if premium is not None and premium.amount is None and premium_zone(area) == MAINLAND:
        yield finding("I13", "months", "この車種と月数は料率表の対象外です。保険会社に受け付けられないことがあります。")


def _check_cover(facts: InsuranceFacts) -> Iterator[Finding]:
    if facts.years_question:
        yield finding("V34", "months", facts.years_question)
    start, end, expiry = facts.start_date, facts.end_date, facts.new_expiry
    if start is None or end is None or expiry is None or end <= start or insurance_covers(end, expiry):
        return
    better = propose_insurance(None, start, expiry)
    if better is not None and facts.months == better.months - 1:
        text = f"{facts.months}か月では新しい満了日({format_western(expiry)})の翌日に届きません。"
        yield finding("I10", "months", f"{text}{better.months}か月にしてください。")
        return
    advice = f"{better.months}か月なら届きます。" if better else "期間を確かめてください。"
    text = f"保険期間が新しい満了日({format_western(expiry)})の翌日に届きません。{advice}"
    yield finding("I09", "months", text)
