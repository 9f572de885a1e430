"""The shelves of 自賠責証明書 and 保適証."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import func, or_, select

from onestop.model.certificates import CANCELLED, ConformityCertificate, InsuranceCertificate
from onestop.model.sending_state import UNSETTLED_STATES, Sending
from onestop.store.among import among
from onestop.store.failures import found
from onestop.store.sent import drafts, last_filed, sent_elsewhere

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from onestop.store.sent import Witness

CertificateT = TypeVar("CertificateT", InsuranceCertificate, ConformityCertificate)


class CertificateShelf(Generic[CertificateT]):
    """Certificates of one kind."""

    def __init__(self, session: Session, kind: type[CertificateT]) -> None:
        self._session = session
        self._kind: type[CertificateT] = kind

    def add(self, certificate: CertificateT) -> CertificateT:
        """Put a new certificate here, or one back that was changed outside. Its control_number is known after this."""
        self._session.add(certificate)
        self._session.flush()
        return certificate

    def get(self, control_number: int) -> CertificateT:
        """Return the certificate with this 管理番号.

        Raises:
            NotAllowed: There is none.
        """
        return found(self._session.get(self._kind, control_number))

    def all_for_vehicle(self, vehicle_id: int) -> tuple[CertificateT, ...]:
        """Return the certificates of a car, the newest first."""
        query = select(self._kind).where(self._kind.vehicle_id == vehicle_id)
        return tuple(self._session.scalars(query.order_by(self._kind.control_number.desc())))

    def all_for_vehicles(self, vehicle_ids: Iterable[int]) -> dict[int, tuple[CertificateT, ...]]:
        """Return the certificates of cars by the id of the car, the newest first, with one question for all cars."""
        wanted = list(vehicle_ids)
        query = select(self._kind).where(among(self._kind.vehicle_id, wanted))
        of: dict[int, list[CertificateT]] = {vehicle_id: [] for vehicle_id in wanted}
        for certificate in self._session.scalars(query.order_by(self._kind.control_number.desc())):
            of[certificate.vehicle_id].append(certificate)
        return {vehicle_id: tuple(certificates) for vehicle_id, certificates in of.items()}

    def delete(self, control_number: int) -> None:
        """Take a certificate away; only one that was never issued.

        Raises:
            NotAllowed: There is none.
        """
        self._session.delete(self.get(control_number))

    def unsettled(self) -> tuple[int, ...]:
        """Return the 管理番号 of those whose last request may or may not have arrived, the oldest first."""
        waiting = self._kind.sending.in_(UNSETTLED_STATES)
        numbers = select(self._kind.control_number).where(waiting).order_by(self._kind.control_number)
        return tuple(self._session.scalars(numbers))

    def sent_elsewhere(self, control_numbers: Iterable[int], address: str) -> dict[int, str]:
        """Return where those were sent that were sent to another address, by their 管理番号."""
        return sent_elsewhere(self._session, self._kind, control_numbers, address)

    def drafts(self) -> tuple[int, ...]:
        """Return the 管理番号 of those that may be sent, the oldest first."""
        return drafts(self._session, self._kind)

    def last_filed(self, address: str, before: dt.datetime | None) -> Witness | None:
        """Return the newest that was sent to an address at that moment or before it, and filed."""
        return last_filed(self._session, self._kind, address, before)

    def knows_number(self, certificate_number: str) -> bool:
        """Tell whether a certificate here already carries this number."""
        known = select(func.count()).select_from(self._kind)
        return bool(self._session.scalar(known.where(self._kind.certificate_number == certificate_number)))


class InsuranceShelf(CertificateShelf[InsuranceCertificate]):
    """自賠責証明書, with the names of their insurers."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, InsuranceCertificate)

    def insurers(self) -> tuple[str, ...]:
        """Return every 保険会社 that stands on a certificate here, the one used last first."""
        name, last = InsuranceCertificate.insurer, func.max(InsuranceCertificate.control_number)
        query = select(name).where(name != "").group_by(name).order_by(last.desc())
        return tuple(self._session.scalars(query))

    def awaiting_registry(self, since: dt.datetime, asked_before: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those issued since then that the 登録機関 is to get, has not, and not asked lately."""
        mine = InsuranceCertificate
        query = select(mine.control_number).where(
            mine.sending == Sending.FILED,
            mine.first_sent_at >= since,
            mine.report_to_registry.is_(True),
            mine.registry_reported_at.is_(None),
            func.coalesce(mine.status, "") != CANCELLED,
            func.coalesce(mine.checked_at, mine.first_sent_at) <= asked_before,
        )
        return tuple(self._session.scalars(query.order_by(mine.control_number)))

    def written_ahead(self, now: dt.datetime) -> tuple[int, ...]:
        """Return the 管理番号 of those issued ones that carry a moment of this machine's which is still to come."""
        mine = InsuranceCertificate
        query = select(mine.control_number).where(
            mine.sending == Sending.FILED, or_(mine.first_sent_at > now, mine.checked_at > now)
        )
        return tuple(self._session.scalars(query.order_by(mine.control_number)))

    def issued_here(self, certificate_number: str) -> bool:
        """Tell whether e-JIBAI gave this number to a certificate that was issued from here."""
        mine = InsuranceCertificate.request_key.is_not(None)
        known = select(func.count()).where(mine, InsuranceCertificate.certificate_number == certificate_number)
        return bool(self._session.scalar(known))
