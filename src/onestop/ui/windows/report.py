"""交付実績報告書 on the glass: the month, the counts of each 自動車区分, and the voided numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from onestop.screens.function_keys import REPORT, REPORT_BUTTONS, REPORT_YEAR
from onestop.screens.ledger.report_screen import ABOUT_COUNTER, ReportScreen
from onestop.ui.bars import BarsView
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.labels import wrapping
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.rows.progress_row import ProgressRow
from onestop.ui.spare_room import SpareRoom


class ReportWindow(DeskWindow[ReportScreen]):
    """The chosen month is counted at once."""

    def __init__(self, screen: ReportScreen) -> None:
        super().__init__()
        self.month = ChoiceField("month", "対象月", screen.months, mnemonic="M")
        self.summary = wrapping()
        self.folder = self.action_button("folder", REPORT_BUTTONS[0])
        self.year = BarsView("year", REPORT_YEAR[0])
        self.counts = FittedRowsView("counts", "自動車区分ごとの件数", screen.counts)
        self.voided = FittedRowsView("voided", "削除した交付番号", screen.voided)
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(screen.asking.live.stop)
        self._lay_out()
        self.year.listen_in(self, self.press_row)
        self.year.moved.connect(screen.go_to_month)
        self.bind(screen, REPORT, "交付実績報告書", main_key="F8", edit=screen.edit)

    def fill(self, screen: ReportScreen) -> None:
        """Show the month, the line about it, and the words for no rows."""
        self.month.show_value(screen.month.iso())
        self.year.show_bars(screen.year)
        self.summary.setText(screen.summary)
        self.counts.show_empty(screen.summary)
        self.voided.show_empty(screen.empty_text)
        self.progress.show_progress(*screen.asking.live.progress or (0, 0))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(20)
        bottom = Qt.AlignmentFlag.AlignBottom
        self.summary.setContentsMargins(0, 0, 0, 7)
        top.addWidget(self.month, 0, bottom)
        top.addWidget(self.summary, 1, bottom)
        top.addWidget(self.progress, 0, bottom)
        top.addWidget(self.folder, 0, bottom)
        about = wrapping(text=ABOUT_COUNTER)
        self.body.hold(top, (SpareRoom(self.counts, self.year), 3), about, (self.voided, 2), spacing=8)
