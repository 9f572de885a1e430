"""照合: the papers of one inspection side by side, and where they do not agree; the one home of every comparison.

What the car's 車検証 says is what the others are held against; the numbers go by the certificate that carries them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from onestop.model.chassis import chassis_key
from onestop.model.findings import Finding, Severity, finding
from onestop.model.plate import PLATE_PARTS, RegistrationNumber
from onestop.model.text import characters, outside_jis_x_0208
from onestop.model.wareki import format_western

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REPLACED: Final = ".{1,4}"
_USER_CHANGED: Final = (
    "氏名・住所の変更は、継続検査の申請ではできません。先に変更の手続をし、新しい車検証を取り込んでください。"
)
_REGISTER_CHANGED: Final = "登録の内容が変わったときは、記載変更の手続が別に要ります。"


class Source(StrEnum):
    """The four papers, in the order of the work; the value is what sentences call them."""

    CAR = "車両"
    INSURANCE = "自賠責"
    CONFORMITY = "保適証"
    FILING = "申請"


class Agreement(StrEnum):
    """How one cell stands to the others of its row."""

    BASIS = "基準"
    """What the others are held against."""
    AGREES = "一致"
    DIFFERS = "相違"
    ABSENT = "なし"
    """The paper has this item, and nothing stands there; or there is no such paper yet."""
    FREE = "照合なし"
    """It need not agree, or there is nothing to hold it against."""
    NO_ITEM = ""
    """The paper has no such item."""


SIGNS: Final = {Agreement.AGREES: "○", Agreement.DIFFERS: "×", Agreement.ABSENT: "－"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one paper says; "" or None where it says nothing."""

    registration_number: RegistrationNumber | None = field(default=None, repr=False)
    chassis_number: str = field(default="", repr=False)
    user_name: str = field(default="", repr=False)
    """Of a 自賠責: its 契約者. A 使用者 *** is resolved to the owner."""
    address: str = field(default="", repr=False)
    kind: str = ""
    """自動車区分, 車両種別, or the 車種 of a 自賠責."""
    kinds: frozenset[str] = frozenset()
    """Of the car: every 自動車区分 and 車両種別 that fits it."""
    inspection_date: dt.date | None = None
    issue_date: dt.date | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    planned_date: dt.date | None = None
    expiry_date: dt.date | None = None
    """The 満了日 before this inspection."""
    insurance_number: str = field(default="", repr=False)
    conformity_number: str = ""

    def text(self, name: str) -> str:
        """Return what stands in a row."""
        value = getattr(self, name)
        if isinstance(value, dt.date):
            return format_western(value)
        return value.display() if isinstance(value, RegistrationNumber) else value or ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of 照合: which papers have the item, and by which rule one that differs is judged."""

    name: str
    """As in `Written`."""
    label: str
    basis: Source | None
    rules: Mapping[Source, str] = field(default_factory=dict)
    alone: Mapping[Source, str] = field(default_factory=dict)
    """The rules while no other certificate is there: then the mistake can still be mended in this one."""
    free: tuple[Source, ...] = ()
    """Have the item, and need not agree."""
    more: Mapping[Source, str] = field(default_factory=dict)
    """What else is said of one that differs."""


_CAR, _INSURANCE, _CONFORMITY, _FILING = Source
ROWS: Final = (
    Row(
        "registration_number",
        "登録番号",
        _CAR,
        {_INSURANCE: "P01", _CONFORMITY: "P02", _FILING: "C11"},
        more={_CONFORMITY: _REGISTER_CHANGED},
    ),
    Row(
        "chassis_number",
        "車台番号",
        _CAR,
        {_INSURANCE: "V06", _CONFORMITY: "V06", _FILING: "V06"},
        alone={_CONFORMITY: "A07", _FILING: "C11"},
    ),
    Row(
        "user_name",
        "使用者",
        _CAR,
        {_CONFORMITY: "P02", _FILING: "V31"},
        free=(_INSURANCE,),
        more={_CONFORMITY: _REGISTER_CHANGED, _FILING: _USER_CHANGED},
    ),
    Row(
        "address",
        "住所",
        _CAR,
        {_CONFORMITY: "P02", _FILING: "V31"},
        free=(_INSURANCE,),
        more={_CONFORMITY: _REGISTER_CHANGED, _FILING: _USER_CHANGED},
    ),
    Row("kind", "車両種別・自動車区分", _CAR, {_CONFORMITY: "P03", _FILING: "C11"}, free=(_INSURANCE,)),
    Row("inspection_date", "検査日", None, free=(_CONFORMITY,)),
    Row("issue_date", "交付日", None, free=(_CONFORMITY,)),
    Row("start_date", "自賠責の始期", None, free=(_INSURANCE,)),
    Row("end_date", "自賠責の終期", None, free=(_INSURANCE,)),
    Row("planned_date", "申請予定日", None, free=(_FILING,)),
    Row("expiry_date", "検査前の満了日", _CAR, {_CONFORMITY: "P04"}),
    Row("insurance_number", "自賠責証明書番号", _INSURANCE, {_CONFORMITY: "P05", _FILING: "C12"}),
    Row("conformity_number", "保適証の交付番号", _CONFORMITY, {_FILING: "C12"}),
)

NUMBERS: Final = ("insurance_number", "conformity_number")
"""The rows that go by a certificate."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one paper says in one row, and how that stands."""

    text: str = field(repr=False)
    agreement: Agreement

    @property
    def marked(self) -> str:
        """The text after a sign and a word for how it stands; alone where it is held against nothing."""
        sign = SIGNS.get(self.agreement)
        return f"{sign} {self.agreement.value} {self.text}".strip() if sign else self.text


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs."""

    name: str
    """Of the row."""
    source: Source
    """The paper that differs."""
    rule_id: str
    message: str = field(repr=False)
    part: str = ""
    """Of a plate: the first part that differs."""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.found("").severity

    def on_glass(self, names: Mapping[str, str]) -> str:
        """Return the field of a form; `names` has the rows whose field has another name there."""
        name = names.get(self.name, self.name)
        return f"{name}.{self.part}" if self.part else name

    def found(self, on_glass: str, paper: str = "") -> Finding:
        """Return it as a finding about a field on the glass; `paper` is named where that is another one."""
        return finding(self.rule_id, on_glass, self.message, paper)


class ComparedRow(NamedTuple):
    """One row with its four cells."""

    row: Row
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole grid."""

    papers: Mapping[Source, Written] = field(repr=False)
    """Those that there are."""

    @property
    def rows(self) -> tuple[ComparedRow, ...]:
        """All rows, each with a cell for each of the four papers."""
        return tuple(
            ComparedRow(row, tuple(Cell(self._text(row, paper), self._agreement(row, paper)) for paper in Source))
            for row in ROWS
        )

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Everything that does not agree, paper by paper in the order of the work."""
        return tuple(found for source in Source for found in self.of(source))

    def of(self, source: Source) -> Iterator[Difference]:
        """Yield where one paper differs; one that is not here differs nowhere."""
        for row in ROWS if source in self.papers else ():
            if self._agreement(row, source) is Agreement.DIFFERS:
                yield self._difference(row, source)

    def _agreement(self, row: Row, source: Source) -> Agreement:
        if source is not row.basis and source not in (*row.rules, *row.free):
            return Agreement.NO_ITEM
        if not self._text(row, source):
            return Agreement.ABSENT
        if source is row.basis:
            return Agreement.BASIS
        if row.basis is None or source in row.free or not self._text(row, row.basis):
            return Agreement.FREE
        same = _is_same(row.name, self.papers[source], self.papers[row.basis])
        return Agreement.AGREES if same else Agreement.DIFFERS

    def _text(self, row: Row, source: Source) -> str:
        paper = self.papers.get(source)
        return "" if paper is None else paper.text(row.name)

    def _difference(self, row: Row, source: Source) -> Difference:
        basis = row.basis or Source.CAR
        mine, its = self.papers[source], self.papers[basis]
        text, other = mine.text(row.name), its.text(row.name)
        hyphen = "のハイフン" if row.name == "chassis_number" and chassis_key(text) == chassis_key(other) else ""
        message = f"{source.value}の{row.label}「{text}」{hyphen}が{basis.value}の「{other}」と違います。"
        part = _first_part(mine, its) if row.name == "registration_number" else ""
        return Difference(row.name, source, self._rule(row, source), message + row.more.get(source, ""), part)

    def _rule(self, row: Row, source: Source) -> str:
        others = (each for each in (Source.INSURANCE, Source.CONFORMITY) if each is not source)
        alone = source in row.alone and not any(self._text(row, each) for each in others)
        return row.alone[source] if alone else row.rules[source]


def _is_same(name: str, mine: Written, basis: Written) -> bool:
    if name in ("user_name", "address"):
        return is_same_name(mine.text(name), basis.text(name))
    if name == "kind":
        return mine.kind in basis.kinds
    return bool(getattr(mine, name) == getattr(basis, name))


def is_same_name(name: str, of_car: str) -> bool:
    """Tell whether a text is the car's, or the car's with its 外字 replaced, as rule V22 asks for (㈱ by (株))."""
    if name == of_car:
        return True
    replaceable = outside_jis_x_0208(of_car)
    parts = (_REPLACED if each in replaceable else re.escape(each) for each in characters(of_car))
    return re.fullmatch("".join(parts), name, re.DOTALL) is not None


def _first_part(mine: Written, basis: Written) -> str:
    plates = mine.registration_number, basis.registration_number
    return next(name for name in PLATE_PARTS if getattr(plates[0], name) != getattr(plates[1], name))
