"""適合証・証明証発行: what AIRAS says on top, what is waited for below it, then the certificate's own items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QGroupBox, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from onestop.model.certificate_words import ApplicationKind, VehicleCategory
from onestop.model.chassis import normalise_chassis
from onestop.screens.conformity_screen import ConformityScreen
from onestop.screens.function_keys import CONFORMITY, CONFORMITY_BUTTONS
from onestop.screens.issue_input import certificate_number, code
from onestop.screens.plate_input import FIELD, PLATE_FOLDS, plate_parts
from onestop.services.filing_form import PLATE_PARTS
from onestop.ui.action_button import ActionButton
from onestop.ui.choice_field import ChoiceField
from onestop.ui.date_field import DateField
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields import CheckField, CodeField, ReadOnlyValue, TextField
from onestop.ui.labels import Data
from onestop.ui.plate_field import PlateField
from onestop.ui.radio_field import RadioField

if TYPE_CHECKING:
    from onestop.ui.fields import Field

TITLE = "適合証・証明証発行"
READ_ONLY = (
    ("mode", "モード"),
    ("control_number", "管理番号"),
    ("certificate_number", "交付番号"),
    ("status", "交付ステータス"),
    ("report_status", "報告状況"),
    ("insurance_match", "自賠責の突合"),
    ("days", "有効期間"),
    ("status_updated_at", "状況更新日"),
    ("airas_message", "エラー詳細"),
)
KINDS = [(kind.value, kind.value) for kind in ApplicationKind]
CATEGORIES = [(category.value, category.value) for category in VehicleCategory]


class ConformityWindow(DeskWindow[ConformityScreen]):
    """One 保適証."""

    def __init__(self, screen: ConformityScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = {name: ReadOnlyValue(name, label, captioned=False) for name, label in READ_ONLY}
        self.kind_reason, self.wait, self.fixed_hint = _line("kind_reason"), _line("wait"), _line("fixed_hint")
        self.pullback_reason = TextField("pullback_reason", "引戻の理由", limit=200, mnemonic="R")
        self.fields: tuple[Field, ...] = (
            *self._shop_fields(screen),
            *self._car_fields(screen),
            *self._insurance_fields(),
            self.pullback_reason,
        )
        self.folder = ActionButton("folder", CONFORMITY_BUTTONS[0])
        self.folder.asked.connect(self.press_row)
        self.folder.listen_in(self)
        self._lay_out()
        for field in self.fields:
            field.edited.connect(screen.edit)
        self.bind(screen, CONFORMITY, TITLE, main_key="F5")

    def fill(self) -> None:
        """Show the certificate."""
        screen = self.screen_shown
        for name, value in self.told.items():
            value.show_value(screen.days.text if name == "days" else getattr(screen.shown, name))
        self.told["days"].show_tone(screen.days.tone)
        self.inspector_code.set_options(screen.inspectors)
        for field in self.fields:
            field.show_value(self._typed(field.name))
            field.set_locked(screen.is_locked(field.name))
            field.set_problem(screen.problem(field.name))
        self.folder.show_verdict(screen)
        self.kind_reason.setText(screen.kind_reason)
        self.wait.setText("\n".join(screen.wait_lines))
        self.wait_box.setVisible(bool(screen.wait_lines))
        self.fixed_hint.setText(screen.fixed_hint)
        self.fixed_hint.setVisible(bool(screen.fixed_hint))

    def _typed(self, name: str) -> object:
        screen = self.screen_shown
        if name == FIELD:
            return tuple(getattr(screen.form, part) for part in PLATE_PARTS)
        return screen.pullback_reason if name == "pullback_reason" else getattr(screen.form, name)

    # --- widgets

    def _shop_fields(self, screen: ConformityScreen) -> tuple[Field, ...]:
        self.application_kind = RadioField("application_kind", "申請種別", KINDS)
        self.workshop_code = CodeField("workshop_code", "整備工場コード", fold=code, width=9, limit=8)
        self.inspector_code = ChoiceField("inspector_code", "検査員", screen.inspectors, mnemonic="K")
        self.inspection_date = DateField("inspection_date", "検査年月日", screen.read_day, mnemonic="D")
        self.issue_date = DateField("issue_date", "交付年月日", screen.read_day)
        return (
            self.application_kind,
            self.workshop_code,
            self.inspector_code,
            self.inspection_date,
            self.issue_date,
        )

    def _car_fields(self, screen: ConformityScreen) -> tuple[Field, ...]:
        self.vehicle_category = ChoiceField("vehicle_category", "自動車区分", CATEGORIES)
        self.registration_number = PlateField(FIELD, "登録番号", plate_parts, folds=PLATE_FOLDS, mnemonic="N")
        self.chassis_number = CodeField(
            "chassis_number", "車台番号", fold=normalise_chassis, width=22, limit=42, mnemonic="B"
        )
        self.officially_stamped = CheckField("officially_stamped", "職権打刻")
        self.vehicle_name = TextField("vehicle_name", "車名")
        self.model_code = CodeField("model_code", "型式")
        self.engine_model = CodeField("engine_model", "原動機の型式")
        self.odometer_km = CodeField("odometer_km", "走行距離(km)", fold=code, limit=9, mnemonic="M")
        self.expiry_date = DateField("expiry_date", "有効期間の満了日", screen.read_day)
        self.user_name = TextField("user_name", "使用者の氏名・名称", mnemonic="U")
        self.user_address = TextField("user_address", "使用者の住所", mnemonic="J")
        return (
            self.vehicle_category,
            self.registration_number,
            self.chassis_number,
            self.officially_stamped,
            self.vehicle_name,
            self.model_code,
            self.engine_model,
            self.odometer_km,
            self.expiry_date,
            self.user_name,
            self.user_address,
        )

    def _insurance_fields(self) -> tuple[Field, ...]:
        self.new_insurance_number = CodeField(
            "new_insurance_number", "新自賠責 証明書番号", fold=certificate_number, mnemonic="H"
        )
        self.new_insurer = TextField("new_insurer", "新自賠責 保険会社")
        self.old_insurance_number = CodeField("old_insurance_number", "旧自賠責 証明書番号", fold=certificate_number)
        self.old_insurer = TextField("old_insurer", "旧自賠責 保険会社")
        self.remarks = TextField("remarks", "備考")
        return (
            self.new_insurance_number,
            self.new_insurer,
            self.old_insurance_number,
            self.old_insurer,
            self.remarks,
        )

    # --- layout

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        waiting = QVBoxLayout()
        waiting.addWidget(self.wait)
        self.wait_box = _group("待ち", waiting)
        column.addWidget(_group("AIRAS情報", self._airas()))
        column.addWidget(self.wait_box)
        column.addWidget(_group("申請・検査", self._inspection()))
        column.addWidget(_group("車両・使用者", self._car()))
        column.addWidget(_group("自賠責", self._insurance()))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self.body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _airas(self) -> QLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        places = {
            "mode": (0, 0, 1),
            "control_number": (0, 2, 1),
            "certificate_number": (0, 4, 1),
            "status": (0, 6, 1),
            "report_status": (1, 0, 1),
            "insurance_match": (1, 2, 1),
            "days": (1, 4, 3),
            "status_updated_at": (2, 0, 3),
            "airas_message": (2, 4, 2),
        }
        for name, (row, place, span) in places.items():
            grid.addWidget(self.told[name].caption, row, place, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.told[name], row, place + 1, 1, span)
        grid.addWidget(self.folder, 2, 7, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for place, stretch in ((1, 2), (3, 3), (5, 3), (7, 2)):
            grid.setColumnStretch(place, stretch)
        return grid

    def _inspection(self) -> QLayout:
        column = QVBoxLayout()
        column.addLayout(_row((self.application_kind, 1), (self.kind_reason, 2), (self.pullback_reason, 2)))
        column.addLayout(
            _row((self.workshop_code, 0), (self.inspector_code, 3), (self.inspection_date, 4), (self.issue_date, 4))
        )
        return column

    def _car(self) -> QLayout:
        column = QVBoxLayout()
        column.addWidget(self.fixed_hint)
        column.addLayout(
            _row(
                (self.vehicle_category, 2),
                (self.registration_number, 3),
                (self.chassis_number, 2),
                (self.officially_stamped, 1),
            )
        )
        column.addLayout(
            _row(
                (self.vehicle_name, 2),
                (self.model_code, 2),
                (self.engine_model, 2),
                (self.odometer_km, 1),
                (self.expiry_date, 4),
            )
        )
        column.addLayout(_row((self.user_name, 2), (self.user_address, 3)))
        return column

    def _insurance(self) -> QLayout:
        return _row(
            (self.new_insurance_number, 2),
            (self.new_insurer, 3),
            (self.old_insurance_number, 2),
            (self.old_insurer, 3),
            (self.remarks, 2),
        )


def _line(name: str) -> Data:
    line = Data()
    line.setObjectName(name)
    line.setWordWrap(True)
    return line


def _row(*places: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget, stretch in places:
        row.addWidget(widget, stretch)
    return row


def _group(title: str, content: QLayout) -> QGroupBox:
    box = QGroupBox(title)
    content.setContentsMargins(6, 2, 6, 4)
    box.setLayout(content)
    return box
