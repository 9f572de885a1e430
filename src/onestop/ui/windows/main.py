"""ワンストップサービス: 車両情報 across the top, and the three panels of the work below it, left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from onestop.screens.function_keys import (
    CONFORMITY_PANEL,
    FILING_PANEL,
    INSURANCE_PANEL,
    MAIN,
    MAIN_BUTTONS,
    MAIN_DAYS,
    MAIN_ENTER,
)
from onestop.screens.inspection.main_screen import HEADINGS, WHEN_KNOWN, MainScreen, PanelName
from onestop.ui.colours import colours_of
from onestop.ui.desk_window import DeskWindow
from onestop.ui.enters import is_enter
from onestop.ui.labels import Data
from onestop.ui.layout import Columns, ScrolledPage, column, row, said
from onestop.ui.panel import Panel, PanelGroup
from onestop.ui.spare_room import SpareRoom
from onestop.ui.timeline import TimelineBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.screens.function_key import FunctionKey
    from onestop.screens.inspection.facts import Fact


class Arrow(QWidget):
    """Points from one panel to the next, which stands beside it, or below it where the text is large."""

    def __init__(self, line: Columns) -> None:
        super().__init__()
        self._line = line
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for an arrowhead as high as a line of text."""
        height = self.fontMetrics().height()
        return QSize(height, height * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arrowhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(colours_of(self.palette()).dim))
        right, bottom = self.width() - 3, self.height() - 3
        if self._line.direction() == QBoxLayout.Direction.LeftToRight:
            head = [QPointF(3, 3), QPointF(right, self.height() / 2), QPointF(3, bottom)]
        else:
            head = [QPointF(3, bottom / 4), QPointF(right, bottom / 4), QPointF(self.width() / 2, bottom * 3 / 4)]
        painter.drawPolygon(QPolygonF(head))


class MainWindow(DeskWindow[MainScreen]):
    """The main window."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__()
        self.hint = Data()
        self.ways = [*map(self.action_button, ("checklist", "history", "lookup"), MAIN_BUTTONS[:3])]
        self.folder = self.late_button("folder", MAIN_BUTTONS[3])
        self.reprint = self.action_button("reprint", MAIN_BUTTONS[4])
        self.timeline = TimelineBar("timeline", MAIN_DAYS[0])
        self.vehicle = Panel("vehicle", "車両情報", values=_names(screen.vehicle_facts), mnemonic="V", columns=2)
        self.insurance = self._panel(PanelName.INSURANCE, screen.insurance_facts, INSURANCE_PANEL, "J")
        self.conformity = self._panel(PanelName.CONFORMITY, screen.conformity_facts, CONFORMITY_PANEL, "H")
        self.filing = self._panel(PanelName.FILING, screen.filing_facts, FILING_PANEL, "A")
        self.panels = PanelGroup(self, (self.vehicle, self.insurance, self.conformity, self.filing))
        self.page = self._lay_out()
        self.timeline.listen_in(self, self.press_row)
        self.bind(screen, MAIN, "ワンストップサービス")

    def fill(self, screen: MainScreen) -> None:
        """Show the car, and how far each panel has come."""
        self.hint.setText(screen.hint)
        self.folder.setVisible(screen.exporter.can_open_folder().allowed)
        self.timeline.show_timeline(screen.timeline)
        self.vehicle.show_facts(screen.vehicle_facts)
        for panel, name, facts, keys in (
            (self.insurance, PanelName.INSURANCE, screen.insurance_facts, INSURANCE_PANEL),
            (self.conformity, PanelName.CONFORMITY, screen.conformity_facts, CONFORMITY_PANEL),
            (self.filing, PanelName.FILING, screen.filing_facts, FILING_PANEL),
        ):
            panel.show_facts(facts)
            panel.show_badge(screen.badge(name))
            panel.show_verdicts(keys, screen)

    def focus_field(self, name: str) -> None:
        """Begin at the panel with this English name."""
        self.page.begin_at(next(panel for panel in self.panels.panels if panel.objectName() == name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what the sentence of 次にすること names; this window has no field to go on to."""
        if is_enter(event) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.press_row(MAIN_ENTER[0])
            event.accept()
        else:
            super().keyPressEvent(event)

    def _panel(
        self, name: PanelName, facts: Sequence[Fact], keys: tuple[FunctionKey[MainScreen], ...], mnemonic: str
    ) -> Panel:
        panel = Panel(
            name.name.lower(),
            name.value,
            values=_names(facts),
            keys=keys,
            mnemonic=mnemonic,
            headings=HEADINGS,
            when_known=WHEN_KNOWN,
        )
        rows = {each.key: each for each in keys}
        panel.pressed.connect(lambda digit: self.press_row(rows[digit]))
        return panel

    def _lay_out(self) -> ScrolledPage:
        work = row(spacing=4)
        for number, panel in enumerate((self.insurance, self.conformity, self.filing)):
            if number:
                work.addWidget(Arrow(work), 0, Qt.AlignmentFlag.AlignCenter)
            work.addWidget(panel, 1)
        top = said(self.hint, self.reprint, *self.ways, self.folder)
        # a page for the largest text: up to 150 % nothing scrolls
        page = ScrolledPage(column(self.vehicle, (work, 1), spacing=0))
        self.body.hold(top, (SpareRoom(page, self.timeline), 1), spacing=0)
        return page


def _names(facts: Sequence[Fact]) -> list[tuple[str, str]]:
    return [(fact.name, fact.label) for fact in facts]
