"""申請書発行: 依頼データ and what AINAS returned on top, 車両・使用者 and what came after the manual below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGroupBox, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from onestop import VERSION
from onestop.model.chassis import normalise_chassis
from onestop.model.words import PartyKind
from onestop.screens.filing_words import CERTIFICATE_UPDATES
from onestop.screens.function_keys import ISSUE, ISSUE_BUTTONS
from onestop.screens.issue_input import certificate_number, code
from onestop.screens.issue_screen import IssueScreen
from onestop.screens.plate_input import FIELD, PLATE_FOLDS, plate_parts
from onestop.services.filing_form import PLATE_PARTS
from onestop.ui.action_button import ActionButton
from onestop.ui.choice_field import ChoiceField
from onestop.ui.date_field import DateField
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields import CheckField, CodeField, ReadOnlyValue, TextField
from onestop.ui.plate_field import PlateField
from onestop.ui.rows_view import RowsView

if TYPE_CHECKING:
    from onestop.ui.fields import Field

TITLE = f"AINAS申請 Ver3 Rev{VERSION.rpartition('.')[0]}"
READ_ONLY = (
    ("mode", "モード"),
    ("control_number", "管理番号"),
    ("procedure", "手続種別"),
    ("filing_id", "申請ID"),
    ("status", "申請ステータス"),
    ("oss_status", "OSSステータス"),
    ("status_updated_at", "状況更新日"),
    ("agent_message", "代理人から"),
)
KINDS = [(kind.value, kind.value) for kind in PartyKind]


class IssueWindow(DeskWindow[IssueScreen]):
    """One filing."""

    def __init__(self, screen: IssueScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = {name: ReadOnlyValue(name, label, captioned=False) for name, label in READ_ONLY}
        self.check = ActionButton("check", ISSUE_BUTTONS[0])
        self.planned_date = DateField("planned_date", "申請予定日", screen.read_day, mnemonic="D")
        self.fees = RowsView("fees", "手数料・税", screen.fee_rows)
        self.fields: tuple[Field, ...] = (self.planned_date, *self._vehicle_fields(), *self._later_fields())
        self._lay_out()
        for field in self.fields:
            field.edited.connect(screen.edit)
        self.check.asked.connect(self.press_row)
        self.check.listen_in(self)
        self.bind(screen, ISSUE, TITLE, main_key="F5")

    def fill(self) -> None:
        """Show the filing."""
        screen = self.screen_shown
        for name, value in self.told.items():
            value.show_value(getattr(screen.shown, name))
        for field in self.fields:
            field.show_value(self._typed(field.name))
            field.set_locked(screen.locked)
            field.set_problem(screen.problem(field.name))
        self.check.show_verdict(screen)

    def _typed(self, name: str) -> object:
        form = self.screen_shown.form
        return tuple(getattr(form, part) for part in PLATE_PARTS) if name == FIELD else getattr(form, name)

    # --- widgets

    def _vehicle_fields(self) -> tuple[Field, ...]:
        self.registration_number = PlateField(FIELD, "登録番号", plate_parts, folds=PLATE_FOLDS, mnemonic="N")
        self.chassis_number = CodeField(
            "chassis_number", "車台番号", fold=normalise_chassis, width=22, limit=42, mnemonic="B"
        )
        self.officially_stamped = CheckField("officially_stamped", "職権打刻")
        self.user_name = TextField("user_name", "使用者氏名・名称", mnemonic="U")
        self.user_kind = ChoiceField("user_kind", "使用者名義種別", KINDS)
        self.user_representative = TextField("user_representative", "使用者代表者名")
        self.user_address1 = TextField("user_address1", "使用者住所1", mnemonic="J")
        self.user_address2 = TextField("user_address2", "使用者住所2")
        return (
            self.registration_number,
            self.chassis_number,
            self.officially_stamped,
            self.user_name,
            self.user_kind,
            self.user_representative,
            self.user_address1,
            self.user_address2,
        )

    def _later_fields(self) -> tuple[Field, ...]:
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
        return (
            self.certificate_update,
            self.recording_contract_number,
            self.insurance_certificate_number,
            self.conformity_certificate_number,
        )

    # --- layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(_group("依頼データ", self._request()), 10)
        top.addWidget(self.fees, 13)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top, 1)
        column.addWidget(_group("車両・使用者", self._vehicle()))
        column.addWidget(_group("電子車検証・証明書", self._later()))
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self.body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _request(self) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._line(("mode", 1), ("control_number", 2), ("procedure", 2)))
        column.addLayout(self._line(("filing_id", 1), ("status", 1)))
        column.addLayout(self._line(("oss_status", 1)))
        column.addLayout(self._line(("status_updated_at", 1)))
        column.addLayout(self._line(("agent_message", 1)))
        column.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.planned_date, 1)
        last.addWidget(self.check, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(last)
        return column

    def _line(self, *places: tuple[str, int]) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, stretch in places:
            row.addWidget(self.told[name].caption, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self.told[name], stretch)
        return row

    def _vehicle(self) -> QLayout:
        plate = QHBoxLayout()
        plate.addWidget(self.registration_number, 3)
        plate.addWidget(self.chassis_number, 2)
        plate.addWidget(self.officially_stamped, 1)
        user = QHBoxLayout()
        user.addWidget(self.user_name, 3)
        user.addWidget(self.user_kind, 1)
        user.addWidget(self.user_representative, 3)
        address = QHBoxLayout()
        address.addWidget(self.user_address1, 1)
        address.addWidget(self.user_address2, 1)
        column = QVBoxLayout()
        for row in (plate, user, address):
            column.addLayout(row)
        return column

    def _later(self) -> QLayout:
        row = QHBoxLayout()
        row.addWidget(self.certificate_update, 3)
        row.addWidget(self.recording_contract_number, 2)
        row.addWidget(self.insurance_certificate_number, 2)
        row.addWidget(self.conformity_certificate_number, 2)
        return row


def _group(title: str, content: QLayout) -> QGroupBox:
    box = QGroupBox(title)
    content.setContentsMargins(6, 2, 6, 4)
    box.setLayout(content)
    return box
