"""The papers that are printed, with every value that their forms may show; all as texts, just as they are read."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, ClassVar, Final

from onestop.documents.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DAY: Final = re.compile("(\\D+)(元|\\d+)年(\\d+)月(\\d+)日")
_PARTS: Final = ("era", "year", "month", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What all papers have."""

    form: ClassVar[str]
    """The name of the file in resources/forms."""
    stamp: ClassVar[Stamp] = Stamp.NONE
    """What stands across it in real work; in practice it is 見本, whatever the paper."""
    is_official: ClassVar[bool] = False
    """Printed on a form that an office gave out: values in their places, and nothing else."""
    days: ClassVar[tuple[str, ...]] = ()
    """The values that are days; a form may ask for a part of one: valid_until_era, _year, _month, _day."""

    workshop_name: str = ""
    workshop_code: str = ""
    printed_at: str = ""

    def values(self) -> Mapping[str, str]:
        """Return the texts by the names that forms use."""
        texts = {each.name: value for each in fields(self) if isinstance(value := getattr(self, each.name), str)}
        return texts | {f"{name}_{part}": text for name in self.days for part, text in _parts(texts[name])}

    def tables(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        """Return the rows of each table."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: [asdict(row) for row in rows] for name, rows in found.items() if isinstance(rows, tuple)}


def _parts(day: str) -> zip[tuple[str, str]]:
    """Return 令和, 8, 12 and 8 of 令和8年12月8日; empty texts where there is no day."""
    found = _DAY.match(day)
    return zip(_PARTS, found.groups() if found else [""] * len(_PARTS), strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarPaper(Paper):
    """What the papers about one car have. Each is a copy: the certificate itself is data, or an official form."""

    stamp = Stamp.COPY

    control_number: str
    registration_number: str = field(repr=False)
    chassis_number: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurancePaper(CarPaper):
    """自賠責保険証明書 (控)."""

    form = "insurance_copy"

    certificate_number: str = field(repr=False)
    insurer: str
    contract_kind: str
    rate_class: str
    policyholder_name: str = field(repr=False)
    policyholder_address: str = field(repr=False)
    start: str
    """保険開始日, 正午."""
    end: str
    months: str
    premium: str
    origin: str
    registry: str
    """登録機関: whether and when it got the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConformityPaper(CarPaper):
    """保安基準適合証."""

    form = "conformity"

    certificate_number: str
    application_kind: str
    status: str
    vehicle_category: str
    vehicle_name: str
    model_code: str
    engine_model: str
    user_name: str = field(repr=False)
    user_address: str = field(repr=False)
    odometer: str
    inspection_date: str
    issue_date: str
    valid_until: str
    """検査日 and the 14 days after it."""
    last_application_date: str
    """最終の検査申請日, where both its parts are known."""
    expiry_date: str
    """有効期間の満了日 before this inspection."""
    inspector_name: str = field(repr=False)
    inspector_code: str
    new_insurance_number: str = field(repr=False)
    new_insurer: str
    new_insurance_period: str
    old_insurance_number: str = field(repr=False)
    old_insurer: str
    remarks: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialConformityPaper(ConformityPaper):
    """The values of a 保安基準適合証, for the official form."""

    form = "conformity_official"
    stamp = Stamp.NONE
    is_official = True
    days = ("inspection_date", "issue_date", "valid_until", "expiry_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConformityMarkPaper(CarPaper):
    """保安基準適合標章."""

    form = "conformity_mark"

    certificate_number: str
    vehicle_name: str
    inspection_date: str
    issue_date: str
    valid_until: str
    inspector_name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialMarkPaper(ConformityMarkPaper):
    """The values of a 保安基準適合標章, for the official form (第2号様式)."""

    form = "conformity_mark_official"
    stamp = Stamp.NONE
    is_official = True
    days = ("inspection_date", "issue_date", "valid_until")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One row of 照合: a sign and a word for how each paper stands, and what it says."""

    label: str
    car: str = field(repr=False)
    insurance: str = field(repr=False)
    conformity: str = field(repr=False)
    filing: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One thing that does not agree."""

    weight: str
    """不可 or 注意."""
    sentence: str = field(repr=False)
    press: str
    """The key that opens the paper to be mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPaper(Paper):
    """照合."""

    form = "comparison"

    registration_number: str = field(repr=False)
    chassis_number: str = field(repr=False)
    user_name: str = field(repr=False)
    verdict: str
    rows: tuple[ComparisonRow, ...] = field(repr=False)
    differences: tuple[DifferenceRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One line of 確認票: what is asked, or what was answered at another time."""

    item: str
    answer: str = field(repr=False)
    more: str = field(repr=False)
    """The date of the 承諾書, or 特例番号."""
    answered: str = field(repr=False)
    """By whom, and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPaper(Paper):
    """確認票."""

    form = "checklist"

    registration_number: str = field(repr=False)
    chassis_number: str = field(repr=False)
    user_name: str = field(repr=False)
    answers: tuple[AnswerRow, ...] = field(repr=False)
    history: tuple[AnswerRow, ...] = field(repr=False)
    """All that was ever answered, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPaper(Paper):
    """承諾書, to be signed by the 使用者."""

    form = "consent"

    registration_number: str = field(repr=False)
    chassis_number: str = field(repr=False)
    vehicle_name: str
    model_code: str
    expiry_date: str
    user_name: str = field(repr=False)
    user_address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRow:
    """One thing that is to be paid."""

    label: str
    amount: str
    """As 見込, or what stands in its place."""
    basis: str
    """From which table the figure is, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BringRow:
    """One thing that the customer brings."""

    thing: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatePaper(Paper):
    """見積書."""

    form = "estimate"

    customer_name: str = field(repr=False)
    registration_number: str = field(repr=False)
    chassis_number: str = field(repr=False)
    vehicle_name: str
    until: str
    """The present 満了日, and from when on it stays the base of the new one."""
    new_expiry: str
    last_application_date: str
    counted_day: str
    """The day on which the office is taken to be applied to."""
    total: str
    lines: tuple[EstimateRow, ...]
    brings: tuple[BringRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPaper(Paper):
    """復元キーの控え of one data folder, the one paper on which its key stands: to be kept away from its machine."""

    form = "recovery_key"

    recovery_key: str = field(repr=False)
    groups: str
    """How many groups there are."""
    made_on: str
