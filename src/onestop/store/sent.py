"""What the shelves of everything that is sent share: where they went, and the last that was filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from onestop.model.sending_state import Sending
from onestop.store.among import among

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing

    Kind = type[Filing | InsuranceCertificate | ConformityCertificate]


def sent_elsewhere(session: Session, kind: Kind, control_numbers: Iterable[int], address: str) -> dict[int, str]:
    """Return those that were sent to another address, by their 管理番号; one that did not note it is not among them."""
    among_these = among(kind.control_number, control_numbers)
    away = select(kind.control_number, kind.sent_to).where(among_these, kind.sent_to != address)
    return {number: str(sent_to) for number, sent_to in session.execute(away)}


def drafts(session: Session, kind: Kind) -> tuple[int, ...]:
    """Return the 管理番号 of those that may be sent, the oldest first."""
    mine = select(kind.control_number).where(kind.sending == Sending.DRAFT).order_by(kind.control_number)
    return tuple(session.scalars(mine))


class Filed(NamedTuple):
    """What is needed of a record that has its service's number, to ask how it stands."""

    control_number: int
    number: str
    chassis_number: str
    request_key: str | None
    sent_to: str | None
    sent_as: str | None

    def __repr__(self) -> str:
        """Name it without anybody's data."""
        return f"Filed({self.control_number})"


class Witness(NamedTuple):
    """A filed record, by which a service can show whether it keeps keys."""

    control_number: int
    request_key: str
    sent_to: str | None
    sent_as: str | None


def last_filed(session: Session, kind: Kind, address: str, before: dt.datetime | None) -> Witness | None:
    """Return the newest record that was sent to an address at that moment or before it, and filed; none before none."""
    if before is None:
        return None
    filed = (
        select(kind.control_number, kind.request_key, kind.sent_to, kind.sent_as)
        .where(
            kind.sending == Sending.FILED,
            kind.sent_to == address,
            kind.first_sent_at <= before,
            kind.request_key.is_not(None),
        )
        .order_by(kind.control_number.desc())
        .limit(1)
    )
    found = session.execute(filed).first()
    return None if found is None else Witness(found[0], found[1] or "", found[2], found[3])
