"""The shelf of 操作者."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.operator import Operator
from onestop.store.records import Records
from onestop.store.shelves.by_key import by_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ALL: Final = Records(Operator, lambda rows: rows.order_by(Operator.is_active.desc(), Operator.reading, Operator.id))


class OperatorShelf:
    """All operators; none is ever deleted."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, operator: Operator) -> Operator:
        """Put a new operator here. The id is known after this."""
        self._session.add(operator)
        self._session.flush()
        return operator

    def get(self, operator_id: int) -> Operator:
        """Return the operator with this id.

        Raises:
            NotAllowed: There is none.
        """
        return by_key(self._session, Operator, operator_id)

    def all(self) -> tuple[Operator, ...]:
        """Return all, in the order of their かな; those who may not sign in any more stand last."""
        return tuple(_ALL.all(self._session))
