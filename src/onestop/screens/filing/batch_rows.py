"""The rows of 一括申請: what the review says of each filing, and then what became of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.findings import Severity, blocks
from onestop.model.sending_state import Sending
from onestop.screens.display import NOTHING, money
from onestop.screens.form_problems import confirmed_lines
from onestop.screens.listed_rows import ListedRows
from onestop.screens.long_text import shortened
from onestop.screens.ports import Tone
from onestop.screens.rows import Align, Column, RowLook
from onestop.screens.wording import Errand, explain
from onestop.services.filing.batch import RowState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from onestop.model.filing import Filing
    from onestop.services.filing.batch import BatchResult
    from onestop.services.filing.review import ReviewedFiling

COLUMNS: Final = (
    Column("control_number", "管理番号", 13, Align.RIGHT, least=9),
    Column("registration_number", "登録番号", 17),
    Column("chassis_number", "車台番号", 17, least=13),
    Column("estimated_total", "見込", 9, Align.RIGHT),
    Column("state", "結果", 9, Align.CENTRE),
    Column("filing_id", "申請ID", 11),
    Column("reason", "確認したこと・理由", 58, least=12),
)
OUT_OF_TABLE: Final = "対象外"
STOPPED: Final = "中止したため、送信していません。"
UNASKED: Final = "応答がなく、受け付けられたかどうか分かりません。F7 確認 で確かめてください(二重には申請されません)。"
NOT_A_DRAFT: Final = "依頼前ではないため、送信しません。"
SPOKEN: Final = {Severity.ERROR: "不可", Severity.WARNING: "注意"}
"""Severities that are said, the heavier first; what was confirmed follows, hints are for 申請書発行."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row, in words."""

    state: RowState
    filing_id: str = ""
    reason: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One row: the review, and the result once there is one."""

    reviewed: ReviewedFiling
    result: RowResult | None = None

    @property
    def control_number(self) -> int:
        """管理番号."""
        return self.reviewed.control_number

    @property
    def state(self) -> RowState | None:
        """What became of it; None before it was sent."""
        return None if self.result is None else self.result.state

    @property
    def sendable(self) -> bool:
        """Whether it may be ticked: nothing that AINAS would refuse, and not filed or perhaps filed already."""
        return self.reviewed.issuable and self.state not in (RowState.FILED, RowState.UNKNOWN)

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot be sent as it is, and never was."""
        return self.state is None and not self.reviewed.issuable

    @property
    def has_warnings(self) -> bool:
        """Whether the review found something that the clerk is to look at before it is sent."""
        return any(each.severity in SPOKEN for each in self.reviewed.findings)

    @property
    def is_clear(self) -> bool:
        """Whether it is ticked without being asked for: it may be sent, and nothing was found."""
        return self.sendable and not self.has_warnings


def result_of(result: BatchResult) -> RowResult:
    """Put a result of the service into words."""
    if result.error is not None:
        return RowResult(result.state, reason=_said(explain(result.error, Errand.SENDING, "F7 確認").text))
    return RowResult(result.state, result.filing_id or "", STOPPED if result.state is RowState.NOT_SENT else "")


def _said(reason: str) -> str:
    return shortened(reason, "…(全文は申請書発行のF1)")


def settled_result(filing: Filing) -> RowResult:
    """Say what became of a filing whose answer had been lost."""
    match filing.sending:
        case Sending.FILED:
            return RowResult(RowState.FILED, filing.filing_id or "")
        case Sending.DRAFT:
            return RowResult(RowState.REFUSED, reason=_said(f"受け付けられませんでした: {filing.refusal or NOTHING}"))
        case _:
            return RowResult(RowState.UNKNOWN, reason=UNASKED)


