"""The shelf of 操作者."""

from __future__ import annotations

from typing import Final

from onestop.model.operator import Operator
from onestop.store.records import Records
from onestop.store.shelves.shelf import NumberedShelf

_ALL: Final = Records(Operator, lambda rows: rows.order_by(Operator.is_active.desc(), Operator.reading, Operator.id))


class OperatorShelf(NumberedShelf[Operator]):
    """All operators; none is ever deleted."""

    kind = Operator

    def all(self) -> tuple[Operator, ...]:
        """Return all, in the order of their かな; those who may not sign in any more stand last."""
        return tuple(_ALL.all(self._session))
