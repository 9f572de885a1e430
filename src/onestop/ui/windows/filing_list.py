"""申請書一覧 on the glass: the conditions, the list, and how far the refresh of states is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from onestop.model.text import to_half_width
from onestop.screens.filing.conditions import CONDITIONS
from onestop.screens.filing.list_rows import SORTS
from onestop.screens.filing.list_screen import NOTES, FilingListScreen
from onestop.screens.function_keys import FILING_LIST, FILING_LIST_BUTTONS
from onestop.ui import titles
from onestop.ui.fields.chassis_field import ChassisField
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import CheckField, CodeField
from onestop.ui.fields.radio_field import RadioField
from onestop.ui.labels import Caption, Data
from onestop.ui.layout import line, row
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.rows.progress_row import ProgressRow
from onestop.ui.windows.search import SearchWindow, pair

DIGITS = 11


class FilingListWindow(SearchWindow[FilingListScreen]):
    """F7 searches, Enter opens a filing, Space ticks it for 一括申請."""

    def __init__(self, screen: FilingListScreen) -> None:
        super().__init__()
        self.condition = RadioField("condition", "検索条件", CONDITIONS, mnemonic="J")
        self.number_from = CodeField("number_from", "管理番号 から", width=DIGITS, fold=to_half_width, mnemonic="N")
        self.number_to = CodeField("number_to", "管理番号 まで", width=DIGITS, fold=to_half_width)
        self.chassis_tail = ChassisField("chassis_tail", "車台番号(後方一致)", width=14, mnemonic="S")
        self.requested_from = DateField(
            "requested_from", "依頼日時 から", partial(screen.conditions.read_date, "requested_from"), mnemonic="D"
        )
        self.requested_to = DateField(
            "requested_to", "依頼日時 まで", partial(screen.conditions.read_date, "requested_to")
        )
        self.ways = [*map(self.action_button, ("clear", "payments", "reprint"), FILING_LIST_BUTTONS)]
        self.count = Data()
        self.progress = ProgressRow()
        columns = [(column.key, column.title) for column in screen.rows.columns[: len(SORTS)]]
        self.sort = ChoiceField("sort", "並べ替え", columns, mnemonic="O")
        self.descending = CheckField("descending", "降順", mnemonic="G")
        self.rows = FittedRowsView("filings", "申請の一覧", screen.rows)
        self.notes = Caption("\n".join(NOTES))
        self.notes.setWordWrap(True)
        self._lay_out()
        self._connect(screen)
        self.bind_search(screen, FILING_LIST, titles.FILING_LIST)

    def fill(self, screen: FilingListScreen) -> None:
        """Show the conditions, the count, the words for no rows, and the progress."""
        super().fill(screen)
        self.count.setText(screen.count_text)
        self.rows.show_sorting()
        self.rows.follow(screen.position)
        self.sort.show_value(screen.sort_key)
        self.descending.show_value(screen.descending)
        self.progress.show_progress(*screen.live.progress or (0, 0))

    def _connect(self, screen: FilingListScreen) -> None:
        self.progress.stop_wanted.connect(screen.live.stop)
        self.sort.edited.connect(lambda _name, value: screen.choose_sort(value))
        self.descending.edited.connect(lambda _name, value: screen.choose_order(descending=value))
        self.rows.sort_requested.connect(screen.sort_by)
        for widget in (self.sort.input, self.descending.input):
            widget.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # reached by Alt; Enter goes on from a condition to F7

    def _lay_out(self) -> None:
        self.lay_out(
            line(self.condition, pair(self.number_from, self.number_to), None),
            line(
                line(self.chassis_tail, pair(self.requested_from, self.requested_to)),
                None,
                line(self.sort, self.descending),
            ),
            line(row(self.count, (self.progress, 1)), None, line(*self.ways)),
            below=(self.notes,),
        )
