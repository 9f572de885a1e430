"""申請書発行: 依頼データ and what AINAS returned on top, 車両・使用者 and what came after the manual below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from onestop.model.words import PartyKind
from onestop.screens.filing.issue_input import certificate_number, code
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.filing.words import CERTIFICATE_UPDATES
from onestop.screens.function_keys import ISSUE, ISSUE_BUTTONS
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import EXPLAINED, CheckField, CodeField, TextField
from onestop.ui.layout import column, group, row
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.titles import FILING
from onestop.ui.windows.form import FormWindow, chassis_field, plate_field

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

READ_ONLY = (
    ("mode", "モード"),
    ("control_number", "管理番号"),
    ("procedure", "手続種別"),
    ("filing_id", "申請ID"),
    ("status", "申請ステータス"),
    ("oss_status", "OSSステータス"),
    ("last_application_date", "最終の検査申請日"),
    ("status_updated_at", "状況更新日"),
    ("agent_message", "代理人から"),
    ("recording", "記録等事務"),
)
KINDS = [(kind.value, kind.value) for kind in PartyKind]


class IssueWindow(FormWindow[IssueScreen]):
    """One filing."""

    def __init__(self, screen: IssueScreen) -> None:
        super().__init__(READ_ONLY)
        self.check, self.checklist = map(self.action_button, ("check", "checklist"), ISSUE_BUTTONS)
        self.fees = FittedRowsView("fees", "手数料・税", screen.fee_rows)
        self._make_fields(screen)
        self.fees.show_whole()
        top = row((group("依頼データ", self._request()), 10), (self.fees, 13))
        top.setAlignment(self.fees, Qt.AlignmentFlag.AlignTop)
        vehicle, later = group("車両・使用者", self._vehicle(), EXPLAINED), group("電子車検証・証明書", self._later())
        self.lay_out(top, vehicle, later)
        self.bind(screen, ISSUE, FILING, main_key="F5", edit=screen.edit)

    def fill(self, screen: IssueScreen) -> None:
        """Show the filing."""
        super().fill(screen)
        self.chassis_number.let_stamp(stamped=self.officially_stamped.value())

    # --- widgets

    def _make_fields(self, screen: IssueScreen) -> None:
        self.planned_date = DateField("planned_date", "申請予定日", screen.editor.read_day, mnemonic="D")
        self.registration_number = plate_field()
        self.chassis_number = chassis_field()
        self.officially_stamped = CheckField("officially_stamped", "職権打刻")
        self.user_name = TextField("user_name", "使用者氏名・名称", mnemonic="U")
        self.user_kind = ChoiceField("user_kind", "使用者名義種別", KINDS)
        self.user_representative = TextField("user_representative", "使用者代表者名")
        self.user_address1 = TextField("user_address1", "使用者住所1", mnemonic="J")
        self.user_address2 = TextField("user_address2", "使用者住所2")
        self.certificate_update = ChoiceField(
            "certificate_update", "電子車検証更新区分", CERTIFICATE_UPDATES, mnemonic="E"
        )
        self.recording_contract_number = CodeField("recording_contract_number", "委託番号", fold=code)
        self.insurance_certificate_number = CodeField(
            "insurance_certificate_number", "自賠責証明書番号", fold=certificate_number
        )
        self.conformity_certificate_number = CodeField(
            "conformity_certificate_number", "保適証交付番号", fold=certificate_number
        )

    # --- layout

    def _request(self) -> QLayout:
        return column(
            self.told_line(("mode", 1), ("control_number", 2), ("procedure", 2)),
            self.told_line(("filing_id", 1)),
            row((self.told_line(("status", 1)), 1), self.check),
            self.planned_date,
            self.told_line(("last_application_date", 1)),
            self.told_line(("status_updated_at", 1)),
            row((self.told_line(("oss_status", 1)), 1), self.checklist),
            self.told_line(("agent_message", 1)),
            None,
            spacing=0,
        )

    def _vehicle(self) -> QLayout:
        return column(
            row((self.registration_number, 3), (self.chassis_number, 2), (self.officially_stamped, 1)),
            row((self.user_name, 3), (self.user_kind, 1), (self.user_representative, 3)),
            row((self.user_address1, 1), (self.user_address2, 1)),
        )

    def _later(self) -> QLayout:
        fields = row(
            (self.certificate_update, 3),
            (self.recording_contract_number, 2),
            (self.insurance_certificate_number, 2),
            (self.conformity_certificate_number, 2),
        )
        return column(fields, self.told_line(("recording", 1)))
