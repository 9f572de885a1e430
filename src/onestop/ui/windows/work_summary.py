"""点検・整備・検査の概要 on the glass: one text, and whose it is."""

from __future__ import annotations

from onestop.screens.function_keys import WORK_SUMMARY
from onestop.screens.inspection.work_summary_screen import ABOUT, WorkSummaryScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.memo_field import MemoField
from onestop.ui.labels import wrapping

TITLE = "点検・整備・検査の概要"


class WorkSummaryWindow(DeskWindow[WorkSummaryScreen]):
    """F10 keeps it."""

    def __init__(self, screen: WorkSummaryScreen) -> None:
        super().__init__()
        self.car = wrapping()
        self.summary = MemoField("work_summary", TITLE, lines=4, mnemonic="G")
        self.body.hold(self.car, self.summary, wrapping(text=ABOUT), None, spacing=16)
        self.bind(screen, WORK_SUMMARY, TITLE, main_key="F10", edit=screen.editor.edit)

    def fill(self, screen: WorkSummaryScreen) -> None:
        """Show the car and the text."""
        self.car.setText(screen.car)
        self.summary.show_value(screen.editor.form.work_summary)
