"""照合: the papers of 今回の車検 side by side, for the glass and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.documents.papers import ComparisonPaper, ComparisonRow, DifferenceRow
from onestop.model.certificate_words import DELETED
from onestop.model.findings import Severity
from onestop.services.filing.facts import compared
from onestop.services.inspection.current import read_current
from onestop.services.inspection.next_step import MENDED_BY
from onestop.services.printing import OneFormService

if TYPE_CHECKING:
    from onestop.documents.layout import LaidOut
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.comparison import ComparedRow, Comparison, Difference
    from onestop.services.inspection.current import CurrentInspection

WEIGHTS: Final = {Severity.ERROR: "不可", Severity.WARNING: "注意"}


@dataclass(frozen=True, slots=True)
class ComparedCar:
    """One car with the papers of 今回の車検, held against each other."""

    current: CurrentInspection
    insurance: InsuranceCertificate | None
    conformity: ConformityCertificate | None

    @property
    def comparison(self) -> Comparison:
        """The grid."""
        return compared(self.current.vehicle, self.insurance, self.conformity, self.current.filing)

    @property
    def verdict(self) -> str:
        """The grid in one sentence."""
        differences = self.comparison.differences
        errors = sum(each.severity is Severity.ERROR for each in differences)
        if differences:
            more = (
                f"(うち、このままでは申請できないもの {errors}件)" if errors else "(直すか、このままでよいか確かめます)"
            )
            return f"違うところが{len(differences)}件あります{more}。"
        others = (self.insurance, self.conformity, self.current.filing)
        missing = [word for word, paper in zip(("自賠責", "保適証", "申請"), others, strict=True) if paper is None]
        if not missing:
            return "違うところはありません。"
        return f"{'・'.join(missing)}がまだありません。あるものの中に、違うところはありません。"


def weight_of(difference: Difference) -> str:
    """Return how much a difference weighs, as 一括申請 says it."""
    return WEIGHTS[difference.severity]


class ComparisonService(OneFormService[ComparedCar]):
    """Holds the papers of a car against each other, and prints the grid."""

    def of_car(self, vehicle_id: int) -> ComparedCar:
        """Return the papers of a car's 今回の車検; one that is begun counts, one that was taken back does not.

        Raises:
            NotAllowed: the car is gone.
        """
        with self._database.read() as shelves:
            current = read_current(shelves, shelves.vehicles.get(vehicle_id), self._clock.today())
        begun, conformity = current.insurance, current.conformity
        return ComparedCar(
            current,
            current.policy or (None if begun is None or begun.is_cancelled else begun),
            None if conformity is None or conformity.counts_as == DELETED else conformity,
        )

    def pages(self, car: ComparedCar) -> LaidOut:
        """Return it on its form."""
        vehicle, comparison, workshop = car.current.vehicle, car.comparison, self._settings.workshop()
        paper = ComparisonPaper(
            workshop_name=workshop.name,
            workshop_code=workshop.code,
            printed_at=f"印刷 {self._printed_at()}",
            registration_number=vehicle.registration_number.formal(),
            chassis_number=vehicle.chassis_number,
            user_name=vehicle.effective_user_name,
            verdict=car.verdict,
            rows=tuple(_row(each) for each in comparison.rows),
            differences=tuple(_difference(each) for each in comparison.differences),
        )
        return self._filled(paper)


def _row(compared_row: ComparedRow) -> ComparisonRow:
    return ComparisonRow(compared_row.row.label, *(each.marked for each in compared_row.cells))


def _difference(difference: Difference) -> DifferenceRow:
    press = MENDED_BY[difference.source]
    return DifferenceRow(weight=weight_of(difference), sentence=difference.message, press=press.value)
