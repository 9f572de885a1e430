"""The shelf of 確認票: the answers about each inspection, and the 承諾書 that hold for all cars of a 使用者."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from onestop.model.checklist import Checklist, ChecklistAnswer, FleetConsent, needs_obd
from onestop.store.records import Records
from onestop.store.shelves.shelf import Shelf
from onestop.store.words import among_wanted, listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from onestop.model.inspection import Inspection
    from onestop.model.vehicle import Vehicle

_CONSENTS: Final = Records(FleetConsent, lambda rows: rows.where(FleetConsent.revoked_at.is_(None)))
_ANSWERS: Final = Records(
    ChecklistAnswer, lambda rows: rows.where(among_wanted(ChecklistAnswer.inspection_id)).order_by(ChecklistAnswer.id)
)


class ChecklistShelf(Shelf):
    """All answers stay: the last one about an item counts."""

    def add(self, *records: ChecklistAnswer | FleetConsent) -> None:
        """Keep answers, and a 承諾書 for all cars of a 使用者."""
        self._session.add_all(records)
        self._session.flush()

    def of_car(self, car: Vehicle, inspection: Inspection | None, today: dt.date) -> Checklist:
        """Return how 確認票 of an inspection stands; None: none is open, and nothing was answered."""
        return self.of_cars([(car, inspection.id if inspection else None)], today)[0]

    def of_cars(self, wanted: Sequence[tuple[Vehicle, int | None]], today: dt.date) -> tuple[Checklist, ...]:
        """Return how 確認票 of inspections stands by their cars and ids, with two questions for all of them."""
        answers = self._answers({inspection_id for _, inspection_id in wanted if inspection_id is not None})
        consents = _CONSENTS.all(self._session)
        return tuple(
            Checklist(
                answers={each.item: each for each in answers.get(inspection_id or 0, ())},
                fleet=next((each for each in consents if each.holds_for(car, today)), None),
                needs_obd=needs_obd(car),
            )
            for car, inspection_id in wanted
        )

    def history(self, inspection_id: int) -> tuple[ChecklistAnswer, ...]:
        """Return every answer that was ever given about an inspection, the newest first."""
        return tuple(reversed(self._answers([inspection_id]).get(inspection_id, [])))

    def revoked(self, car: Vehicle, since: dt.datetime) -> tuple[FleetConsent, ...]:
        """Return which 承諾書 for all cars of a car's 使用者 were taken back since a moment, the newest first."""
        query = (
            select(FleetConsent)
            .where(
                FleetConsent.user_name == car.effective_user_name,
                FleetConsent.user_address == car.effective_user_address,
                FleetConsent.revoked_at >= since,
            )
            .order_by(FleetConsent.revoked_at.desc(), FleetConsent.id.desc())
        )
        return tuple(self._session.scalars(query))

    def last_answerer(self) -> str:
        """Return who answered last at this desk; "" while nobody has."""
        query = select(ChecklistAnswer.answered_by).order_by(ChecklistAnswer.id.desc()).limit(1)
        return self._session.scalars(query).first() or ""

    def _answers(self, inspection_ids: Iterable[int]) -> dict[int, list[ChecklistAnswer]]:
        """Return the answers about inspections by the id of the inspection, the oldest first."""
        of: dict[int, list[ChecklistAnswer]] = {}
        for each in _ANSWERS.all(self._session, listed(inspection_ids)):
            of.setdefault(each.inspection_id, []).append(each)
        return of