def batch_texts(row: BatchRow) -> tuple[str, ...]:
    """Return a row's texts."""
    total = row.reviewed.estimated_total
    return (
        str(row.control_number),
        row.reviewed.registration_number or NOTHING,
        row.reviewed.chassis_number or NOTHING,
        OUT_OF_TABLE if total is None else money(total),
        NOTHING if row.state is None else row.state.value,
        (row.result.filing_id if row.result else "") or NOTHING,
        reason_of(row),
    )


def reason_of(row: BatchRow) -> str:
    """Return the result's reason, or what the review found, errors first; a dash when all is well."""
    if row.result is not None and (row.result.reason or row.state is RowState.FILED):
        return row.result.reason or NOTHING
    found = row.reviewed.findings
    heavy = [each for severity in SPOKEN for each in found if each.severity is severity]
    said = [*(f"{SPOKEN[each.severity]}: {each.message}" for each in heavy), *confirmed_lines(found)]
    if not row.reviewed.issuable and not blocks(found):
        said = [NOT_A_DRAFT]
    return " ".join(said) or NOTHING


def batch_tone(row: BatchRow) -> Tone | None:
    """Return how loud a row is."""
    match row.state:
        case RowState.REFUSED:
            return Tone.ERROR
        case RowState.UNKNOWN | RowState.NOT_SENT:
            return Tone.WARNING
        case RowState.FILED:
            return None
    if not row.reviewed.issuable:
        return Tone.ERROR
    return Tone.WARNING if row.has_warnings else None


class BatchRows(ListedRows[BatchRow]):
    """The rows, ticked where the clerk wants them sent; ticks stand still while anything is under way."""

    def __init__(self, may_tick: Callable[[], bool], toggled: Callable[[BatchRow], None]) -> None:
        """`toggled` hears which row was to be ticked or unticked, also when that was not possible."""
        self._may_tick = may_tick
        self._heard = toggled
        self._places: dict[int, int] = {}
        """Where each filing stands, by 管理番号."""
        self.blocked = 0
        """How many cannot be sent as they are; counted when rows come, and not whenever the window is refreshed."""
        look = RowLook(batch_texts, batch_tone, lambda row: row.sendable)
        super().__init__(COLUMNS, look, lambda row: row.control_number)

    def toggle(self, position: int) -> None:
        """Turn a tick, unless rows are being sent."""
        if self._may_tick():
            super().toggle(position)
        self._heard(self.records[position])

    def position(self, row_id: int) -> int | None:
        """Return where this filing stands; None when it is not in the list."""
        return self._places.get(row_id)

    def show(self, rows: Sequence[BatchRow]) -> None:
        """Show these rows instead of those before."""
        self._places = {row.control_number: place for place, row in enumerate(rows)}
        self.blocked = sum(row.is_blocked for row in rows)
        super().show(rows)

    def put(self, results: Mapping[int, RowResult | None]) -> None:
        """Say what became of some rows: ten times a second while others are sent, so the rest is not looked at."""
        rows, changed = list(self._rows), []
        for number in results.keys() & self._places.keys():
            place, result = self._places[number], results[number]
            before = rows[place]
            if result == before.result:  # as of every row when nothing was sent before
                continue
            rows[place] = row = dataclasses.replace(before, result=result)
            changed.append(place)
            self.blocked += row.is_blocked - before.is_blocked
            if not row.sendable:
                self.ticked.discard(number)
        self._rows = tuple(rows)
        if changed:
            self._tell_changed(min(changed), max(changed))

    def change(self, rows: tuple[BatchRow, ...]) -> None:
        """Show the same rows with other contents, or with other ticks; the chosen one and the scroll stay."""
        ticks_alone = rows is self._rows
        pairs = enumerate(zip(self._rows, rows, strict=True))
        changed = [place for place, (before, after) in pairs if ticks_alone or before is not after]
        self._rows = rows
        self.blocked = sum(row.is_blocked for row in rows)
        self.ticked.intersection_update(row.control_number for row in rows if row.sendable)
        if changed:
            self._tell_changed(changed[0], changed[-1])
