"""車両 新規/修正 on the glass: two columns of groups that scroll up and down with the focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QGroupBox

from onestop.screens.function_keys import VEHICLE, VEHICLE_BUTTONS
from onestop.screens.vehicle.labels import PLATE, codes_of
from onestop.screens.vehicle.screen import VehicleScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.chassis_field import ChassisField
from onestop.ui.fields.fields import EXPLAINED, TextField
from onestop.ui.fields.vehicle_fields import COLUMNS, ROWS, field_of, shares
from onestop.ui.labels import wrapping
from onestop.ui.layout import ScrolledPage, column, group, row

if TYPE_CHECKING:
    from onestop.ui.fields.fields import Field


NAMES = ("owner_name", "user_name")
"""The fields whose reading is proposed for 使用者の読み."""


class VehicleWindow(DeskWindow[VehicleScreen]):
    """Every field of a car."""

    def __init__(self, screen: VehicleScreen) -> None:
        super().__init__()
        names = [name for column in COLUMNS for title in column for row in ROWS[title] for name in row]
        self.fields: dict[str, Field] = {name: field_of(name, screen) for name in names}
        self.warnings = wrapping("warnings")
        self._lay_out()
        for name, field in self.fields.items():
            if isinstance(field, TextField) and field.name in NAMES:
                field.heard.connect(screen.hear)
            field.entered.connect(partial(screen.enter, name))
        self.bind(screen, VEHICLE, screen.heading, main_key="F10", edit=screen.edit)
        self.fields[PLATE].setFocus()

    def fill(self, screen: VehicleScreen) -> None:
        """Show every field with what is wrong or odd about it."""
        for name, field in self.fields.items():
            field.set_locked(screen.is_locked(name))
            field.show_value(screen.value(name))
            field.blame(screen.editor.problem)
            field.passed_over = screen.is_passed_over(name)
            field.codes = "  ".join(filter(None, (screen.proposals.origin(name), codes_of(name))))
            if field.problem is None:
                warning = screen.warning(name)
                field.note.show_note(f"▲ {warning}" if warning else screen.proposals.origin(name))
            if isinstance(field, ChassisField):
                field.let_stamp(stamped=screen.editor.form.officially_stamped)
        self.warnings.show_if_any(screen.warning_text)

    def _lay_out(self) -> None:
        *lends, sources, changes = (self.action_button(key.action.__name__, key) for key in VEHICLE_BUTTONS)
        left, right = ([*map(self._group, titles)] for titles in COLUMNS)
        page = row((column(*left, row(*lends), None), 1), (column(*right, row(sources, changes), None), 1))
        self.body.hold((ScrolledPage(page), 1), self.warnings)

    def _group(self, title: str) -> QGroupBox:
        grid = QGridLayout()
        box = group(title, grid, EXPLAINED if title == COLUMNS[0][0] else "")
        grid.setContentsMargins(6, 4, 6, 4)
        grid.setSpacing(4)
        for line, names in enumerate(ROWS[title]):
            place = 0
            for name, share in zip(names, shares(names), strict=True):
                grid.addWidget(self.fields[name], line, place, 1, share)
                place += share
        for twelfth in range(12):
            grid.setColumnStretch(twelfth, 1)
        return box
