"""連動発行 on the glass: the three panels of the work with what will be sent, and in each what there is to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from onestop.screens.function_keys import RELAY, RELAY_BUTTONS, RELAY_CONFORMITY, RELAY_FILING, RELAY_INSURANCE
from onestop.services.inspection.relay_plan import Step
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.fields import ReadOnlyValue
from onestop.ui.labels import wrapping
from onestop.ui.layout import ScrolledPage, column, row, said
from onestop.ui.panel import Panel, PanelGroup, PanelTitle
from onestop.ui.rows.progress_row import ProgressRow

if TYPE_CHECKING:
    from onestop.screens.function_key import FunctionKey
    from onestop.screens.inspection.relay_screen import RelayScreen

    Keys = tuple[FunctionKey[RelayScreen], ...]

PANELS = (
    (Step.INSURANCE, "insurance", RELAY_INSURANCE, "J"),
    (Step.CONFORMITY, "conformity", RELAY_CONFORMITY, "H"),
    (Step.FILING, "filing", RELAY_FILING, "A"),
)
"""Each step with its panel's English name, its numbered button and its letter, as in ワンストップサービス."""
WHEN_KNOWN = frozenset({"insurance_number", "conformity_number", "filing_id", "premium", "technical_fee"})


class RelayWindow(DeskWindow["RelayScreen"]):
    """F5 sends what stands here; a digit opens the window of the panel with the focus."""

    def __init__(self, screen: RelayScreen) -> None:
        super().__init__()
        self.order = PanelTitle()
        self.checklist = self.action_button("checklist", RELAY_BUTTONS[0])
        self.money = ReadOnlyValue("money", "保険料・手数料・税の合計")
        self.target = ReadOnlyValue("target", "依頼先")
        self.progress = ProgressRow()
        self.steps = {step: self._panel(screen, step, name, keys, letter) for step, name, keys, letter in PANELS}
        self.insurance, self.conformity, self.filing = self.steps.values()
        self.findings = {step: wrapping(f"{panel.objectName()}_findings") for step, panel in self.steps.items()}
        self.panels = PanelGroup(self, [*self.steps.values()])
        self._lay_out()
        self.progress.stop_wanted.connect(screen.stop)
        self.bind(screen, RELAY, "連動発行")
        self.insurance.setFocus()

    def fill(self, screen: RelayScreen) -> None:
        """Show what will be sent, and how far it is."""
        self.order.setText(screen.order_text)
        self.money.show_value(screen.money_text)
        self.target.show_value(screen.target.text)
        self.progress.show_progress(*screen.live.progress or (0, 0))
        for step, _, keys, _ in PANELS:
            panel = self.steps[step]
            panel.show_facts(screen.facts(step))
            panel.show_badge(screen.badge(step))
            panel.show_verdicts(keys, screen)
            self.findings[step].setText(screen.findings_text(step))

    def _panel(self, screen: RelayScreen, step: Step, name: str, keys: Keys, letter: str) -> Panel:
        values = [(fact.name, fact.label) for fact in screen.facts(step)]
        panel = Panel(name, step.value, values=values, keys=keys, mnemonic=letter, when_known=WHEN_KNOWN)
        panel.pressed.connect(lambda _digit: self.press_row(keys[0]))
        return panel

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.money, 1)
        top.addWidget(self.target, 1)
        for step, panel in self.steps.items():
            panel.add_words(self.findings[step])
        work = row(*((panel, 1) for panel in self.steps.values()))
        self.body.hold(ScrolledPage(column(said(self.order, self.checklist), self.progress, top, (work, 1))))
