"""一括申請 on the glass: what would be sent and where, the rows with their findings, then their results."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.function_keys import BATCH, BATCH_BUTTONS
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.fields import ReadOnlyValue
from onestop.ui.layout import said
from onestop.ui.panel import PanelTitle
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.rows.progress_row import ProgressRow


class BatchWindow(DeskWindow[BatchScreen]):
    """Space ticks, F5 sends what is ticked, Esc stops; Enter opens a row."""

    def __init__(self, screen: BatchScreen) -> None:
        super().__init__()
        self.ticked = ReadOnlyValue("ticked", "送信する件数")
        self.blocked = ReadOnlyValue("blocked", "送信できない件数")
        self.money = ReadOnlyValue("money", "手数料・税の見込 合計")
        self.target = ReadOnlyValue("target", "依頼先")
        self.order = PanelTitle()
        names = ("tick_all", "open_row", "checklist")
        self.tick_all, self.open_row, self.checklist = map(self.action_button, names, BATCH_BUTTONS)
        self.progress = ProgressRow()
        self.rows = FittedRowsView("batch_rows", "一括申請する申請の一覧", screen.rows)
        self.reason = ReadOnlyValue("reason", "選んだ行について確認したこと・理由")
        self._lay_out()
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.press_row(self.open_row.row))
        self.progress.stop_wanted.connect(screen.stop)
        self.bind(screen, BATCH, "一括申請")
        self.rows.setFocus()

    def fill(self, screen: BatchScreen) -> None:
        """Show the counts, the money, the target, and how far the sending is."""
        self.ticked.show_value(screen.ticked_text)
        self.blocked.show_value(screen.blocked_text)
        self.money.show_value(screen.money_text)
        self.target.show_value(screen.target_text)
        self.order.setText(screen.order_text)
        self.rows.show_empty(screen.empty_text)
        self.reason.show_value(screen.reason_text)
        self.progress.show_progress(*screen.live.progress or (0, 0))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, value in enumerate((self.ticked, self.blocked, self.money, self.target)):
            grid.addWidget(value, 0, place)
            grid.setColumnStretch(place, (2, 2, 3, 4)[place])
        order = said(self.order, self.tick_all, self.open_row, self.checklist)
        self.body.hold(grid, order, self.progress, (self.rows, 1), self.reason, spacing=6)
