"""料金表: a dated table with its sources, what an administrator adds to it, and what holds on another day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix, export_name
from onestop.errors import InvalidInput
from onestop.model.rate_tables import RateTable
from onestop.model.typed_days import parse_date
from onestop.model.wareki import format_western
from onestop.screens.choosing import ask_for_file
from onestop.screens.editor import Editor
from onestop.screens.exporting import PATTERNS, Exporter
from onestop.screens.file_trouble import FileTrouble
from onestop.screens.function_key import Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.ports import Choice
from onestop.screens.rates.words import COLUMNS, line_texts, tone_of, whole_line
from onestop.screens.rows import RowLook
from onestop.screens.screen import Screen
from onestop.services.rates.form import RateForm, typed_figures, typed_rate

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.errors import OneStopError
    from onestop.model.rate_checks import TypedRate
    from onestop.screens.ports import Ticket
    from onestop.screens.screen import Surroundings
    from onestop.services.rates.service import RateLine, RateView

TABLES: Final = tuple((table.value, table.label) for table in RateTable)
LOADING: Final = "料金表を読み込んでいます。"
NOTHING_HOLDS: Final = (
    "この日に有効な行がありません。日を変えるか、空欄にしてください(空欄なら今日から先の行が並びます)。"
)
NO_ROW: Final = "行が選ばれていません。↑ ↓ で選んでください。"
NOT_ADDED: Final = "出荷時の行のため、削除できません。直すときは F4 新規 で、これからの日の行を追加します。"
HOW_TO_ADD: Final = {
    RateTable.HOLIDAYS: "休み(または開庁)にする1日を「いつから」に入力します。その日だけに効きます。",
    RateTable.INSURERS: "新しい会社は「区分」を書き換えます。名称の変更や「使わない」は、区分をそのままにします。",
    RateTable.STATUSES: "新しい語は「区分」を 申請: 受付確認中 のように書き換え、「内容」に同じ扱いの語を入力します。",
}
BEGIN_FIRST: Final = "追加する行がありません。一覧で区分を選び、F4 新規 を押してください。"
BEGUN: Final = "いつからか、内容、出典を入力して F10 保存 を押してください。"
NOTHING_NEW: Final = "ファイルに新しい行はありませんでした。"
RESTORED: Final = "追加した行をすべて削除し、出荷時の表に戻しました。"
DROPS_TYPED: Final = "入力中の追加する行が、まだ保存されていません。進むと、その入力は元に戻せません。"


class RatesScreen(Screen):
    """What is added holds from a future day alone; nothing is stored before F10, or a question."""

    help_page = "rates"
    editor: Editor[RateForm]

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.editor = Editor(self, RateForm())
        self.table = RateTable.FEES
        self.day = self.other_day = ""
        self.rows: ListedRows[RateLine] = ListedRows(COLUMNS, RowLook(self._texts, lambda line: tone_of(line.told)))
        self.chosen: RateLine | None = None
        self.added_to: RateLine | None = None
        """The row that a new one follows, while it is being typed."""
        self.exporter = Exporter(self)
        self.trouble = FileTrouble()
        self._shown: RateView | None = None
        self._reading: Ticket | None = None

    # --- what is looked at

    def started(self) -> None:
        """Show the first table."""
        self._load()

    def edit(self, name: str, value: object) -> None:
        """Take what was typed: which table, on which days, or of a new row."""
        if name == "table":
            table = RateTable(str(value))
            self.editor.instead_of_typed("表を変える", DROPS_TYPED, lambda: self._turn_to(table))
        elif name in ("day", "other_day"):
            setattr(self, name, str(value))
            self._load()
        else:
            self.editor.edit(name, value)

    def _turn_to(self, table: RateTable) -> None:
        self.table = table
        self._drop_typed()
        self._load()

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read it again when anything but a car or a filing was changed."""
        if vehicle_id is None and control_number is None:
            self._load()

    def _load(self) -> None:
        """Read the rows; while a day is half typed, those before stay."""
        try:
            day, other = self._read(self.day), self._read(self.other_day)
        except InvalidInput:
            self.view.refresh()
            return
        if self._reading is not None:
            self._reading.drop()
        table = self.table
        self._reading = self.background.run(lambda: self.desk().rates.view(table, day, other), self._show, self.failed)
        self.view.refresh()

    def _read(self, typed: str) -> dt.date | None:
        return parse_date(typed, self.clock.today()) if typed.strip() else None

    def _show(self, view: RateView) -> None:
        self._shown = view
        kept = self.chosen
        self.rows.show(view.lines)
        same = (line for line in view.lines if kept and (line.key, line.first_day) == (kept.key, kept.first_day))
        self.chosen = next(same, view.lines[0] if view.lines else None)
        self.view.refresh()

    def choose(self, position: int) -> None:
        """Another row is current."""
        if 0 <= position < self.rows.count:
            self.trouble.forget()
            self.chosen = self.rows.records[position]
            self.view.refresh()

    @property
    def position(self) -> int | None:
        """Where the chosen row stands; None while there is none."""
        return next((place for place, line in enumerate(self.rows.records) if line is self.chosen), None)

    # --- what stands on the glass

    @property
    def headings_text(self) -> str:
        """What the rows of this table say, in their order."""
        if self._shown is None:
            return ""
        figures = "(年)" if self.table is RateTable.VALIDITY else "(円)"
        unit = "" if self.table.has_words else figures
        return f"内容の順: {' / '.join(self._shown.headings)}{unit}"

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        return LOADING if self._shown is None else NOTHING_HOLDS

    @property
    def full_text(self) -> str:
        """What is wrong with a file; else the chosen row with its source, with nothing cut."""
        if self.trouble.lines:
            return self.trouble.told
        if self.chosen is None or self._shown is None:
            return ""
        return whole_line(self.chosen, self._shown.headings)

    def long_texts(self) -> tuple[str, ...]:
        """Return also what is wrong with each row of a file."""
        return (*super().long_texts(), *self.trouble.whole)

    @property
    def adding_text(self) -> str:
        """Which row a new one follows, or how one of this table is typed."""
        if self.added_to is None:
            return BEGIN_FIRST
        return HOW_TO_ADD.get(self.table) or f"区分: {self.added_to.label}"

    @property
    def has_new_keys(self) -> bool:
        """Whether the table takes rows about something that has no row yet."""
        return self.table in (RateTable.INSURERS, RateTable.STATUSES)

    @property
    def takes_new_keys(self) -> bool:
        """Whether the row that is typed may be such a one."""
        return self.added_to is not None and self.has_new_keys

    def _texts(self, line: RateLine) -> tuple[str, ...]:
        return line_texts(line, compared=self._shown is not None and self._shown.compared)

    # --- F4 新規, F10 保存

    def can_begin(self) -> Can:
        """Whether a row is chosen that a new one could follow."""
        return self.can_work() if self.chosen is not None else no(NO_ROW)

    def begin(self) -> None:
        """F4 新規: a row like the chosen one, from another day on."""
        line = self.chosen
        if line is not None:
            self.editor.instead_of_typed("新規", DROPS_TYPED, lambda: self._begin(line))

    def _begin(self, line: RateLine) -> None:
        self.added_to = line
        self.editor.take(
            RateForm(key="" if self.table is RateTable.HOLIDAYS else line.key, amounts=typed_figures(line.figures))
        )
        self.say(BEGUN, field="key" if self.takes_new_keys else "first_day")

    def can_save(self) -> Can:
        """Whether a new row is begun."""
        return self.can_work() if self.added_to is not None else no(BEGIN_FIRST)

    def save(self) -> None:
        """F10 保存: add the row that was typed."""
        follows, view, form = self.added_to, self._shown, self.editor.form
        if follows is None or view is None:
            return

        def job() -> int:
            return self.desk().rates.add(view.table, [typed_rate(form, view.headings)])

        self.work("保存中", job, lambda _count: self._saved(follows, form))

    def _saved(self, follows: RateLine, form: RateForm) -> None:
        day = self._read(form.first_day)
        self._drop_typed()
        label = form.key if self.has_new_keys else follows.label
        self._changed(f"追加しました({label}、{format_western(day)}から)。この日から先に使います。")

    def _drop_typed(self) -> None:
        self.added_to = None
        self.editor.take(RateForm())

    def _changed(self, told: str) -> None:
        self._load()
        self.navigator.changed()
        if self.table in {RateTable.HOURS, RateTable.HOLIDAYS}:
            self.navigator.hours_changed()
        self.say(told, field="rates")

    # --- F2 削除, 出荷時に戻す

    def can_delete(self) -> Can:
        """Whether the chosen row was added here."""
        can = self.can_begin()
        if not can or self.chosen is None:
            return can
        return can if self.chosen.told.added else no(NOT_ADDED)

    def delete(self) -> None:
        """F2 削除: take an added row away, after a question."""
        line, view = self.chosen, self._shown
        if line is not None and view is not None:
            text = f"{line.label}の、{format_western(line.first_day)}から追加した行を削除します。"
            self.ask("削除", text, Choice("削除する", lambda: self._restore(view.table, line)))

    def can_restore(self) -> Can:
        """Whether a table that can be added to stands here."""
        return self.can_work() if self._shown is not None else no(LOADING)

    def restore(self) -> None:
        """出荷時に戻す: take all added rows of this table away, after a question."""
        view = self._shown
        if view is not None:
            text = f"{view.table.label}の表に追加した行をすべて削除し、出荷時の表に戻します。元に戻せません。"
            self.ask("出荷時に戻す", text, Choice("戻す", lambda: self._restore(view.table, None)))

    def _restore(self, table: RateTable, line: RateLine | None) -> None:
        def job() -> str:
            rates = self.desk().rates
            if line is None:
                rates.restore(table)
                return RESTORED
            rates.take_away(table, line)
            return f"{line.label}の、{format_western(line.first_day)}から追加した行を削除しました。"

        self.work("削除中", job, self._changed)

    # --- CSV

    def csv(self) -> None:
        """CSV: the whole table with its past, to be worked on and taken in again."""
        view = self._shown
        if view is not None:
            name = export_name(DocumentKind.RATES, Suffix.CSV, view.table, self.clock.today())
            self.exporter.save(
                "料金表の保存", name, Suffix.CSV, lambda path: self.desk().rates.save_csv(view.table, path)
            )

    def take_in(self) -> None:
        """F11 取込: rows that a CSV file has and the table lacks."""
        view = self._shown
        if view is not None:
            ask_for_file(self, "料金表の取込", PATTERNS[Suffix.CSV], partial(self._read_file, view.table))

    def _read_file(self, table: RateTable, path: Path) -> None:
        def job() -> tuple[TypedRate, ...]:
            desk = self.desk()
            rows = desk.rates.read_csv(table, path)
            desk.settings.remember_import_folder(path)
            return rows

        self.trouble.forget()
        self.work("ファイルを読み込み中", job, partial(self._ask_to_add, table))

    def _ask_to_add(self, table: RateTable, rows: tuple[TypedRate, ...]) -> None:
        if not rows:
            self.say(NOTHING_NEW)
            return
        text = f"{table.label}の表に{len(rows)}行を追加します。追加した行は、その日から先に使います。"
        self.ask("料金表の取込", text, Choice("追加する", lambda: self._add(table, rows)))

    def _add(self, table: RateTable, rows: tuple[TypedRate, ...]) -> None:
        self.work(
            "保存中",
            lambda: self.desk().rates.add(table, rows),
            lambda count: self._changed(f"{count}行を追加しました。"),
        )

    def failed(self, error: OneStopError) -> None:
        """Keep what is wrong with a file, and say that nothing of it was taken."""
        super().failed(error)
        self.message = self.trouble.told_of(error) or self.message
        self.view.refresh()

    # --- F12

    def close(self) -> None:
        """F12 閉じる; asks when a row was typed and not saved."""
        self.editor.leave_or_save("追加する行", self.save)
