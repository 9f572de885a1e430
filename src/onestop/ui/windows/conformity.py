"""適合証・証明証発行: what AIRAS says on top, what is waited for below it, then the certificate's own items."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from onestop.model.certificate_words import ApplicationKind, VehicleCategory
from onestop.screens.conformity.screen import DAYS, LAST_APPLICATION, ConformityScreen
from onestop.screens.filing.issue_input import certificate_number, code
from onestop.screens.function_keys import CONFORMITY, CONFORMITY_BUTTONS
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import EXPLAINED, CheckField, CodeField, TextField
from onestop.ui.fields.radio_field import RadioField
from onestop.ui.fields.suggest_field import SuggestField
from onestop.ui.labels import wrapping
from onestop.ui.layout import column, group, row
from onestop.ui.windows.form import FormWindow, chassis_field, plate_field

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

READ_ONLY = (
    ("mode", "モード"),
    ("control_number", "管理番号"),
    ("certificate_number", "交付番号"),
    ("status", "交付ステータス"),
    ("report_status", "報告状況"),
    ("insurance_match", "自賠責の照合"),
    (DAYS, "有効期間"),
    ("status_updated_at", "状況更新日"),
    ("airas_message", "エラー詳細"),
    (LAST_APPLICATION, "最終の検査申請日"),
)
KINDS = [(kind.value, kind.value) for kind in ApplicationKind]
CATEGORIES = [(category.value, category.value) for category in VehicleCategory]


class ConformityWindow(FormWindow[ConformityScreen]):
    """One 保適証."""

    def __init__(self, screen: ConformityScreen) -> None:
        super().__init__(READ_ONLY)
        self.kind_reason, self.wait, self.fixed_hint = wrapping("kind_reason"), wrapping("wait"), wrapping("fixed_hint")
        self.old_insurance_words = wrapping("old_insurance_words")
        self._make_fields(screen)
        names = ("folder", "print_mark", "checklist", "pull_back")
        made = map(self.action_button, names, CONFORMITY_BUTTONS)
        self.folder, self.print_mark, self.checklist, self.pull_back = made
        self.wait_box = group("待ち状況", column(self.wait))
        self.lay_out(
            group("AIRAS情報", self._airas()),
            self.wait_box,
            group("申請・検査", self._inspection(), EXPLAINED),
            group("車両・使用者", self._car()),
            group("自賠責", self._insurance()),
        )
        self.bind(screen, CONFORMITY, "適合証・証明証発行", main_key="F5", edit=screen.edit)

    def fill(self, screen: ConformityScreen) -> None:
        """Show the certificate."""
        self.inspector_code.set_options(screen.inspectors)
        for insurer in (self.new_insurer, self.old_insurer):
            insurer.set_options(screen.insurers)
        super().fill(screen)
        self.chassis_number.let_stamp(stamped=self.officially_stamped.value())
        self.told[DAYS].show_tone(screen.days.tone)
        self.kind_reason.setText(screen.kind_reason)
        self.wait.setText("\n".join(screen.wait_lines))
        self.wait_box.setVisible(bool(screen.wait_lines))
        self.old_insurance_words.show_if_any(screen.old_insurance_words)
        self.fixed_hint.show_if_any(screen.fixed_hint)

    # --- widgets

    def _make_fields(self, screen: ConformityScreen) -> None:
        self.application_kind = RadioField("application_kind", "申請種別", KINDS)
        self.pullback_reason = TextField("pullback_reason", "引戻の理由", limit=200, mnemonic="R")
        self.workshop_code = CodeField("workshop_code", "整備工場コード", fold=code, width=9, limit=8)
        self.inspector_code = ChoiceField("inspector_code", "検査員", screen.inspectors, mnemonic="K")
        self.inspection_date = DateField(
            "inspection_date", "検査年月日", partial(screen.read_date, "inspection_date"), mnemonic="D"
        )
        self.issue_date = DateField("issue_date", "交付年月日", partial(screen.read_date, "issue_date"))
        self.vehicle_category = ChoiceField("vehicle_category", "自動車区分", CATEGORIES)
        self.registration_number = plate_field()
        self.chassis_number = chassis_field()
        self.officially_stamped = CheckField("officially_stamped", "職権打刻")
        self.vehicle_name = TextField("vehicle_name", "車名")
        self.model_code = CodeField("model_code", "型式")
        self.engine_model = CodeField("engine_model", "原動機の型式")
        self.odometer_km = CodeField("odometer_km", "走行距離(km)", fold=code, limit=9, mnemonic="M")
        self.expiry_date = DateField("expiry_date", "有効期間の満了日", partial(screen.read_date, "expiry_date"))
        self.user_name = TextField("user_name", "使用者の氏名・名称", mnemonic="U")
        self.user_address = TextField("user_address", "使用者の住所", mnemonic="J")
        self.new_insurance_number = CodeField(
            "new_insurance_number", "新自賠責 証明書番号", fold=certificate_number, mnemonic="H"
        )
        self.new_insurer = SuggestField("new_insurer", "新自賠責 保険会社")
        self.old_insurance_number = CodeField("old_insurance_number", "旧自賠責 証明書番号", fold=certificate_number)
        self.old_insurer = SuggestField("old_insurer", "旧自賠責 保険会社")
        self.remarks = TextField("remarks", "備考")

    # --- layout

    def _airas(self) -> QLayout:
        car = self._told_grid(
            {
                "mode": (0, 0, 1),
                "control_number": (0, 2, 1),
                "report_status": (1, 0, 1),
                "insurance_match": (1, 2, 1),
                "status_updated_at": (2, 0, 3),
                LAST_APPLICATION: (3, 0, 3),
            }
        )
        answer = self._told_grid(
            {
                "certificate_number": (0, 0, 1),
                "status": (0, 2, 1),
                DAYS: (1, 0, 3),
                "airas_message": (2, 0, 2),
            }
        )
        for line, button in ((2, self.folder), (3, self.print_mark)):
            answer.addWidget(button, line, 3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        answer.addWidget(self.checklist, 3, 0, 1, 2, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return row((car, 1), (answer, 1))

    def _told_grid(self, places: dict[str, tuple[int, int, int]]) -> QGridLayout:
        """Return values behind their captions, each in its line, at its place, and so many places wide."""
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        for name, (line, place, span) in places.items():
            grid.addWidget(self.told[name].caption, line, place, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.told[name], line, place + 1, 1, span)
        for place in (1, 3):
            grid.setColumnStretch(place, 1)
        return grid

    def _inspection(self) -> QLayout:
        return column(
            row((self.application_kind, 1), (self.kind_reason, 2), (self.pullback_reason, 2), self.pull_back),
            row(self.workshop_code, (self.inspector_code, 3), (self.inspection_date, 4), (self.issue_date, 4)),
        )

    def _car(self) -> QLayout:
        return column(
            self.fixed_hint,
            row(
                (self.vehicle_category, 2),
                (self.registration_number, 3),
                (self.chassis_number, 2),
                (self.officially_stamped, 1),
            ),
            row(
                (self.vehicle_name, 2),
                (self.model_code, 2),
                (self.engine_model, 2),
                (self.odometer_km, 1),
                (self.expiry_date, 4),
            ),
            row((self.user_name, 2), (self.user_address, 3)),
        )

    def _insurance(self) -> QLayout:
        policies = row(
            (self.new_insurance_number, 2),
            (self.new_insurer, 3),
            (self.old_insurance_number, 2),
            (self.old_insurer, 3),
            (self.remarks, 2),
        )
        return column(policies, self.old_insurance_words)
