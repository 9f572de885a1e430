"""The shelf of 指定整備元帳: every 保適証 with a 交付番号, electronic or on paper, with its 自賠責's period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, func, select

from onestop.model.certificate_words import DELETED, WITHOUT_PLATE, Origin
from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.chassis import chassis_key
from onestop.model.issuance import MonthCount
from onestop.model.ledger import ON_PAPER, LedgerQuery, LedgerRow
from onestop.model.wareki import YearMonth
from onestop.model.words import CONFORMITY_WORD, words_like
from onestop.store.compiled import begins_with
from onestop.store.prepared import beginning
from onestop.store.shelves.shelf import Shelf
from onestop.store.words import month_of

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Select

_MINE: Final = ConformityCertificate
_NEWEST_WITH_NUMBER: Final = (
    select(func.max(InsuranceCertificate.control_number))
    .where(
        InsuranceCertificate.certificate_number == _MINE.new_insurance_number,
        InsuranceCertificate.vehicle_id == _MINE.vehicle_id,
    )
    .correlate(_MINE)
    .scalar_subquery()
)
_ROWS: Final = (
    select(
        _MINE.control_number,
        _MINE.vehicle_id,
        _MINE.origin,
        _MINE.certificate_number,
        _MINE.issue_date,
        _MINE.inspection_date,
        _MINE.application_kind,
        _MINE.vehicle_category,
        case(
            (_MINE.application_kind.in_(WITHOUT_PLATE), ""),
            else_=_MINE.area + _MINE.class_number + _MINE.kana + _MINE.serial,
        ),
        _MINE.chassis_number,
        _MINE.vehicle_name,
        _MINE.model_code,
        _MINE.engine_model,
        _MINE.user_name,
        _MINE.user_address,
        _MINE.work_summary,
        _MINE.inspector_code,
        _MINE.inspector_name,
        _MINE.new_insurance_number,
        InsuranceCertificate.start_date,
        InsuranceCertificate.end_date,
        _MINE.status,
        _MINE.valid_until,
        _MINE.remarks,
    )
    .outerjoin(InsuranceCertificate, InsuranceCertificate.control_number == _NEWEST_WITH_NUMBER)
    .where(_MINE.certificate_number.is_not(None))
    .order_by(_MINE.issue_date.asc().nulls_last(), _MINE.control_number)
)
"""The columns of LedgerRow."""


class LedgerShelf(Shelf):
    """保適証 as 指定整備元帳 lists them."""

    def rows(self, query: LedgerQuery) -> tuple[LedgerRow, ...]:
        """Return what a query finds, by 交付年月日.

        登録番号 and 検査員 are left to the caller: they are compared as a clerk reads them, not as they are stored.
        """
        return tuple(LedgerRow(*row) for row in self._session.execute(_rows_of(query)))

    def months(self, first: dt.date, last: dt.date) -> tuple[MonthCount, ...]:
        """Count by month what has its 交付年月日 between two days; months without any are left out."""
        month = month_of(_MINE.issue_date)
        voided = func.sum(case((_MINE.status.in_(words_like(CONFORMITY_WORD, DELETED)), 1), else_=0))
        counted = select(month, func.count(), voided).where(_MINE.certificate_number.is_not(None))
        found = self._session.execute(counted.where(_MINE.issue_date.between(first, last)).group_by(month))
        return tuple(
            MonthCount(YearMonth(*map(int, name.split("-"))), every - gone, gone) for name, every, gone in found
        )


def _rows_of(query: LedgerQuery) -> Select[*tuple[Any, ...]]:
    rows: Select[*tuple[Any, ...]] = _ROWS
    if query.issued_from:
        rows = rows.where(_MINE.issue_date >= query.issued_from)
    if query.issued_to:
        rows = rows.where(_MINE.issue_date <= query.issued_to)
    tail = chassis_key(query.chassis_tail)[::-1]
    if tail:
        rows = rows.where(begins_with(_MINE.chassis_tail, "tail")).params(beginning(tail, "tail"))
    if query.application_kind:
        rows = rows.where(_MINE.application_kind == query.application_kind)
    if query.status == ON_PAPER:
        rows = rows.where(_MINE.origin == Origin.PAPER, _MINE.status.is_(None))
    elif query.status:
        rows = rows.where(_MINE.status == query.status)
    return rows
