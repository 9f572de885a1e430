"""What 申請書発行, 自賠責証明書発行 and 適合証・証明証発行 share on the glass: values told, fields typed, one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt

from onestop.screens.plate_input import FIELD, PLATE_FOLDS, plate_parts
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.chassis_field import ChassisField
from onestop.ui.fields.fields import ReadOnlyValue, typed_in
from onestop.ui.fields.plate_field import PlateField
from onestop.ui.layout import ScrolledPage, column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout

    from onestop.screens.conformity.screen import ConformityScreen
    from onestop.screens.filing.issue_screen import IssueScreen
    from onestop.screens.insurance.screen import InsuranceScreen
    from onestop.ui.layout import Part

FormScreenT = TypeVar("FormScreenT", bound="IssueScreen | InsuranceScreen | ConformityScreen")


class FormWindow(DeskWindow[FormScreenT]):
    """One record. A window makes its fields, and lays everything out with `lay_out`."""

    def __init__(self, told: Sequence[tuple[str, str]]) -> None:
        """`told` are the values that are only read: each its English name and its Japanese label."""
        super().__init__()
        self.told = {name: ReadOnlyValue(name, label, captioned=False) for name, label in told}

    def fill(self, screen: FormScreenT) -> None:
        """Show what is told, what stands in the fields, and what is wrong with them."""
        for name, value in self.told.items():
            value.show_value(screen.told(name))
        for field in self.fields:
            field.show_value(screen.value(field.name))
            field.set_locked(screen.is_locked(field.name))
            field.blame(screen.problem)

    # --- what a window is built of

    def told_line(self, *places: tuple[str, int]) -> QLayout:
        """Return values that are only read, side by side, each behind its caption and with its share of the width."""
        return row(*((self._told_with_caption(name), share) for name, share in places))

    def _told_with_caption(self, name: str) -> QLayout:
        told = self.told[name]
        pair = row(told.caption, (told, 1), spacing=8)
        pair.setAlignment(told.caption, Qt.AlignmentFlag.AlignTop)
        return pair

    def lay_out(self, *groups: Part) -> None:
        """Fill the window with one page of groups."""
        self.body.hold(ScrolledPage(column(*groups, None, spacing=4)))
        self.fields = typed_in(self.body)


def plate_field() -> PlateField:
    """Return 登録番号 as it is typed in every form."""
    return PlateField(FIELD, "登録番号", plate_parts, folds=PLATE_FOLDS, mnemonic="N")


def chassis_field() -> ChassisField:
    """Return 車台番号 as it is typed in every form."""
    return ChassisField(width=22, mnemonic="B")
