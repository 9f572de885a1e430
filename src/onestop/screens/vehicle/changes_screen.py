"""変更の履歴 of a car: every field of it and its records, who changed it where and when, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix, export_name
from onestop.screens.display import car_words
from onestop.screens.exporting import Exporter
from onestop.screens.function_key import Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.rows import Column, RowLook
from onestop.screens.screen import Screen
from onestop.screens.vehicle.change_words import row_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.model.vehicle import Vehicle
    from onestop.screens.screen import Surroundings
    from onestop.screens.vehicle.change_words import ChangeRow

COLUMNS: Final = (
    Column("at", "いつ", 16),
    Column("operator", "操作者", 10),
    Column("terminal", "端末", 10),
    Column("record", "書類", 12),
    Column("field", "項目", 16),
    Column("old", "変更前", 20),
    Column("new", "変更後", 20),
)
CAR_COLUMNS: Final = ("登録番号", "車台番号")
"""Stand before the others in a file: a row of it says by itself whose change it is."""
OF_NO_CAR: Final = "車両によらない変更(設定・操作者・料金表・納付消込)"
ALL: Final = ("", "すべて")
LOADING: Final = "履歴を読み込んでいます。"
NOTHING_FITS: Final = "この車両には、条件に合う変更がありません。項目か操作者を「すべて」にしてください。"
NO_ROWS: Final = "書き出す変更がありません。項目か操作者を「すべて」にしてください。"
CLEARED: Final = "すべての項目と操作者を表示しています。"
FULL_ROW: Final = (
    "{row.record} {row.field}  {row.at} {row.operator} {row.terminal}\n変更前: {row.old}\n変更後: {row.new}"
)


class ChangesScreen(Screen):
    """Nothing is changed here, and nothing here can be."""

    help_page = "changes"

    def __init__(self, surroundings: Surroundings, vehicle_id: int | None) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self.rows: ListedRows[ChangeRow] = ListedRows(COLUMNS, RowLook(_texts))
        self.field = self.operator = ""
        """What the list is restricted to; everything where it is empty."""
        self.position: int | None = None
        """Where the chosen row stands; None while there is none."""
        self.exporter = Exporter(self)
        self._car: Vehicle | None = None
        self._all: tuple[ChangeRow, ...] | None = None

    # --- what is looked at

    def started(self) -> None:
        """Read the history."""
        self.read_again(self._read, self._take)

    def search(self) -> None:
        """F7 検索: read it again."""
        self.read_again(self._read, self._take)
        self.view.focus_field("changes")

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - a filing's car is named as well
        """Read it again when something of the car was changed elsewhere."""
        if vehicle_id in (None, self.vehicle_id):
            self.read_again(self._read, self._take)

    def _read(self) -> tuple[Vehicle | None, tuple[ChangeRow, ...]]:
        """Read it, and put it into words, for which tables of rates are read."""
        desk, vehicle_id = self.desk(), self.vehicle_id
        car = None if vehicle_id is None else desk.vehicles.car(vehicle_id)
        changes = desk.changes.of_car(vehicle_id)
        meant = desk.changes.meant_by(changes)
        return car, tuple(row_of(each, meant) for each in changes)

    def _take(self, read: tuple[Vehicle | None, tuple[ChangeRow, ...]]) -> None:
        self._car, self._all = read
        self._show()

    def _show(self) -> None:
        self.rows.show([row for row in self._all or () if self._fits(row)])
        self.choose(0)

    def _fits(self, row: ChangeRow) -> bool:
        return self.field in ("", row.field) and self.operator in ("", row.operator)

    def edit(self, name: str, value: object) -> None:
        """Restrict the list to a field or an operator: it is shown at once."""
        setattr(self, name, str(value))
        self._show()

    def clear(self) -> None:
        """クリア: everything."""
        self.field = self.operator = ""
        self._show()
        self.say(CLEARED, field="field")

    def choose(self, position: int) -> None:
        """Another row is current."""
        self.position = position if 0 <= position < self.rows.count else None
        self.view.refresh()

    # --- what stands on the glass

    @property
    def car(self) -> str:
        """Whose history it is."""
        if self.vehicle_id is None:
            return OF_NO_CAR
        return "" if self._car is None else car_words(self._car)

    @property
    def field_options(self) -> tuple[tuple[str, str], ...]:
        """The fields that were changed."""
        return _options(row.field for row in self._all or ())

    @property
    def operator_options(self) -> tuple[tuple[str, str], ...]:
        """Who changed anything."""
        return _options(row.operator for row in self._all or ())

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        return LOADING if self._all is None else NOTHING_FITS

    @property
    def full_text(self) -> str:
        """The chosen row with nothing cut."""
        return "" if self.position is None else FULL_ROW.format(row=self.rows.record(self.position))

    # --- F11 Excel, CSV

    def can_export(self) -> Can:
        """Whether there is anything to write."""
        return self.can_work() if self.rows.count else no(NO_ROWS)

    def excel(self) -> None:
        """F11 Excel."""
        self._save(Suffix.EXCEL)

    def csv(self) -> None:
        """Alt+B CSV."""
        self._save(Suffix.CSV)

    def _save(self, suffix: Suffix) -> None:
        name = export_name(DocumentKind.CHANGES, suffix, self.clock.today())
        car = self._car
        named = () if car is None else (car.registration_number.display(), car.chassis_number)
        columns = (*CAR_COLUMNS[: len(named)], *(each.title for each in COLUMNS))
        lines = [(*named, *row.texts) for row in self.rows.records]
        self.exporter.save(
            "変更の履歴の保存", name, suffix, lambda path: self.desk().changes.save(path, suffix, columns, lines)
        )


def _texts(row: ChangeRow) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in row.texts)


def _options(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return (ALL, *((word, word) for word in sorted({*words})))
