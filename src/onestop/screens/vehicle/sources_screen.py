"""値の出所: each value of a car, with what it was read from and when."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.model.provenance import SourceKind
from onestop.screens.display import NOTHING, moment
from onestop.screens.function_key import Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.rows import Column, RowLook
from onestop.screens.screen import Screen
from onestop.screens.vehicle.labels import LABELS, names_in_form, shown

if TYPE_CHECKING:
    from onestop.screens.screen import Surroundings
    from onestop.services.vehicle.sources import CarSources, FieldSource

COLUMNS: Final = (
    Column("label", "項目", 22),
    Column("value", "値", 30),
    Column("source", "どこから", 30),
    Column("read_at", "いつ", 26),
)
UNKNOWN: Final = "記録なし"
"""Of values that were stored before sources were noted."""
NO_DOCUMENT: Final = "この値には、元のファイルがありません。車検証のファイルから取り込んだ値を選んでください。"
FULL_ROW: Final = "{row.label}: {row.value}\nどこから: {row.source}  {row.read_at}"
SUFFIXES: Final = {SourceKind.JSON: ".json", SourceKind.CSV: ".csv", SourceKind.XML: ".xml"}
KEPT: Final = "元のファイルを保存しました: {name}"


@dataclasses.dataclass(frozen=True, slots=True)
class SourceRow:
    """One line of the table."""

    label: str
    value: str = dataclasses.field(repr=False)
    source: str = dataclasses.field(repr=False)
    read_at: str
    told: FieldSource | None


class SourcesScreen(Screen):
    """One car's values, in the order of 車両. Nothing is changed here."""

    help_page = "vehicle"

    def __init__(self, surroundings: Surroundings, vehicle_id: int) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self.rows: ListedRows[SourceRow] = ListedRows(COLUMNS, RowLook(_texts))
        self.chosen: int | None = None

    def started(self) -> None:
        """Read the car."""
        self.work("読み込み中", lambda: self.desk().sources.of_car(self.vehicle_id), self._show)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - a filing does not change its car
        """Read it again if it was changed elsewhere."""
        if vehicle_id in (None, self.vehicle_id):
            self.read_again(lambda: self.desk().sources.of_car(self.vehicle_id), self._show)

    def _show(self, car: CarSources) -> None:
        self.rows.show(_rows_of(car))
        self.choose(self.chosen or 0)

    def choose(self, position: int) -> None:
        """Another row is current."""
        self.chosen = position if 0 <= position < self.rows.count else None
        self.view.refresh()

    @property
    def _row(self) -> SourceRow | None:
        return None if self.chosen is None else self.rows.record(self.chosen)

    @property
    def _told(self) -> FieldSource | None:
        return None if self._row is None else self._row.told

    @property
    def full_text(self) -> str:
        """The chosen row with nothing cut."""
        return "" if self._row is None else FULL_ROW.format(row=self._row)

    # --- keys

    def can_keep_document(self) -> Can:
        """Whether the chosen value was read from a document that is kept."""
        told = self._told
        return self.can_work() if told is not None and told.is_document else no(NO_DOCUMENT)

    def keep_document(self) -> None:
        """元のファイルを保存: write what was read, as it came."""
        told = self._told
        assert told is not None  # noqa: S101 - can_keep_document said so
        proposed = Path(f"車検証_{told.source_id}{SUFFIXES.get(told.kind, '.txt')}")
        self.view.ask_save_file("元のファイルの保存", proposed, "", lambda path: self._keep(told, path))

    def _keep(self, told: FieldSource, path: Path) -> None:
        def job() -> Path:
            self.desk().sources.keep(told.source_id, path)
            return path

        self.work("保存中", job, lambda kept: self.say(KEPT.format(name=kept.name)))


def _rows_of(car: CarSources) -> list[SourceRow]:
    told = {each.field: each for each in car.fields}
    rows: list[SourceRow] = []
    for name, label in LABELS.items():
        value = shown(car.form, name)
        source = told.get(names_in_form(name)[-1])
        if source is not None:
            words = f"{source.kind} {source.name}".strip()
            rows.append(SourceRow(label, value, words, moment(source.read_at), source))
        elif value != NOTHING:
            rows.append(SourceRow(label, value, UNKNOWN, NOTHING, None))
    return rows


def _texts(row: SourceRow) -> tuple[str, ...]:
    return row.label, " ".join(row.value.split()), row.source, row.read_at
