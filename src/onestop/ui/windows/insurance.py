"""自賠責証明書発行: where it stands on top, the contract and the car below it, the certificate itself at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.certificate_words import ContractKind, Origin
from onestop.screens.filing.issue_input import certificate_number, code
from onestop.screens.function_keys import INSURANCE, INSURANCE_BUTTONS
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import EXPLAINED, CheckField, CodeField, TextField
from onestop.ui.fields.suggest_field import SuggestField
from onestop.ui.layout import column, group, row
from onestop.ui.windows.form import FormWindow, chassis_field, plate_field

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

ON_ONE_LINE = ("validity", "old_end", "last_application_date", "estimate")
READ_ONLY = (
    ("mode", "モード"),
    ("control_number", "管理番号"),
    ("status", "状態"),
    ("registry", "登録機関への登録"),
    ("validity", "満了日"),
    ("old_end", "前契約の満期日"),
    ("last_application_date", "最終の検査申請日"),
    ("estimate", "保険料"),
    ("advice", "確認"),
)
KINDS = [(kind.value, kind.value) for kind in ContractKind]
ORIGINS = [(origin.value, origin.value) for origin in Origin]


class InsuranceWindow(FormWindow[InsuranceScreen]):
    """One 自賠責証明書."""

    def __init__(self, screen: InsuranceScreen) -> None:
        super().__init__(READ_ONLY)
        for name, value in self.told.items():
            value.input.setWordWrap(name not in ON_ONE_LINE)
        self._make_fields(screen)
        self.folder, self.by_hand = map(self.action_button, ("folder", "by_hand"), INSURANCE_BUTTONS)
        period = self._lines("validity", "old_end", "last_application_date", "estimate")
        self.lay_out(
            row((group("状態", self._state()), 1), (group("期間と保険料", period), 1)),
            group("契約", self._contract(), EXPLAINED),
            group("車両・契約者", self._car()),
            group("証明書", row((self.origin, 2), (self.certificate_number, 3), (self.end_date, 5), (self.premium, 2))),
        )
        self.bind(screen, INSURANCE, "自賠責証明書発行", main_key="F5", edit=screen.edit)

    def fill(self, screen: InsuranceScreen) -> None:
        """Show the certificate."""
        self.insurer.set_options(screen.insurers)
        self.rate_class.set_options([(each, each) for each in screen.rate_classes])
        super().fill(screen)

    # --- widgets

    def _make_fields(self, screen: InsuranceScreen) -> None:
        self.insurer = SuggestField("insurer", "保険会社", mnemonic="I")
        self.contract_kind = ChoiceField("contract_kind", "契約区分", KINDS)
        self.rate_class = ChoiceField("rate_class", "車種", [], mnemonic="C")
        self.report_to_registry = CheckField("report_to_registry", "登録機関", mnemonic="T")
        self.start_date = DateField("start_date", "保険開始日", screen.editor.read_day, mnemonic="D")
        self.months = CodeField("months", "保険期間(月)", fold=code, width=6, limit=4, mnemonic="M")
        self.registration_number = plate_field()
        self.chassis_number = chassis_field()
        self.policyholder_name = TextField("policyholder_name", "契約者氏名・名称", mnemonic="U")
        self.policyholder_address = TextField("policyholder_address", "契約者住所", mnemonic="J")
        self.origin = ChoiceField("origin", "証明書の種類", ORIGINS)
        self.certificate_number = CodeField("certificate_number", "保険証番号", fold=certificate_number, width=20)
        self.end_date = DateField("end_date", "保険終了日", screen.editor.read_day)
        self.premium = CodeField("premium", "保険料(円)", fold=code, width=12, limit=12)

    # --- layout

    def _state(self) -> QLayout:
        first = row((self.told_line(("mode", 1), ("control_number", 1)), 1), self.folder)
        return column(first, row((self._lines("status", "registry"), 1), self.by_hand), spacing=0)

    def _lines(self, *names: str) -> QLayout:
        return column(*(self.told_line((name, 1)) for name in names), None, spacing=0)

    def _contract(self) -> QLayout:
        return column(
            row((self.insurer, 5), (self.contract_kind, 1), (self.rate_class, 4)),
            row((self.start_date, 5), (self.months, 3), (self.report_to_registry, 2)),
            self.told_line(("advice", 1)),
        )

    def _car(self) -> QLayout:
        return column(
            row((self.registration_number, 3), (self.chassis_number, 2)),
            row((self.policyholder_name, 2), (self.policyholder_address, 3)),
        )
