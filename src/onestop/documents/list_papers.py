"""The lists that are printed: 指定整備元帳, 交付実績報告書 and 納付一覧, line by line; all as texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from onestop.documents.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One 保適証 in the 指定整備元帳."""

    control_number: str
    certificate_number: str
    issue_date: str
    inspection_date: str
    application_kind: str
    origin: str
    """電子 or 紙."""
    registration_number: str = field(repr=False)
    chassis_number: str = field(repr=False)
    vehicle_name: str
    model_code: str
    engine_model: str
    client_name: str = field(repr=False)
    """依頼者: the name, a line break, the address."""
    work_summary: str = field(repr=False)
    inspector_name: str = field(repr=False)
    insurance: str = field(repr=False)
    """自賠責: its number, a line break, its period."""
    status: str
    valid_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPaper(Paper):
    """指定整備元帳."""

    form = "ledger"

    period: str
    conditions: str = field(repr=False)
    """What was searched for."""
    totals: str
    certificates: tuple[LedgerLine, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """One 自動車区分, or all of them together, in the 交付実績報告書."""

    vehicle_category: str
    oss: str
    counter: str
    limited: str
    voided: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow(CategoryRow):
    """How many there were in the month."""

    numbers: str
    """From the first 交付番号 to the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow(CategoryRow):
    """The difference from the month before."""

    total_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidedRow:
    """A 交付番号 that does not count any more."""

    certificate_number: str
    vehicle_category: str
    issue_date: str
    status: str
    replaced_by: str
    """The 交付番号 that was issued instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuanceReportPaper(Paper):
    """交付実績報告書."""

    form = "issuance_report"

    month: str
    numbers: str
    """From the first 交付番号 of the month to the last."""
    totals: str
    counts: tuple[CountRow, ...]
    changes: tuple[ChangeRow, ...]
    voided: tuple[VoidedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPaperRow:
    """One amount that AINAS returned."""

    day: str
    """依頼日."""
    filing_id: str
    registration_number: str = field(repr=False)
    office: str
    """登録車 or 軽."""
    agent: str
    """代理人拠点ID."""
    kind: str
    amount: str
    payment_status: str
    due_date: str
    state: str
    """消込."""
    matched_day: str
    """消込日: the day of the bank's line."""
    last_day: str
    """The last day on which AINAS still knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentGroupRow:
    """What a day, a filing, a kind, an agent or an office comes to."""

    group: str
    count: str
    total: str
    opened: str
    """未納."""
    paid: str
    matched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPaper(Paper):
    """納付一覧."""

    form = "payments"

    month: str
    conditions: str
    totals: str
    payments: tuple[PaymentPaperRow, ...] = field(repr=False)
    groups: tuple[PaymentGroupRow, ...]
