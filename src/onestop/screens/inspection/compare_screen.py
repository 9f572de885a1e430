"""照合: the four papers of one inspection side by side, what differs, and the way to the paper that is to be mended."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix, export_name
from onestop.model.comparison import Agreement, Source
from onestop.model.findings import Severity
from onestop.screens.exporting import Exporter
from onestop.screens.function_key import YES, Can, no
from onestop.screens.inspection.panel_badges import conformity_badge, filing_badge, insurance_badge
from onestop.screens.places import ConformityPlace, InsurancePlace, IssuePlace, VehiclePlace
from onestop.screens.ports import Begin, Tone
from onestop.screens.printing import show_preview
from onestop.screens.screen import Screen
from onestop.services.inspection.comparison import weight_of
from onestop.services.inspection.next_step import MENDED_BY

if TYPE_CHECKING:
    from onestop.model.comparison import Cell, Comparison, Difference
    from onestop.screens.screen import Surroundings
    from onestop.services.inspection.comparison import ComparedCar

LOADING: Final = "書類を読み込んでいます。"
NOT_READ: Final = "書類がまだ読み込まれていません。"
SOURCES: Final = tuple(Source)
CAR_HEADING: Final = "車検証(車両)"
TONES: Final = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell on the glass."""

    text: str = dataclasses.field(repr=False)
    """The sign and the word, and what the paper says."""
    tone: Tone | None = None
    """For its colour; the words say the same."""
    dim: bool = False
    """Nothing stands there, or it is held against nothing."""


class CompareScreen(Screen):
    """What 照合 knows. Nothing is changed here."""

    help_page = "compare"

    def __init__(self, surroundings: Surroundings, vehicle_id: int) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self.car: ComparedCar | None = None
        self.place = (0, 0)
        """The chosen cell: its row, and its column among the four papers."""
        self.exporter = Exporter(self)
        self._comparison: Comparison | None = None

    # --- loading

    def started(self) -> None:
        """Read the papers, and go to what differs first."""
        self.work(
            "書類を照合中", lambda: self.desk().comparison.of_car(self.vehicle_id), self._loaded, begin=Begin.BEHIND
        )

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read them again if a paper of this car was changed; the chosen cell stays."""
        if vehicle_id in (None, self.vehicle_id) or control_number is not None:
            self.read_again(lambda: self.desk().comparison.of_car(self.vehicle_id), self._take)

    def _loaded(self, car: ComparedCar) -> None:
        self._take(car)
        self.place = self._places()[0] if self._places() else (0, 0)
        self.view.focus_field("grid")

    def _take(self, car: ComparedCar) -> None:
        self.car, self._comparison = car, car.comparison
        self.view.refresh()

    # --- what stands on the glass

    @property
    def verdict(self) -> str:
        """The grid in one sentence."""
        return LOADING if self.car is None else self.car.verdict

    @property
    def tone(self) -> Tone | None:
        """The tone of the verdict."""
        weights = [each.severity for each in self._differences]
        return TONES.get(Severity.ERROR if Severity.ERROR in weights else weights[0]) if weights else None

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the four columns: the paper, and how it stands."""
        car = self.car
        if car is None:
            return (CAR_HEADING, *(each.value for each in SOURCES[1:]))
        now = self.clock.now()
        current = dataclasses.replace(car.current, insurance=car.insurance, conformity=car.conformity)
        badges = (insurance_badge(current, now), conformity_badge(current, now), filing_badge(current, now))
        return (CAR_HEADING, *(f"{each.value}\n{badge}" for each, badge in zip(SOURCES[1:], badges, strict=True)))

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands before the rows."""
        return tuple(each.row.label for each in self._comparison.rows) if self._comparison else ()

    @property
    def cells(self) -> tuple[tuple[ShownCell, ...], ...]:
        """The rows, each with its four cells."""
        if self._comparison is None:
            return ()
        tones = {(each.name, each.source): TONES[each.severity] for each in self._differences}
        return tuple(
            tuple(_shown(cell, tones.get((row.name, source))) for source, cell in zip(SOURCES, cells, strict=True))
            for row, cells in self._comparison.rows
        )

    @property
    def explanation(self) -> str:
        """What is to be said of the chosen cell: what differs from what, and the key that mends it."""
        if self._comparison is None:
            return ""
        place, column = self.place
        row, cells = self._comparison.rows[place]
        source = SOURCES[column]
        for each in self._differences:
            if (each.name, each.source) == (row.name, source):
                return f"{weight_of(each)}: {each.message}({MENDED_BY[source].value}、ここでは F5)"
        whose = "" if row.label.startswith(source.value) else f"{source.value}の"
        return f"{whose}{row.label}: {cells[column].text or Agreement.ABSENT.value}"

    @property
    def _differences(self) -> tuple[Difference, ...]:
        return self._comparison.differences if self._comparison else ()

    def _places(self) -> list[tuple[int, int]]:
        """Return where something differs, row by row."""
        return [
            (row, column)
            for row, cells in enumerate(self.cells)
            for column, cell in enumerate(cells)
            if cell.tone is not None
        ]

    # --- keys

    def choose(self, row: int, column: int) -> None:
        """Another cell is current."""
        if (row, column) != self.place:
            self.place = (row, column)
            self.view.refresh()

    def can_next(self) -> Can:
        """Whether anything differs."""
        return self.can_open() and (YES if self._differences else no("違うところはありません。"))

    def next(self) -> None:
        """F7 次の違い: after the last comes the first."""
        places = self._places()
        self.place = next((each for each in places if each > self.place), places[0])
        self.view.focus_field("grid")
        self.view.refresh()

    def can_open(self) -> Can:
        """Whether the papers are read."""
        return YES if self.car is not None else self.can_work() and no(NOT_READ)

    def open(self) -> None:
        """F5 修正: open the paper of the chosen column, or begin it."""
        car = self.car
        if car is None:
            return
        match SOURCES[self.place[1]]:
            case Source.CAR:
                self.navigator.show(VehiclePlace(self.vehicle_id))
            case Source.INSURANCE:
                held = car.insurance
                self.navigator.show(InsurancePlace(self.vehicle_id, held.control_number if held else None))
            case Source.CONFORMITY:
                made = car.conformity
                self.navigator.show(ConformityPlace(self.vehicle_id, made.control_number if made else None))
            case _:  # Source.FILING
                filing = car.current.filing
                self.navigator.show(IssuePlace(self.vehicle_id, filing.control_number if filing else None))

    def can_print(self) -> Can:
        """Whether the papers are read, and nothing else is under way."""
        return self.can_open() and self.can_work()

    def print(self) -> None:
        """F9 印刷: a preview, and the printer's choice in it."""
        car = self.car
        if car is not None:
            show_preview(self, lambda: self.desk().comparison.sheets(car))

    def pdf(self) -> None:
        """F8 PDF."""
        car = self.car
        if car is not None:
            name = export_name(DocumentKind.COMPARISON, Suffix.PDF, self.vehicle_id, self.clock.today())
            self.exporter.save("照合の保存", name, Suffix.PDF, lambda path: self.desk().comparison.save_pdf(car, path))


def _shown(cell: Cell, tone: Tone | None) -> ShownCell:
    return ShownCell(cell.marked, tone, dim=cell.agreement in (Agreement.ABSENT, Agreement.FREE))
