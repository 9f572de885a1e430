"""What 納付一覧 and 納付消込 show of an amount that AINAS returned, in the same columns, and of the bank's lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.money import yen
from onestop.model.wareki import format_western
from onestop.screens.display import NOTHING
from onestop.screens.rows import Align, Column

if TYPE_CHECKING:
    from onestop.model.payment import Payment

PAYMENT_COLUMNS: Final = (
    Column("day", "依頼日", 10),
    Column("filing_id", "申請ID", 11),
    Column("plate", "登録番号", 17),
    Column("office", "窓口", 7),
    Column("agent_site_id", "代理人拠点ID", 11),
    Column("kind", "種別", 18),
    Column("amount", "金額", 10, Align.RIGHT),
)
DUE_COLUMN: Final = Column("due_date", "納付期限日", 10)
LINE_COLUMNS: Final = (
    Column("day", "日付", 11),
    Column("text", "摘要", 40),
    Column("payee", "納付先", 18),
    Column("amount", "出金", 14, Align.RIGHT),
    Column("state", "消込", 24),
)


def payment_texts(each: Payment) -> tuple[str, ...]:
    """Return the texts of PAYMENT_COLUMNS."""
    return (
        format_western(each.day),
        each.filing_id or NOTHING,
        each.plate,
        each.office.value,
        each.agent_site_id or NOTHING,
        each.kind,
        yen(each.amount),
    )


def due_text(each: Payment) -> str:
    """Return the text of DUE_COLUMN."""
    return format_western(each.due_date) or NOTHING
