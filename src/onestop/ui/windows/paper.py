"""紙の適合証 追加/修正 on the glass: what stands on the paper, in the order of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from onestop.screens.filing.issue_input import certificate_number
from onestop.screens.function_keys import PAPER
from onestop.screens.ledger.paper_screen import CATEGORIES, KINDS, PaperScreen
from onestop.services.ledger.paper_form import given_number
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.chassis_field import ChassisField
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import EXPLAINED, CheckField, CodeField, TextField
from onestop.ui.labels import Caption, wrapping
from onestop.ui.layout import ScrolledPage, column

if TYPE_CHECKING:
    from onestop.ui.fields.fields import Field


class PaperWindow(DeskWindow[PaperScreen]):
    """One 保適証 on paper after another, or the one that is corrected."""

    def __init__(self, screen: PaperScreen) -> None:
        super().__init__()
        self.voided = CheckField("voided", "書損・削除", mnemonic="X")
        self.copy_again = CheckField("copy_again", "車両から写し直す", mnemonic="C")
        self.fields: tuple[Field, ...] = (
            CodeField("certificate_number", "交付番号", width=22, limit=20, fold=given_number, mnemonic="N"),
            ChoiceField("application_kind", "申請種別", KINDS, mnemonic="K"),
            ChassisField(mnemonic="S"),
            ChoiceField("vehicle_category", "自動車区分", CATEGORIES, mnemonic="J"),
            DateField("inspection_date", "検査年月日", screen.read_day, mnemonic="D"),
            DateField("issue_date", "交付年月日", screen.read_day),
            TextField("inspector", "検査員(番号か名前)", width=24, mnemonic="I"),
            CodeField("insurance_number", "自賠責証明書番号", width=24, fold=certificate_number),
            self.voided,
            TextField("reason", "書損の理由", limit=100, mnemonic="R"),
            self.copy_again,
        )
        self.told = wrapping()
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, field in enumerate(self.fields):
            grid.addWidget(field, place // 2, place % 2)
        self.body.hold(ScrolledPage(column(Caption(EXPLAINED), grid, self.told, None, spacing=16)))
        self.bind(screen, PAPER, screen.title, main_key="F10", edit=screen.editor.edit)

    def fill(self, screen: PaperScreen) -> None:
        """Show every field with what is wrong with it."""
        for field in self.fields:
            field.show_value(getattr(screen.editor.form, field.name))
            field.blame(screen.editor.problem)
        self.voided.set_locked(screen.correcting)
        self.copy_again.setVisible(screen.correcting)
        self.told.setText(screen.about)
